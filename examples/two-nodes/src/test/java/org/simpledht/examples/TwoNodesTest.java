package org.simpledht.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.testkit.StandardOutput;

class TwoNodesTest {

    @Test
    @Timeout(30)
    void whatIsPutAtOneComesOutOfTheOther() throws Exception {
        assertThat(StandardOutput.of(TwoNodes::main).lines())
                .containsExactly("two has 18f6b0200b6fd32c: Hello, world!", "something nobody put: a miss");
    }
}
