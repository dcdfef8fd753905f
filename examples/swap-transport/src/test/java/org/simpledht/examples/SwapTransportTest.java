package org.simpledht.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.testkit.StandardOutput;

class SwapTransportTest {

    @AfterEach
    void forgetTheSetting() {
        System.clearProperty("dht.transport");
    }

    @Test
    @Timeout(30)
    void itIsUdpByDefault() throws Exception {
        assertThat(StandardOutput.of(SwapTransport::main).lines()).containsExactly("the same program, over udp");
    }

    @Test
    @Timeout(30)
    void oneWordOfConfigurationMakesItTcp() throws Exception {
        System.setProperty("dht.transport", "tcp");
        assertThat(StandardOutput.of(SwapTransport::main).lines()).containsExactly("the same program, over tcp");
    }
}
