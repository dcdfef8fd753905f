package org.simpledht.examples.scale.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrialTest {

    @Test
    void theSameSeedIsTheSameNetwork() {
        assertThat(joined(5)).isEqualTo(joined(5)).isNotEqualTo(joined(6));
    }

    private static String joined(long seed) {
        Trial trial = new Trial(200, seed, 0.01, new Rules());
        return trial.join() + trial.shape(5_000);
    }

    @Test
    void someHundredNodesBecomeOneAndStayWithinTheirBounds() {
        Trial trial = new Trial(300, 1, 0.01, new Rules());
        trial.join();
        Shape shape = Shape.of(trial.world());
        assertThat(shape.isOne()).isTrue();
        assertThat(shape.isFull()).isTrue();
        assertThat(shape.most()).isLessThanOrEqualTo(10);
    }

    @Test
    void anUpdateReachesEverybodyOnceWhenNothingIsLost() {
        Trial trial = new Trial(100, 1, 0, new Rules());
        trial.join();
        News news = new News(trial.world(), 1, 0, new Rules());
        assertThat(news.measure("alone", 1_000, 30, 5, true)).contains("left out 0.0000");
    }
}
