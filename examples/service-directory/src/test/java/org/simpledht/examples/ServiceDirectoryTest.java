package org.simpledht.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.testkit.StandardOutput;

class ServiceDirectoryTest {

    @Test
    @Timeout(60)
    void consumersHearOfEachRegistration() throws Exception {
        assertThat(StandardOutput.of(ServiceDirectory::main).lines())
                .containsExactly(
                        "the consumer hears of billing: at 10.0.0.5:8080",
                        "the consumer hears of billing: at 10.0.0.6:8080",
                        "a newcomer finds billing: at 10.0.0.6:8080",
                        "the consumer hears of billing: gone");
    }
}
