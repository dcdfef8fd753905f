package org.simpledht.testing;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * A minute in which nodes write, overwrite and remove, while all goes wrong that can; then the misfortune ends, and they have to
 * come to an agreement. All of it is drawn from the network's seed.
 *
 * <p>{@link Lot} says how bad it is, {@link Inhabitants} who suffers from it, {@link Accidents} and {@link Absences} what happens.
 * {@link Vigil} watches each node at every turn, and {@link Wiretap} what is said; {@link Agreement} and {@link FairWeather} are what
 * is asked for in the end.
 */
final class Misfortune {

    private static final Duration AWAKE = Duration.ofSeconds(60);
    private static final Duration TO_AGREE = Duration.ofSeconds(40);

    /** Of a content in two hundred pieces each is asked for until it comes, and a spoiled one has all fetched anew. */
    private static final Duration TO_AGREE_ON_LARGE_VALUES = Duration.ofSeconds(120);

    private static final Duration TO_BE_QUIET = Duration.ofSeconds(30);
    private static final Duration OF_REPLAYS = Duration.ofSeconds(30);

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final Lot lot;
    private final Inhabitants inhabitants;
    private final Author author;
    private final Absences absences;
    private final Accidents accidents;

    /** How long it took until all agreed, until nothing was left to be done, and until all had heard what was written then. */
    record Took(Duration agreed, Duration quiet, Duration told, Duration toldInSpiteOfLoss) {
        private static final Took NO_TIME = new Took(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    Misfortune(SimulatedNetwork network) {
        this(network, false);
    }

    /**
     * @param isKeyed whether all nodes have a cluster key
     */
    Misfortune(SimulatedNetwork network, boolean isKeyed) {
        this.network = network;
        dice = new SplittableRandom(network.seed());
        lot = new Lot(dice, isKeyed);
        Writes writes = new Writes();
        inhabitants = new Inhabitants(network, dice, lot, writes);
        author = new Author(dice, lot, writes);
        absences = new Absences(network, dice, lot, inhabitants, author, writes);
        accidents = new Accidents(network, dice, lot, inhabitants, author, absences);
    }

    Lot lot() {
        return lot;
    }

    /**
     * @throws AssertionError if something is not as it must be
     */
    Took befall() {
        network.note("drawn: " + lot);
        begin();
        while (network.elapsed().minus(absences.asleep()).compareTo(AWAKE) < 0) {
            network.advance(Duration.ofMillis(dice.nextLong(1_000)));
            accidents.next();
        }
        end();
        if (lot.attacker == Lot.Attacker.FORGING && !lot.isKeyed) {
            // He may have made them take each other for strangers.
            network.advance(TO_BE_QUIET);
            return Took.NO_TIME;
        }
        return agree();
    }

    private void begin() {
        network.loss(lot.loss).duplication(lot.duplication).delay(Duration.ofMillis(1), lot.longestDelay);
        if (lot.replayed > 0) {
            network.replay(lot.replayed, OF_REPLAYS);
        }
        inhabitants.moveIn();
        network.advance(Duration.ofMillis(dice.nextLong(6_000)));
    }

    private void end() {
        accidents.end();
        if (lot.isLossyToTheEnd) {
            network.heal().endReplay();
        } else {
            network.fairWeather();
        }
        inhabitants.comeToRest();
    }

    private Took agree() {
        Agreement agreement = new Agreement(network, inhabitants.all(), lot);
        // Whoever makes noise puts some that are large.
        boolean isSlow = lot.isLossyToTheEnd && (lot.hasLargeValues || lot.attacker != Lot.Attacker.NOBODY);
        Duration agreed = agreement.come(isSlow ? TO_AGREE_ON_LARGE_VALUES : TO_AGREE);
        // Whose clock is wrong is taken for right for two seconds when its words come late once more. What it has
        // written is fetched
        // then, and may be on its way still when all others agree.
        Duration quiet = agreement.beQuiet(isSlow ? TO_AGREE_ON_LARGE_VALUES : TO_BE_QUIET);
        if (lot.isLossyToTheEnd || lot.hasStrangers() || !agreement.isOfMany()) {
            return new Took(agreed, quiet, Duration.ZERO, Duration.ZERO);
        }
        FairWeather weather = new FairWeather(network, dice, lot, inhabitants, author, agreement);
        Duration told = weather.tellAll();
        Duration inSpiteOfLoss = weather.tellAllInSpiteOfLoss();
        weather.probe();
        return new Took(agreed, quiet, told, inSpiteOfLoss);
    }
}
