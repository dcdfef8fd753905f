package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.simpledht.core.store.Store;
import org.simpledht.core.store.Sums;
import org.simpledht.protocol.ChildSums;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;

/**
 * Finds out where two tables differ. Each sign of life carries the sum of the whole table; where two differ, sums of ever
 * smaller parts go to and fro until the parts are small enough to be listed. It is the only mechanism that convergence rests
 * on: every push, announcement, question and answer may get lost (docs/PROTOCOL.md, "Reconciliation").
 */
final class Reconciler {

    /** A round of so few sums and listings, during which nobody else brought news, has left nothing out. */
    private static final int FEW_STEPS = 5;

    private static final int WANTS_TO_GO_ON = 256;
    private static final int MANY_WANTS = 1_024;

    /** Who holds less than a tenth of what a neighbour does asks for everything at once. */
    private static final int CATCH_UP_RATIO = 10;

    private static final int LEAST_TO_CATCH_UP = 100;
    private static final long SCRUB_NANOS = 10_000_000_000L;
    private static final long FULL_NANOS = 30_000_000_000L;

    /** A round with a full table may list all, to and fro: 64 bytes of an entry, 3 kB a second. */
    private static final long LISTED_NANOS = 20_000_000L;

    /** As long as things come this close together, they are what an earlier question brings. */
    private static final long BUSY_NANOS = 150_000_000L;

    /** When all is quiet a difference is looked into before the next interval is over, but no sooner after the last round. */
    private static final long APART_NANOS = 300_000_000L;

    /** Who told what our own sum was within that time lacks only what came here since: it is on its way to him, or he will ask. */
    private static final long LATELY_NANOS = 1_000_000_000L;

    /** What a neighbour holds and we do not is on its way for so long. */
    private static final long WAY_NANOS = 200_000_000L;

    /** So long after the last news the next round begins. */
    private static final long QUIET_NANOS = 50_000_000L;

    /** Where frames get lost a round without an answer, or without news, is begun again after so long. */
    private static final long SILENT_NANOS = 300_000_000L;

    /** Where so many keys wait for a neighbour its table lacks them: to compare it would find those, and delay them. */
    private static final int MANY_WAITING = 256;

    /** Who writes without end would keep it so: a comparison is put off no longer. */
    private static final long PUT_OFF_NANOS = 10_000_000_000L;

    private static final int MOST_REPEATS = 3;
    private static final int MOST_WAITS = 2;

    private final Store store;
    private final Sums sums;
    private final Neighbours neighbours;
    private final Wants wants;
    private final RandomGenerator dice;
    private final Descent descent;
    private final FormerRoots former;
    private final CatchUp catchUp = new CatchUp();
    private Link roundWith;
    private Link suspect;
    private long suspectNanos;
    private boolean awaitsAnswer;
    private boolean broughtNews;
    private boolean othersBroughtNews;
    private int repeats;
    private int waits;
    private long appliedNanos;
    private long roundNanos;
    private long nextScrubNanos;
    private long nextFullNanos;

    Reconciler(Store store, Neighbours neighbours, Wants wants, Gossip gossip, RandomGenerator dice, Now start) {
        this.store = store;
        sums = store.sums();
        former = new FormerRoots(sums.root());
        this.neighbours = neighbours;
        this.wants = wants;
        this.dice = dice;
        descent = new Descent(sums, gossip, dice);
        appliedNanos = start.nanos() - BUSY_NANOS;
        roundNanos = start.nanos() - APART_NANOS;
        nextScrubNanos = start.nanos() + SCRUB_NANOS;
        nextFullNanos = start.nanos() + FULL_NANOS;
    }

    /** What each KeepAlive to a neighbour carries. */
    TreeRecord.Root root() {
        return sums.root();
    }

    /** Something of a neighbour's was applied just now. */
    void applied(Link link, Now now) {
        former.note(sums.root(), now);
        appliedNanos = now.nanos();
        if (link == roundWith) {
            broughtNews = true;
            repeats = 0;
            catchUp.broughtNews(now);
        }
        othersBroughtNews |= link != roundWith;
    }

    /** What was written here is among it. */
    void endTurn(Now now) {
        former.note(sums.root(), now);
    }

    /**
     * One of ours was met that has not said yet what it holds, as it does not know us: what we hold goes with the greeting. For
     * tables that are equal that is in vain, once; for others it saves half a round trip.
     */
    void met(Link link, Now now) {
        if (link.isNeighbour() && sums.root().count() >= LEAST_TO_CATCH_UP && isFree(now)) {
            begin(link, now);
        }
    }

