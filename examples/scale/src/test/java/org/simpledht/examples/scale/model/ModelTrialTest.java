package org.simpledht.examples.scale.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.simpledht.examples.scale.Scenario;
import org.simpledht.examples.scale.Sheet;
import org.simpledht.examples.scale.Trial;

class ModelTrialTest {

    private static final Trial.Pace PACE = new Trial.Pace(5, 30, 5, 30);

    @Test
    void theSameSeedIsTheSameNetwork() {
        assertThat(joined(5)).isEqualTo(joined(5)).isNotEqualTo(joined(6));
    }

    private static double joined(long seed) {
        Sheet sheet = new Sheet("model", 200);
        new ModelTrial(sheet, seed, PACE, new Rules()).run(Scenario.REST);
        return sheet.of("rest-bytes");
    }

    @Test
    void someHundredNodesBecomeOneAndStayWithinTheirBounds() {
        Shape shape = Shape.of(new ModelTrial(new Sheet("model", 300), 1, PACE, new Rules()).world());
        assertThat(shape.isOne()).isTrue();
        assertThat(shape.isFull()).isTrue();
        assertThat(shape.most()).isLessThanOrEqualTo(10);
    }

    @Test
    void anUpdateReachesEverybodyWhenNothingIsLost() {
        Sheet sheet = new Sheet("model", 100);
        new ModelTrial(sheet, 1, PACE, new Rules()).run(Scenario.NEWS);
        assertThat(sheet.of("left-out-0")).isZero();
        assertThat(sheet.of("copies-0")).isBetween(0.9, 2.0);
    }

    @Test
    void halvesThatWereApartAreOneAgain() {
        Sheet sheet = new Sheet("model", 100);
        new ModelTrial(sheet, 1, PACE, new Rules()).run(Scenario.CUT);
        assertThat(sheet.of("cut-parts")).isGreaterThanOrEqualTo(2);
        assertThat(sheet.of("cut-one")).isBetween(0.0, 30.0);
    }
}
