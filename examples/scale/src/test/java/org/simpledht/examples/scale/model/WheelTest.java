package org.simpledht.examples.scale.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WheelTest {

    private final List<String> story = new ArrayList<>();
    private final Wheel wheel = new Wheel(this::happens);

    private void happens(int kind, int node, int one, int other, int block) {
        story.add(wheel.nowMillis() + ":" + kind);
        if (kind == 9) {
            wheel.in(1, 1, node, one, other, block);
        }
    }

    @Test
    void whatIsDueHappensInItsMillisecondAndInOrder() {
        wheel.in(5, 1, 0, 0, 0, Blocks.NONE);
        wheel.in(3, 2, 0, 0, 0, Blocks.NONE);
        wheel.in(5, 3, 0, 0, 0, Blocks.NONE);
        turn(5);
        assertThat(story).containsExactly("3:2", "5:1", "5:3");
        assertThat(wheel.waiting()).isZero();
    }

    @Test
    void somethingThatHappensMayCauseMore() {
        wheel.in(1, 9, 0, 0, 0, Blocks.NONE);
        turn(2);
        assertThat(story).containsExactly("1:9", "2:1");
    }

    @Test
    void itGoesRoundAndRound() {
        for (int i = 0; i < 20_000; i++) {
            wheel.in(1 + i % 4_000, 1, 0, 0, 0, Blocks.NONE);
            turn(1);
        }
        turn(4_000);
        assertThat(story).hasSize(20_000);
    }

    @Test
    void nothingIsToldBeyondItsSpan() {
        assertThatIllegalArgumentException().isThrownBy(() -> wheel.in(5_000, 1, 0, 0, 0, Blocks.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> wheel.in(0, 1, 0, 0, 0, Blocks.NONE));
    }

    private void turn(int millis) {
        for (int i = 0; i < millis; i++) {
            wheel.turn();
        }
    }
}