    /** A neighbour says what it holds in all. */
    void heardRoot(Link link, boolean isNew, TreeRecord.Root root, Now now) {
        link.comparison().theirRoot(root);
        if (root.equals(sums.root())) {
            link.output().large().holdsAll();
            link.comparison().happened(now);
        }
        former.note(sums.root(), now);
        if (isNew) {
            // Nothing is on its way that was sent before.
            if (mayCompare(link, now) && !root.equals(sums.root()) && isFree(now)) {
                begin(link, now);
            }
        } else if (suspect == null && !hasNoRoom(link, now) && differs(link, now)) {
            suspect = link;
            suspectNanos = now.nanos();
        }
    }

    /** Clocks differ by a little, and so do the moments at which something leaves the sums. */
    private boolean isFree(Now now) {
        return !catchUp.isGoingOn(now) && !store.isShrinking(now.unixMillis());
    }

    private boolean differs(Link link, Now now) {
        TreeRecord.Root theirs = link.comparison().theirRoot();
        return mayCompare(link, now) && theirs != null && !former.contains(theirs, LATELY_NANOS, now);
    }

    /** Whether either of us takes no new keys, so that the tables go on differing. */
    private boolean hasNoRoom(Link link, Now now) {
        return link.isFull() || store.isFull(now.unixMillis());
    }

    /** If it is this node that has none, and tables are small, they are compared more often, so that what it has is soon told. */
    private long untilNextWithoutRoomNanos(Link link, Now now) {
        long theirs = Integer.toUnsignedLong(link.comparison().theirRoot().count());
        long most = Math.max(theirs, Integer.toUnsignedLong(sums.root().count()));
        return store.isFull(now.unixMillis()) ? Math.min(FULL_NANOS, most * LISTED_NANOS) : FULL_NANOS;
    }

    private static boolean mayCompare(Link link, Now now) {
        return link.isNeighbour()
                && !isPutOff(link, now)
                && !link.comparison().isInVain(now)
                && !link.comparison().wasInRoundOfTheirs(APART_NANOS, now);
    }

    private static boolean isPutOff(Link link, Now now) {
        return link.output().backlog() >= MANY_WAITING && link.comparison().hasHappened(PUT_OFF_NANOS, now);
    }

    /** Once per KeepAlive interval: begins a round with one neighbour whose table differs from ours. */
    void beginRound(Now now) {
        former.note(sums.root(), now);
        if (isFree(now)) {
            List<Link> different = new ArrayList<>();
            List<Link> full = new ArrayList<>();
            for (Link link : neighbours.sharing()) {
                if (differs(link, now)) {
                    (hasNoRoom(link, now) ? full : different).add(link);
                }
            }
            boolean isFullsTurn = !full.isEmpty() && now.isAtOrAfter(nextFullNanos);
            List<Link> some = isFullsTurn ? full : different;
            if (!some.isEmpty() && !mayWait(now)) {
                waits = 0;
                Link link = some.get(dice.nextInt(some.size()));
                nextFullNanos = isFullsTurn ? now.nanos() + untilNextWithoutRoomNanos(link, now) : nextFullNanos;
                begin(link, now);
            }
        }
        if (now.isAtOrAfter(nextScrubNanos)) {
            nextScrubNanos = now.nanos() + SCRUB_NANOS;
            descent.scrub(neighbours.sharing());
        }
    }

    /** Whether what that neighbour announces got lost on its way here: it sends all that it holds, each content once. */
    boolean isCatchingUpWith(Link link, Now now) {
        return link == roundWith && catchUp.isGoingOn(now);
    }

    /** Under steady writes a round must still begin now and then. */
    private boolean mayWait(Now now) {
        boolean busy = wants.size() > MANY_WANTS || now.since(appliedNanos) < BUSY_NANOS;
        if (busy && waits < MOST_WAITS) {
            waits++;
            return true;
        }
        return false;
    }

    private void begin(Link link, Now now) {
        roundNanos = now.nanos();
        long theirs = link.comparison().theirRoot() == null
                ? 0
                : Integer.toUnsignedLong(link.comparison().theirRoot().count());
        long ours = Integer.toUnsignedLong(sums.root().count());
        boolean hasNothing = ours == 0 && link.comparison().theirRoot() == null;
        // Its next KeepAlive says how it is then.
        link.comparison().theirRoot(null);
        repeats = link == roundWith ? repeats : 0;
        roundWith = link;
        awaitsAnswer = true;
        link.comparison().begins(now);
        broughtNews = false;
        othersBroughtNews = false;
        boolean isFarBehind = theirs >= LEAST_TO_CATCH_UP && ours * CATCH_UP_RATIO < theirs || hasNothing;
        catchUp.begins(isFarBehind && !store.isFull(now.unixMillis()), now);
        if (catchUp.hasBegun()) {
            link.output().control(new TreeRecord.Listing(Prefix.ROOT, List.of()));
        } else {
            link.output().control(new TreeRecord.Sums(Prefix.ROOT, sums.ofChildren(Prefix.ROOT)));
        }
    }

