package org.simpledht.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.simpledht.types.NetAddress;

/**
 * Where others of ours are who are no neighbours: those heard of, each to be tried once, and those met, to be told to others. They are
 * no peers: nobody here hears a sign of life. Both lists are bounded, oldest out, and of one {@link Subnet} there are few: who has many
 * addresses takes the places of his own.
 */
final class AddressBook {

    private static final int MOST_HEARD_OF = 256;
    private static final int MOST_MET = 64;
    private static final int MOST_OF_A_SUBNET = 4;
    private static final int MOST_ASKED = 64;

    /** Who answers later has not been asked. */
    private static final long ASKED_NANOS = 10_000_000_000L;

    /** So many times those that were heard of come first; then one that was met, however many others somebody tells of. */
    private static final int IN_TURN = 3;

    private final RandomGenerator dice;
    private final Set<Path> heardOf = new LinkedHashSet<>();
    private final Map<Path, Long> metNanos = new LinkedHashMap<>();
    private final Map<Path, Long> askedNanos = new LinkedHashMap<>();
    private int questions;

    AddressBook(RandomGenerator dice) {
        this.dice = dice;
    }

    /** Somebody told of it. */
    void heardOf(Path path) {
        if (metNanos.containsKey(path) || heardOf.contains(path)) {
            return;
        }
        makeRoom(heardOf, path, MOST_HEARD_OF);
        heardOf.add(path);
    }

    /** The oldest one of the same subnet goes, if that has enough, or else the oldest of all, if there are enough. */
    private static void makeRoom(Set<Path> paths, Path newcomer, int most) {
        Subnet subnet = Subnet.of(newcomer.remote());
        Path oldest = null;
        int ofSubnet = 0;
        if (subnet != null) {
            for (Path path : paths) {
                if (subnet.equals(Subnet.of(path.remote()))) {
                    oldest = oldest == null ? path : oldest;
                    ofSubnet++;
                }
            }
        }
        if (ofSubnet >= MOST_OF_A_SUBNET) {
            paths.remove(oldest);
        } else if (paths.size() >= most) {
            paths.remove(paths.iterator().next());
        }
    }

    /** One of ours is there who is no neighbour, or is none any more. */
    void met(Path path, Now now) {
        heardOf.remove(path);
        metNanos.remove(path);
        makeRoom(metNanos.keySet(), path, MOST_MET);
        metNanos.put(path, now.nanos());
    }

    /** It is a neighbour now, or nobody is there. */
    void forget(Path path) {
        heardOf.remove(path);
        metNanos.remove(path);
    }

    /** This node asks for a place there. */
    void asked(Path path, Now now) {
        askedNanos.remove(path);
        if (askedNanos.size() >= MOST_ASKED) {
            askedNanos.remove(askedNanos.keySet().iterator().next());
        }
        askedNanos.put(path, now.nanos());
    }

    /** Whether what comes from there is an answer. */
    boolean wasAsked(Path path, Now now) {
        Long at = askedNanos.get(path);
        return at != null && now.since(at) < ASKED_NANOS;
    }

    int size() {
        return heardOf.size() + metNanos.size();
    }

    /**
     * Somebody to ask next, at random; null if there is nobody. Who was only heard of is asked once, and mostly before others.
     *
     * @param againNanos how long ago somebody who was met must have been asked to be asked again
     * @param filter whom to ask at all
     */
    Path next(long againNanos, Predicate<Path> filter, Now now) {
        List<Path> unknown = heardOf.stream().filter(filter).toList();
        List<Path> known = metNanos.keySet().stream()
                .filter(path -> now.since(metNanos.get(path)) >= againNanos)
                .filter(filter)
                .toList();
        boolean isTurnOfKnown = ++questions % IN_TURN == 0;
        List<Path> some = unknown.isEmpty() || isTurnOfKnown && !known.isEmpty() ? known : unknown;
        if (some.isEmpty()) {
            return null;
        }
        Path path = some.get(dice.nextInt(some.size()));
        // If nobody answers, nobody is there.
        forget(path);
        return path;
    }

    /** Those who were met and are reached over that binding. */
    List<NetAddress> met(int binding) {
        List<NetAddress> addresses = new ArrayList<>();
        for (Path path : metNanos.keySet()) {
            if (path.binding() == binding) {
                addresses.add(path.remote());
            }
        }
        return addresses;
    }
}
