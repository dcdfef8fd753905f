package org.simpledht.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.testkit.StandardOutput;

class MemoryNetworkTest {

    @Test
    @Timeout(30)
    void nodesMeetOnATransportOfOnesOwn() throws Exception {
        assertThat(StandardOutput.of(MemoryNetwork::main).lines())
                .containsExactly("memory://127.0.0.1:2 has: carried without a socket");
    }
}