    /** A round that brought news is followed by another one as soon as most of it is here, and so is a stream that has ended. */
    void tick(Now now) {
        former.note(sums.root(), now);
        lookAtSuspect(now);
        if (nanosUntilRepeat(now) == 0) {
            Link link = roundWith;
            boolean isRepeated = !catchUp.hasBegun() && isUnanswered();
            int count = isRepeated ? repeats + 1 : 0;
            roundWith = null;
            broughtNews = false;
            boolean mayGoOn = neighbours.sharing().contains(link)
                    && !link.comparison().isInVain(now)
                    && !(isRepeated && sums.root().equals(link.comparison().theirRoot()));
            // What is cut short has taken so long that the next interval begins a round with anybody.
            if (!catchUp.end(now) && mayGoOn) {
                begin(link, now);
                repeats = count;
            }
        }
    }

    private void lookAtSuspect(Now now) {
        if (nanosUntilLook(now) == 0) {
            Link link = suspect;
            suspect = null;
            if (neighbours.sharing().contains(link) && !hasNoRoom(link, now) && differs(link, now) && isFree(now)) {
                begin(link, now);
            }
        }
    }

    /** Until what it told is no more on its way, and all is quiet. */
    private long nanosUntilLook(Now now) {
        return suspect == null
                ? Long.MAX_VALUE
                : Math.max(
                        now.until(suspectNanos + WAY_NANOS),
                        Math.max(now.until(appliedNanos + BUSY_NANOS), now.until(roundNanos + APART_NANOS)));
    }

    /** What comes meanwhile may be what an earlier round has asked for. */
    private boolean isUnanswered() {
        return awaitsAnswer || !broughtNews;
    }

    long nanosUntilTick(Now now) {
        return Math.min(nanosUntilLook(now), nanosUntilRepeat(now));
    }

    private long nanosUntilRepeat(Now now) {
        if (roundWith != null && catchUp.hasBegun()) {
            return catchUp.nanosUntilEnd(now);
        }
        boolean leftSomething =
                othersBroughtNews || roundWith != null && roundWith.comparison().steps() > FEW_STEPS;
        boolean goesOn = roundWith != null && broughtNews && leftSomething && wants.size() < WANTS_TO_GO_ON;
        boolean isLossy = roundWith != null && roundWith.flow().isLossy();
        // What is asked for again and again comes late: no need to wait for the last of it.
        long silent = isLossy ? now.until(roundNanos + SILENT_NANOS) : Long.MAX_VALUE;
        if (goesOn) {
            return Math.min(silent, now.until(appliedNanos + QUIET_NANOS));
        }
        boolean mayBeLost = isLossy && isUnanswered() && repeats < MOST_REPEATS;
        return mayBeLost ? silent : Long.MAX_VALUE;
    }

    /** A neighbour's sums of the children of a prefix: ours that differ are listed, or divided in turn. */
    void heardSums(Link link, TreeRecord.Sums theirs, Now now) {
        if (catchUp.isGoingOn(now)) {
            // All that they are about is on its way.
            link.comparison().isInRoundOfTheirs(now);
            return;
        }
        if (theirs.prefix().equals(Prefix.ROOT)) {
            if (sums.root().count() == 0 && link.comparison().theirRoot() == null) {
                // It greets us with them: all of it is new here.
                begin(link, now);
                return;
            }
            if (isCrossedBy(link, theirs.sums(), now)
                    || isPutOff(link, now)
                    || link.comparison().isInVain(now)) {
                return;
            }
            link.comparison().begins(now);
        }
        isAnswered(link);
        link.comparison().step();
        link.comparison().isInRoundOfTheirs(now);
        descent.answer(link, theirs);
    }

    private void isAnswered(Link link) {
        awaitsAnswer &= link != roundWith;
    }

    /** Both have begun in the same moment, and one round is enough: that of the larger sum. */
    private boolean isCrossedBy(Link link, ChildSums theirs, Now now) {
        long theirSum = 0;
        for (int child = 0; child < Prefix.CHILDREN; child++) {
            theirSum += theirs.at(child);
        }
        return link == roundWith
                && awaitsAnswer
                && now.since(roundNanos) < APART_NANOS
                && Long.compareUnsigned(sums.root().sum(), theirSum) > 0;
    }

    /** All that a neighbour holds under a prefix: we want what is larger there, and it gets what is larger here. */
    void heardListing(Link link, TreeRecord.Listing theirs, Now now) {
        isAnswered(link);
        link.comparison().step();
        if (!theirs.metas().isEmpty()) {
            // What follows changes one table or both: its next KeepAlive says whether they still differ.
            link.comparison().theirRoot(null);
        }
        descent.answer(link, theirs, now);
    }
}
