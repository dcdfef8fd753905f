package org.simpledht.testing;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.simpledht.types.Hash;

/** What happens while nodes write: lines are cut and clogged, nodes stall, crash and go away, clocks step. */
final class Accidents {

    private static final Runnable NOTHING = () -> {};

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final Lot lot;
    private final Inhabitants inhabitants;
    private final Author author;
    private final Absences absences;
    private Runnable stepBack = NOTHING;
    private boolean isOver;

    Accidents(
            SimulatedNetwork network,
            SplittableRandom dice,
            Lot lot,
            Inhabitants inhabitants,
            Author author,
            Absences absences) {
        this.network = network;
        this.dice = dice;
        this.lot = lot;
        this.inhabitants = inhabitants;
        this.author = author;
        this.absences = absences;
    }

    /** One thing happens, more often than not that somebody writes. */
    void next() {
        int what = dice.nextInt(100);
        if (what < 46) {
            author.write(inhabitants.any(), author.anyKey());
        } else if (what < 56) {
            author.remove(inhabitants.any(), author.anyKey());
        } else if (what < 62) {
            Hash key = author.anyKey();
            author.write(inhabitants.any(), key);
            author.write(inhabitants.any(), key);
        } else if (what < 65) {
            author.writeBurst(inhabitants.any());
        } else if (what < 72) {
            partition();
        } else if (what < 76) {
            oneWay();
        } else if (what < 79) {
            clog();
        } else if (what < 83) {
            stall(inhabitants.any());
        } else if (what < 86) {
            crash(inhabitants.any());
        } else if (what < 88) {
            step(inhabitants.any());
        } else if (what < 91) {
            absences.cutPublisherOff();
        } else if (what < 94) {
            absences.outlive();
        } else if (what < 97) {
            network.heal();
        } else if (lot.hasOriginal) {
            inhabitants.writeAtOriginal(author.anyKey(), author.text("at the original"));
        }
    }

    /**
     * What was to be healed later is healed otherwise now. Clocks are right again, too: who would take his for right later, when it is
     * not, could come to no agreement with the others.
     */
    void end() {
        isOver = true;
        stepBack.run();
    }

    private void partition() {
        Set<String> side = new HashSet<>();
        for (Ours each : inhabitants.all()) {
            if (dice.nextBoolean()) {
                side.add(each.name());
            }
        }
        network.partition(side);
        healLater();
    }

    private void oneWay() {
        SimulatedLink link = anyLink();
        if (dice.nextBoolean()) {
            link.cut();
        } else {
            link.loss(dice.nextInt(3) == 0 ? 1 : 0.5);
        }
        healLater();
    }

    private void clog() {
        anyLink().clog(dice.nextInt(100));
        healLater();
    }

    private SimulatedLink anyLink() {
        return network.link(inhabitants.any().name(), inhabitants.any().name());
    }

    private void healLater() {
        network.after(Duration.ofMillis(dice.nextLong(dice.nextInt(3) == 0 ? 20_000 : 5_000)), () -> {
            if (!isOver) {
                network.heal();
            }
        });
    }

    private void stall(Ours victim) {
        victim.host().stall(Duration.ofMillis(dice.nextLong(dice.nextInt(4) == 0 ? 20_000 : 3_000)));
    }

    private void crash(Ours victim) {
        if (victim.isUp()) {
            victim.crash();
            network.after(Duration.ofMillis(dice.nextLong(5_000)), victim::startAgain);
        }
    }

    /** A clock at a time, and not that of the first one, which keeps the others together. */
    private void step(Ours victim) {
        if (inhabitants.isFirst(victim) || inhabitants.all().stream().anyMatch(Ours::isStepped)) {
            return;
        }
        Duration step = dice.nextBoolean() ? Duration.ofHours(1) : Duration.ofHours(-1);
        victim.isStepped(true);
        victim.host().stepClock(step);
        stepBack = () -> {
            victim.isStepped(false);
            victim.host().stepClock(step.negated());
            stepBack = NOTHING;
        };
        network.after(Duration.ofMillis(dice.nextLong(20_000)), () -> stepBack.run());
    }
}
