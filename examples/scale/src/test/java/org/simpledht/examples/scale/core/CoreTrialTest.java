package org.simpledht.examples.scale.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.simpledht.examples.scale.Scenario;
import org.simpledht.examples.scale.Sheet;
import org.simpledht.examples.scale.Trial;

class CoreTrialTest {

    private static final Trial.Pace PACE = new Trial.Pace(5, 5, 5, 30);

    @Test
    void theSameSeedIsTheSameNetwork() {
        assertThat(resting(5)).isEqualTo(resting(5)).isNotEqualTo(resting(6));
    }

    private static double resting(long seed) {
        return live(20, seed, Scenario.REST).of("rest-bytes");
    }

    private static Sheet live(int nodes, long seed, Scenario scenario) {
        Sheet sheet = new Sheet("core", nodes);
        new CoreTrial(sheet, seed, PACE).run(scenario);
        return sheet;
    }

    @Test
    void fewNodesAreAllLinkedAndEachGetsNewsOnce() {
        Sheet sheet = live(5, 1, Scenario.REST);
        assertThat(sheet.of(Sheet.links(4)))
                .as("part of the nodes with four links")
                .isOne();
        assertThat(sheet.of("paths-longest")).isOne();
        assertThat(sheet.of("rest-bytes")).isBetween(100.0, 1_000.0);

        sheet = live(5, 1, Scenario.NEWS);
        assertThat(sheet.of("copies-0")).as("its writer needs none").isBetween(0.8, 1.5);
        assertThat(sheet.of("p100-0")).isBetween(0.005, 0.2);
    }

    @Test
    void halfOfThemCrashAndTheOthersAreOneAgain() {
        Sheet sheet = live(30, 1, Scenario.HALF);
        assertThat(sheet.of("half-one")).isBetween(0.0, 30.0);
        assertThat(sheet.of("half-full")).isBetween(sheet.of("half-one"), 60.0);
    }

    @Test
    void halvesThatWereApartAreOneAgain() {
        Sheet sheet = live(20, 1, Scenario.CUT);
        assertThat(sheet.of("cut-parts")).isGreaterThanOrEqualTo(2);
        assertThat(sheet.of("cut-one")).isBetween(0.01, 30.0);
    }
}
