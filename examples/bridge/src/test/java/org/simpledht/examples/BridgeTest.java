package org.simpledht.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.testkit.StandardOutput;

class BridgeTest {

    @Test
    @Timeout(60)
    void valuesCrossInBothDirections() throws Exception {
        assertThat(StandardOutput.of(Bridge::main).lines())
                .containsExactly("the TCP node has: put over UDP", "the UDP node has: put over TCP");
    }
}
