package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The places for neighbours: who holds one, and who may get one. Of what comes from the public network at most six may be of those
 * that asked for it, and at most two of one {@link Subnet} while there are six others: so nobody can surround this node, however many
 * addresses of a few subnets he has, and however often he asks.
 */
final class Places {

    /** In all. */
    static final int MOST = 10;

    /** With fewer whoever asks is welcome. */
    static final int ENOUGH = 6;

    private static final int MOST_WHO_ASKED = 6;
    private static final int MOST_STRANGERS = 10;
    private static final int MOST_OF_A_SUBNET = 2;
    private static final int OLDEST_KEPT = 2;

    /** Anybody can say that this node is his parent. */
    private static final int MOST_SPARED_WHO_ASKED = 3;

    private final Neighbours neighbours;
    private final RandomGenerator dice;
    private final long suspectNanos;

    /** @param suspectNanos who is silent for so long may be gone: his place is another's */
    Places(Neighbours neighbours, RandomGenerator dice, long suspectNanos) {
        this.neighbours = neighbours;
        this.dice = dice;
        this.suspectNanos = suspectNanos;
    }

    /** What is said to somebody without a place. */
    enum Answer {
        ROOM,
        /** But somebody else may have to go for him. */
        FULL,
        /** Not for those who ask: this node may ask him. */
        TOO_MANY_ASKED,
        /** Others of his subnet are here. */
        CROWDED
    }

    /** Who is of another network, lease or time holds none: nothing is shared with it, and it would keep others out. */
    boolean isHeld(Link link, Now now) {
        return link.isNeighbour() && !isSuspect(link, now);
    }

    private boolean isSuspect(Link link, Now now) {
        return link.peer().silenceNanos(now) >= suspectNanos;
    }

    /** Whether one more of another network, lease or time may be served. */
    boolean mayServe(Now now) {
        return strangers(now) < MOST_STRANGERS;
    }

    private int strangers(Now now) {
        int count = 0;
        for (Link link : neighbours.all()) {
            count += isStranger(link, now) ? 1 : 0;
        }
        return count;
    }

    private boolean isStranger(Link link, Now now) {
        return link.isOurs() && link.isStrange() && !isSuspect(link, now);
    }

    /** The stranger that goes if they are too many: the last that came, if possible one that never had a place; or null. */
    Link superfluousStranger(Now now) {
        if (strangers(now) <= MOST_STRANGERS) {
            return null;
        }
        Link last = null;
        for (Link link : neighbours.all()) {
            boolean goesBefore = last == null || link.isOnlyServed() || !last.isOnlyServed();
            last = isStranger(link, now) && goesBefore ? link : last;
        }
        return last;
    }

    /** Who goes now that one has its place again which could not use it for a while: the last that came of those that are too many; or null. */
    Link replacement(Now now) {
        boolean areTooManyAsked = whoAsked(now) > MOST_WHO_ASKED;
        if (!areTooManyAsked && size(now) <= MOST) {
            return null;
        }
        Link last = null;
        for (Link link : neighbours.all()) {
            boolean isOneOfThem = !areTooManyAsked || isOneWhoAsked(link, now);
            last = isHeld(link, now) && isOneOfThem ? link : last;
        }
        return last;
    }

    /** How many hold one, but for those who may be gone. */
    int size(Now now) {
        int size = 0;
        for (Link link : neighbours.all()) {
            size += isHeld(link, now) ? 1 : 0;
        }
        return size;
    }

    Answer answer(Link link, boolean askedByUs, Now now) {
        Subnet subnet = link.whereabouts().subnet();
        if (isCrowded(subnet, now)) {
            return Answer.CROWDED;
        }
        if (subnet != null && !askedByUs && whoAsked(now) >= MOST_WHO_ASKED) {
            return Answer.TOO_MANY_ASKED;
        }
        return size(now) < MOST ? Answer.ROOM : Answer.FULL;
    }

    /** Whether there are enough neighbours, and enough of that subnet; null is none. */
    boolean isCrowded(Subnet subnet, Now now) {
        return subnet != null && size(now) >= ENOUGH && before(null, subnet, now) >= MOST_OF_A_SUBNET;
    }

    /** Those of one subnet that are one too many. */
    List<Link> superfluous(Now now) {
        List<Link> some = new ArrayList<>();
        for (Link link : neighbours.all()) {
            if (isSuperfluous(link, now)) {
                some.add(link);
            }
        }
        return some;
    }

    private boolean isSuperfluous(Link link, Now now) {
        return link.whereabouts().subnet() != null
                && isHeld(link, now)
                && before(link, link.whereabouts().subnet(), now) >= MOST_OF_A_SUBNET;
    }

    /** How many of that subnet were there before that one; all of them if it is null. */
    private int before(Link last, Subnet subnet, Now now) {
        int count = 0;
        for (Link link : neighbours.all()) {
            if (link == last) {
                break;
            }
            count += subnet.equals(link.whereabouts().subnet()) && isHeld(link, now) ? 1 : 0;
        }
        return count;
    }

    private int whoAsked(Now now) {
        int count = 0;
        for (Link link : neighbours.all()) {
            count += isOneWhoAsked(link, now) ? 1 : 0;
        }
        return count;
    }

    private boolean isOneWhoAsked(Link link, Now now) {
        boolean asked = link.whereabouts().subnet() != null && isHeld(link, now) && !link.isAskedByUs();
        return asked && !isSuperfluous(link, now);
    }

    /**
     * Who has to go for somebody who matters more: none of the oldest, and for one of the public network none that this node has
     * chosen itself. Null if nobody has to.
     *
     * @param newcomer null if nobody comes, and one is too many
     * @param cutsTree whether it may be one of the tree if there is nobody else: all beyond would be without a tree for a while
     */
    Link leastNeeded(Link newcomer, boolean cutsTree, Now now) {
        boolean mayBeChosen = newcomer == null || newcomer.whereabouts().subnet() == null;
        List<Link> some = new ArrayList<>();
        List<Link> spared = new ArrayList<>();
        int older = 0;
        int sparedWhoAsked = 0;
        for (Link link : neighbours.all()) {
            if (isHeld(link, now) && ++older > OLDEST_KEPT && (mayBeChosen || !link.isAskedByUs())) {
                boolean isSpared = link.branch().isOfTree();
                if (isSpared && isOneWhoAsked(link, now)) {
                    isSpared = ++sparedWhoAsked <= MOST_SPARED_WHO_ASKED;
                }
                (isSpared ? spared : some).add(link);
            }
        }
        List<Link> of = some.isEmpty() && cutsTree ? spared : some;
        return of.isEmpty() ? null : of.get(dice.nextInt(of.size()));
    }
}
