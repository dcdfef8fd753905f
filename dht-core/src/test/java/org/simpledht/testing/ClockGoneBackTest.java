package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.ClusterKeys;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** The physical clock of a node goes back: leases do not, and a life that begins then is not shorter for that. */
class ClockGoneBackTest {

    private static final ClusterKeys KEYS = ClusterKeys.of(key());
    private static final Hash KEY = new Hash(1);
    private static final Hash EARLIER_KEY = new Hash(2);
    private static final Content CONTENT = Content.ofText("short-lived");
    private static final Content LATER = Content.ofText("later");
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

    /** Leases do not leap when the time comes again at which it has written before. */
    @Test
    void shortLifeIsAsLongAsItWasToBeWhenThatTimeComesAgain() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        Dht dht = Dht.start(DhtConfig.defaults(), network.host("a"));
        dht.put(EARLIER_KEY, CONTENT);
        network.stepClock("a", Duration.ofMinutes(-1));
        Duration life = Duration.ofSeconds(10);
        for (int i = 0; i < 8; i++) {
            network.advance(Duration.ofSeconds(11));
            dht.put(KEY, CONTENT, life);
            network.advance(life.minusMillis(100));
            assertThat(dht.local(KEY)).contains(CONTENT);
        }
    }

    /** What it holds is far ahead then, and so is what replaces it. */
    @Test
    void whatWasWrittenFarAheadIsReplacedAndRemovedAllTheSame() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        network.host("a").stepClock(Duration.ofHours(2));
        Dht dht = Dht.start(DhtConfig.defaults(), network.host("a"));
        dht.put(KEY, CONTENT);
        dht.put(EARLIER_KEY, CONTENT);
        network.stepClock("a", Duration.ofHours(-2));
        network.advance(Duration.ofSeconds(15));
        dht.put(KEY, LATER);
        dht.remove(EARLIER_KEY);

        assertThat(dht.local(KEY)).contains(LATER);
        assertThat(dht.local(EARLIER_KEY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoseClockIsRightAgainIsANeighbourAgain(boolean isKeyed) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        network.host("b").stepClock(Duration.ofHours(1));
        Dht a = start(network, "a", isKeyed);
        Dht b = start(network, "b", isKeyed);
        a.put(KEY, CONTENT);
        network.advance(Duration.ofSeconds(20));
        assertThat(b.local(KEY)).isEmpty();
        network.stepClock("b", Duration.ofHours(-1));
        network.advance(Duration.ofSeconds(40));

        assertThat(b.local(KEY)).contains(CONTENT);
        b.put(EARLIER_KEY, CONTENT);
        network.advance(Duration.ofSeconds(2));
        assertThat(a.local(EARLIER_KEY)).contains(CONTENT);
    }

    /** One after the other: what the first one says seems old to the other one meanwhile. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoseClocksWereWrongTogetherAreNeighboursAgainWhenBothAreRight(boolean isKeyed) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        network.host("a").stepClock(Duration.ofHours(1));
        network.host("b").stepClock(Duration.ofHours(1));
        Dht a = start(network, "a", isKeyed);
        Dht b = start(network, "b", isKeyed);
        network.advance(Duration.ofSeconds(20));
        network.stepClock("a", Duration.ofHours(-1)).stepClock("b", Duration.ofHours(-1));
        network.cut("a", "b").advance(Duration.ofSeconds(30));
        network.heal().advance(Duration.ofSeconds(30));
        a.put(KEY, CONTENT);
        b.put(EARLIER_KEY, CONTENT);
        network.advance(Duration.ofSeconds(5));

        assertThat(b.local(KEY)).contains(CONTENT);
        assertThat(a.local(EARLIER_KEY)).contains(CONTENT);
    }

    private static byte[] key() {
        byte[] key = new byte[ClusterKeys.KEY_BYTES];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        return key;
    }

    private static Dht start(SimulatedNetwork network, String name, boolean isKeyed) {
        DhtConfig.Builder config = DhtConfig.builder().seeds("a:4000");
        if (isKeyed) {
            config.clusterKeys(KEYS);
        }
        return Dht.start(config.build(), network.host(name));
    }
}
