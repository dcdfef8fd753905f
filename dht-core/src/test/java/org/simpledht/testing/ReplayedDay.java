package org.simpledht.testing;

import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import org.simpledht.core.NodeInsides;

/**
 * A day and an hour of a few nodes that write, overwrite, remove, and now and then are cut off, crash or leave, while much of what
 * they say comes once more, up to a day later. All of it is drawn from the network's seed.
 *
 * <p>{@link Vigil} watches each node at every turn. Besides, no replay ends a link; in the end all agree while replays go on, and
 * each of these brings about a frame or so.
 */
final class ReplayedDay {

    private static final Duration AWAKE = Duration.ofHours(24).plusMinutes(8);
    private static final Duration OF_REPLAYS = Duration.ofHours(24);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration LONGEST_CUT = Duration.ofSeconds(60);
    /** And what clocks differ by, and frames take. */
    private static final Duration LONGEST_SILENCE = LONGEST_CUT.plusSeconds(20);

    private static final Duration TO_MEET = Duration.ofSeconds(60);
    private static final Duration TO_AGREE = Duration.ofSeconds(40);
    private static final Duration QUIET = Duration.ofMinutes(25);
    private static final int WRITES_WHILE_CUT_OFF = 3;

    /** Frames that one brings about; the worst of some seeds is just below one. */
    private static final double MOST_FOR_A_REPLAY = 1.5;

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final Lot lot;
    private final Inhabitants inhabitants;
    private final Author author;
    private long metNanos;

    /** Frames in a quiet time, while others are replayed and when none is. */
    record Cost(long replayed, long withReplays, long without) {}

    ReplayedDay(SimulatedNetwork network) {
        this.network = network;
        dice = new SplittableRandom(network.seed());
        lot = Lot.ofDay(network.seed(), dice, LONGEST_SILENCE);
        Writes writes = new Writes();
        inhabitants = new Inhabitants(network, dice, lot, writes);
        author = new Author(dice, lot, writes);
    }

    /**
     * @throws AssertionError if something is not as it must be
     */
    Cost pass() {
        network.note("drawn: " + lot);
        network.loss(lot.loss).duplication(lot.duplication).delay(Duration.ofMillis(1), lot.longestDelay);
        network.replay(lot.replayed, OF_REPLAYS);
        inhabitants.moveIn();
        upheaval();
        while (network.elapsed().compareTo(AWAKE) < 0) {
            advance(Duration.ofMillis(dice.nextLong(LONGEST_PAUSE.toMillis())));
            next();
        }
        network.loss(0).heal();
        upheaval();
        advance(TO_MEET);
        Agreement agreement = new Agreement(network, inhabitants.all(), lot);
        agreement.come(TO_AGREE);
        Cost cost = beQuiet();
        agreement.come(TO_AGREE);
        agreement.beQuiet(TO_AGREE);
        return cost;
    }

    /** One thing happens; what concerns links some times a day. */
    private void next() {
        int what = dice.nextInt(1_000);
        if (what < 2) {
            restart(inhabitants.any());
        } else if (what < 5) {
            cutOff(inhabitants.any());
        } else if (what < 50) {
            // What is replayed shortly after it has ended or was forgotten is the worst.
            network.replay(lot.replayed, dice.nextBoolean() ? OF_REPLAYS : lot.lease.plus(LONGEST_SILENCE));
        } else if (what < 600) {
            author.write(inhabitants.any(), author.anyKey());
        } else if (what < 900) {
            author.remove(inhabitants.any(), author.anyKey());
        }
    }

    private void restart(Ours one) {
        upheaval();
        if (dice.nextBoolean()) {
            one.crash();
        } else {
            one.leave();
        }
        advance(Duration.ofMillis(dice.nextLong(20_000)));
        one.startAgain();
        upheaval();
    }

    private void cutOff(Ours one) {
        network.partition(Set.of(one.name()));
        upheaval();
        for (int i = 0; i < WRITES_WHILE_CUT_OFF; i++) {
            author.write(inhabitants.any(), author.anyKey());
            author.remove(inhabitants.anyBut(one), author.anyKey());
            advance(Duration.ofMillis(dice.nextLong(LONGEST_CUT.toMillis() / WRITES_WHILE_CUT_OFF)));
        }
        network.heal();
        upheaval();
    }

    /** Links may end now, and others begin, until all have met again. */
    private void upheaval() {
        metNanos = network.elapsed().plus(TO_MEET).toNanos();
    }

    private void advance(Duration time) {
        network.advanceUntil(
                () -> {
                    lookAtLinks();
                    return false;
                },
                time);
    }

    private void lookAtLinks() {
        if (network.agenda().nowNanos() <= metNanos) {
            return;
        }
        for (Ours each : inhabitants.all()) {
            NodeInsides insides = each.vigil().insides();
            if (insides.sharing() != lot.nodes - 1) {
                throw new AssertionError(each.name() + " has " + insides.sharing() + " neighbours");
            }
            if (insides.youngestLinkNanos() >= metNanos) {
                throw new AssertionError(each.name() + " has lost a neighbour, and met it anew");
            }
        }
    }

    private Cost beQuiet() {
        long replayedBefore = frames("replayed");
        long withReplays = sentWhileQuiet();
        long replayed = frames("replayed") - replayedBefore;
        network.fairWeather();
        long without = sentWhileQuiet();
        Cost cost = new Cost(replayed, withReplays, without);
        if (withReplays - without > MOST_FOR_A_REPLAY * replayed + without / 100) {
            throw new AssertionError("replays bring about more than themselves: " + cost);
        }
        return cost;
    }

    private long sentWhileQuiet() {
        long before = frames("sent");
        advance(QUIET);
        return frames("sent") - before;
    }

    private long frames(String fate) {
        return network.frames().getOrDefault(fate, 0L);
    }
}
