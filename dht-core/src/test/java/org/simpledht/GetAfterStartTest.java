package org.simpledht;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** A get right after the start, before any seed could be heard of. */
class GetAfterStartTest {

    private static final Hash KEY = Hash.parse("2a");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final SimulatedNetwork network = SimulatedNetwork.ofSeed(1);

    @Test
    void waitsForTheSeedAndAsksIt() {
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        a.put(KEY, "held");
        Dht b = Dht.start(DhtConfig.builder().seeds("a:4000").build(), network.host("b"));

        assertThat(b.get(KEY, TIMEOUT)).contains(Content.ofText("held"));
        assertThat(b.get(Hash.parse("2b"), TIMEOUT)).isEmpty();
    }

    @Test
    void failsAtTheTimeoutWhenTheSeedNeverComes() {
        network.host("a");
        Dht b = Dht.start(DhtConfig.builder().seeds("a:4000").build(), network.host("b"));

        assertThatThrownBy(() -> b.get(KEY, TIMEOUT)).isInstanceOf(NoPeerException.class);
    }

    @Test
    void failsAtOnceWithoutSeeds() {
        Dht alone = Dht.start(DhtConfig.defaults(), network.host("alone"));

        assertThatThrownBy(() -> alone.get(KEY, TIMEOUT))
                .isInstanceOf(NoPeerException.class)
                .hasMessageContaining("name a seed");
    }
}
