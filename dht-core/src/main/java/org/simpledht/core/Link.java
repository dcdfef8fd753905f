package org.simpledht.core;

import java.util.List;
import java.util.Set;
import org.simpledht.types.NetAddress;

/** What this node keeps of a neighbour, beside what is on its way to it. */
final class Link {

    private static final long REFUSED_NANOS = 1_000_000_000L;

    private final Peer peer;
    private final LinkOutput output;
    private final long sinceNanos;
    private boolean ours;
    private boolean hadPlace;
    private boolean askedByUs;
    private boolean onlyServed;
    private boolean wasStrange;
    private boolean refuses;
    private boolean pleads;
    private final LastTime refused = new LastTime();
    private final Branch branch = new Branch();
    private final Comparison comparison = new Comparison();
    private final Whereabouts whereabouts;
    private final LastTime introducedOthers = new LastTime();
    private final LastTime probed = new LastTime();
    private final Skew skew = new Skew();
    private boolean full;
    private boolean fresh = true;
    private boolean compatible = true;
    private boolean introduced;
    private int greetings;
    private Set<NetAddress> wards = Set.of();
    private final LastTime wardsNamed = new LastTime();
    private boolean toldOfWards;

    Link(Peer peer, Streams streams, Now now, LinkOutput output) {
        this.peer = peer;
        sinceNanos = now.nanos();
        this.output = output;
        whereabouts = new Whereabouts(peer, streams);
    }

    Peer peer() {
        return peer;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    LinkOutput output() {
        return output;
    }

    /** Whether it could take what is written here: who is full takes nothing new, and who is stuck might never. */
    boolean couldKeepUp(Now now) {
        return !full && !flow().isStuck(now);
    }

    /** Whether it does as fast as that comes. */
    boolean keepsUp(Now now) {
        return couldKeepUp(now) && !output.isBehind();
    }

    Flow flow() {
        return output.flow();
    }

    // Whether it is a neighbour's

    /** Whether it has a place among ours: the other side says for itself if it has none. */
    boolean isOurs() {
        return ours;
    }

    void isOurs(boolean has) {
        ours = has;
        hadPlace |= has;
        onlyServed = false;
        refuses &= !has;
    }

    /** It is heard and answered like those that have a place, and holds none. */
    void serve() {
        ours = true;
        onlyServed = true;
        refuses = false;
    }

    /** Whether it has never been given a place, and is among ours nevertheless since it could not use one. */
    boolean isOnlyServed() {
        return onlyServed;
    }

    /** Whether it has one, or had one: or else it is anybody's who has not been asked. */
    boolean hadPlace() {
        return hadPlace;
    }

    /** Whether it has its place since this node asked it, and not since it asked. */
    boolean isAskedByUs() {
        return askedByUs;
    }

    void isAskedByUs(boolean was) {
        askedByUs = was;
    }

    /** The next frame asks that room be made for us. */
    void plead() {
        pleads = true;
    }

    /** True once for each time. */
    boolean takePlea() {
        boolean was = pleads;
        pleads = false;
        return was;
    }

    /** The other side is to be told that it has none. */
    void refuses() {
        refuses = true;
    }

    boolean owesRefusal() {
        return refuses;
    }

    /** True once for each time that it is to be told, and once a second at most. */
    boolean mustRefuse(Now now) {
        if (!refuses || refused.isWithin(REFUSED_NANOS, now)) {
            return false;
        }
        refuses = false;
        refused.happened(now);
        return true;
    }

    /** How far its clock is from this node's. */
    Skew skew() {
        return skew;
    }

    /** Where it can be reached. */
    Whereabouts whereabouts() {
        return whereabouts;
    }

    /** It was told of others. */
    void introducedOthers(Now now) {
        introducedOthers.happened(now);
    }

    boolean hasIntroducedOthers(long withinNanos, Now now) {
        return introducedOthers.isWithin(withinNanos, now);
    }

    /** It has introduced itself: one of another network, or with another lease, is served and nobody's neighbour. */
    void introduce(boolean isCompatible) {
        introduced = true;
        compatible = isCompatible;
    }

    boolean isCompatible() {
        return compatible;
    }

    boolean isNeighbour() {
        return ours && !isStrange();
    }

    /** Whether it is of another network, lease or time: then nothing is shared with it. */
    boolean isStrange() {
        return !compatible || skew.isTooFar();
    }

    /** True once each time that it was strange, and is no longer. */
    boolean takeReturn() {
        boolean isBack = wasStrange && !isStrange();
        wasStrange = isStrange();
        return isBack;
    }

    /**
     * Who we are is said until it has said who it is, and a few times more since our words may be lost, too; and now and then
     * later, in case that somebody else has said it in our name.
     */
    boolean mustGreet() {
        return !introduced || greetings < 3;
    }

    boolean isUngreeted() {
        return greetings == 0;
    }

    void greeted() {
        greetings++;
    }

    /** It was asked for a sign of life. */
    void probed(Now now) {
        probed.happened(now);
    }

    long sinceProbedNanos(Now now) {
        return probed.sinceNanos(now);
    }

    void isFull(boolean isFull) {
        full = isFull;
    }

    boolean isFull() {
        return full;
    }

    /** Whether nothing has been read of it yet. */
    boolean isFirst() {
        return fresh;
    }

    /** True once. */
    boolean isNew() {
        boolean was = fresh;
        fresh = false;
        return was;
    }

    /** It talks to these originals. */
    void wards(List<NetAddress> addresses, Now now) {
        wardsNamed.happened(now);
        // It says the same each second.
        if (wards.size() != addresses.size() || !wards.containsAll(addresses)) {
            wards = Set.copyOf(addresses);
        }
    }

    void toldOfWards(boolean some) {
        toldOfWards = some;
    }

    /** Whether it was told of originals that we talk to, the last time. */
    boolean wasToldOfWards() {
        return toldOfWards;
    }

    /** Whether it talks to that original, as it has said within that time: that it no longer does may get lost. */
    boolean talksTo(NetAddress original, long withinNanos, Now now) {
        return wards.contains(original) && wardsNamed.isWithin(withinNanos, now);
    }

    /** Whether it is a branch of the tree along which contents are relayed. */
    Branch branch() {
        return branch;
    }

    /** How its table is compared with ours. */
    Comparison comparison() {
        return comparison;
    }
}
