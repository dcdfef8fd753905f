package org.simpledht.core;

import java.util.List;
import java.util.Set;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.NetAddress;

/** What this node keeps of a neighbour, beside what is on its way to it. */
final class Link {

    private static final long REFUSED_NANOS = 1_000_000_000L;

    private final Peer peer;
    private final LinkOutput output;
    private final long sinceNanos;
    private final Subnet subnet;
    private boolean ours;
    private boolean hadPlace;
    private boolean askedByUs;
    private boolean refuses;
    private boolean pleads;
    private boolean refusedBefore;
    private long refusedNanos;
    private final Branch branch = new Branch();
    private TreeRecord.Root theirRoot;
    private boolean inRound;
    private long theirRoundNanos;
    private boolean compared;
    private long comparedNanos;
    private int partsOfRound;
    private int dividedOfRound;
    private int stepsOfRound;
    private final Skew skew = new Skew();
    private boolean full;
    private boolean fresh = true;
    private boolean compatible = true;
    private boolean introduced;
    private int greetings;
    private boolean isStream;
    private int listenPort;
    private boolean introducedOthers;
    private long introducedNanos;
    private Claim claim;
    private NetAddress seesUsAt;
    private boolean probed;
    private long probedNanos;
    private Set<NetAddress> wards = Set.of();
    private boolean toldOfWards;

    Link(Peer peer, Now now, LinkOutput output) {
        this.peer = peer;
        sinceNanos = now.nanos();
        subnet = Subnet.of(peer.path().remote());
        this.output = output;
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
        refuses &= !has;
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

    /** Where it is; null if that says nothing. */
    Subnet subnet() {
        return subnet;
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
        if (!refuses || refusedBefore && now.since(refusedNanos) < REFUSED_NANOS) {
            return false;
        }
        refuses = false;
        refusedBefore = true;
        refusedNanos = now.nanos();
        return true;
    }

    /** How far its clock is from this node's. */
    Skew skew() {
        return skew;
    }

    /** Where it can be reached by others; null if that is not known. */
    NetAddress address() {
        return claim != null && claim.isProven() ? claim.path().remote() : seenAddress();
    }

    /** Where it is as seen from here; null if that is not known. */
    NetAddress seenAddress() {
        NetAddress remote = peer.path().remote();
        return isStream ? listenPort == 0 ? null : remote.withPort(listenPort) : remote;
    }

    /** The way to it for whoever has no link with it; null if that is not known. */
    Path way() {
        NetAddress address = address();
        return address == null ? null : new Path(peer.path().binding(), address);
    }

    /** Where it says that it can be reached, true or not; null if it says nothing. */
    Claim claim() {
        return claim;
    }

    void claim(Claim next) {
        claim = next;
    }

    /** Where it sees this node, as it says; null if it has said nothing. */
    NetAddress seesUsAt() {
        return seesUsAt;
    }

    void seesUsAt(NetAddress address) {
        seesUsAt = address;
    }

    /** Of a stream that it opened only the host is its own; the port is where it says that it listens. */
    void listensAt(int port, boolean stream) {
        listenPort = port;
        isStream = stream;
    }

    /** It was told of others. */
    void introducedOthers(Now now) {
        introducedOthers = true;
        introducedNanos = now.nanos();
    }

    boolean hasIntroducedOthers(long withinNanos, Now now) {
        return introducedOthers && now.since(introducedNanos) < withinNanos;
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
        return ours && compatible && !skew.isTooFar();
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
        probed = true;
        probedNanos = now.nanos();
    }

    long sinceProbedNanos(Now now) {
        return probed ? now.since(probedNanos) : Long.MAX_VALUE;
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
    void wards(List<NetAddress> addresses) {
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

    Set<NetAddress> wards() {
        return wards;
    }

    /** Whether it is a branch of the tree along which contents are relayed. */
    Branch branch() {
        return branch;
    }

    // Reconciliation

    /** It compares its table with ours just now: no need for us to do the same. */
    void isInRoundOfTheirs(Now now) {
        inRound = true;
        theirRoundNanos = now.nanos();
    }

    boolean wasInRoundOfTheirs(long withinNanos, Now now) {
        inRound &= now.since(theirRoundNanos) < withinNanos;
        return inRound;
    }

    /** A comparison begins anew, at the root. */
    void roundBegins(Now now) {
        compared(now);
        partsOfRound = 0;
        dividedOfRound = 0;
        stepsOfRound = 0;
    }

    /** It holds what we do, or a comparison has begun to find out. */
    void compared(Now now) {
        compared = true;
        comparedNanos = now.nanos();
    }

    boolean wasCompared(long withinNanos, Now now) {
        compared &= now.since(comparedNanos) < withinNanos;
        return compared;
    }

    /** Whether one more part may be divided or listed. */
    boolean dividesPart(int most) {
        return dividedOfRound++ < most;
    }

    /** One more part differs. Returns how many that makes since the round began. */
    int partOfRound() {
        stepsOfRound++;
        return ++partsOfRound;
    }

    /** Sums or a listing have come. */
    void stepOfRound() {
        stepsOfRound++;
    }

    /** How many sums and listings have gone and come since it began. */
    int stepsOfRound() {
        return stepsOfRound;
    }

    void theirRoot(TreeRecord.Root root) {
        theirRoot = root;
    }

    /** The sum of all that it holds as it last said, null if it has not since a round began. */
    TreeRecord.Root theirRoot() {
        return theirRoot;
    }
}
