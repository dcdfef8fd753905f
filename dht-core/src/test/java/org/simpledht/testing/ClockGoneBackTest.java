package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** The physical clock of a node goes back: leases do not, and a life that begins then is not shorter for that. */
class ClockGoneBackTest {

    private static final Hash KEY = new Hash(1);
    private static final Hash EARLIER_KEY = new Hash(2);
    private static final Content CONTENT = Content.ofText("short-lived");
    private static final Duration LIFE = Duration.ofSeconds(2);

    /** The wall clock is believed after ten seconds: something that ends then shows how far leases have gone. */
    @ParameterizedTest
    @ValueSource(ints = {5, 9, 19})
    void shortLifeIsAsLongAsItWasToBe(int secondsBack) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        Dht dht = Dht.start(DhtConfig.defaults(), network.host("a"));
        dht.put(EARLIER_KEY, CONTENT, Duration.ofSeconds(10));
        network.stepClock("a", Duration.ofSeconds(-secondsBack));
        network.advance(Duration.ofSeconds(12));
        assertThat(dht.local(EARLIER_KEY)).isEmpty();
        dht.put(KEY, CONTENT, LIFE);

        assertThat(dht.local(KEY)).contains(CONTENT);
        network.advance(LIFE.minusMillis(100));
        assertThat(dht.local(KEY)).contains(CONTENT);
        network.advance(Duration.ofSeconds(secondsBack + 1));
        assertThat(dht.local(KEY)).isEmpty();
    }
}
