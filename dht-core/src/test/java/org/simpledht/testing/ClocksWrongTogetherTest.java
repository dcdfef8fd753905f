package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.ClusterKeys;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * All clocks of a network are wrong together: its machines have slept, and what is monotonic stood still meanwhile; or they were started
 * before they knew the time. Then the wall clocks are right again, and who comes new finds the others.
 */
class ClocksWrongTogetherTest {

    private static final Content CONTENT = Content.ofText("as long as its node runs");
    private static final Content LATER = Content.ofText("later");
    private static final Hash SHORT = new Hash(1_000);
    private static final Duration NIGHT = Duration.ofHours(8);

    private final SimulatedNetwork network = SimulatedNetwork.ofSeed(1);

    @ParameterizedTest
    @CsvSource({"2, false", "3, false", "15, false", "2, true", "15, true"})
    void whoComesNewAfterANightFindsWhatWasPut(int size, boolean isKeyed) {
        List<Dht> nodes = start(size, isKeyed);
        nodes.get(0).put(SHORT, CONTENT, Duration.ofMinutes(5));
        network.advance(Duration.ofSeconds(20));
        sleepThrough(size, NIGHT);
        network.advance(Duration.ofSeconds(80));

        Dht late = start("late", isKeyed, NIGHT);
        network.advance(Duration.ofSeconds(20));
        nodes.add(late);
        for (Dht node : nodes) {
            assertThat(node.local(SHORT)).isEmpty();
            for (int i = 0; i < size; i++) {
                assertThat(node.local(new Hash(i))).contains(CONTENT);
            }
        }
    }

    /** Its neighbours' physical clocks agree with its own. */
    @Test
    void oneWallClockThatIsWrongIsNotBelieved() {
        List<Dht> nodes = start(5, false);
        network.stepClock("n1", NIGHT).advance(Duration.ofMinutes(3));
        nodes.get(0).put(SHORT, CONTENT);
        network.advance(Duration.ofSeconds(1));

        assertThat(nodes.get(1).local(SHORT)).contains(CONTENT);
    }

    /** Machines hear of the time one after the other. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clocksAreSetMinutesApart(boolean isKeyed) {
        List<Dht> nodes = start(5, isKeyed);
        for (int i = 0; i < 5; i++) {
            network.stepClock("n" + i, NIGHT).advance(Duration.ofMinutes(1));
        }
        network.advance(Duration.ofSeconds(80));
        Dht late = start("late", isKeyed, NIGHT);
        network.advance(Duration.ofSeconds(20));

        nodes.add(late);
        for (Dht node : nodes) {
            for (int i = 0; i < 5; i++) {
                assertThat(node.local(new Hash(i))).contains(CONTENT);
            }
        }
    }

    /**
     * What they have written would lie ahead of everybody then: so they stay as they are, and what is put, replaced and removed goes on
     * reaching all.
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clocksDoNotGoBackTogether(boolean isKeyed) {
        List<Dht> nodes = start(5, isKeyed);
        nodes.get(1).put(SHORT, CONTENT, Duration.ofMinutes(5));
        sleepThrough(5, NIGHT.negated());
        network.advance(Duration.ofMinutes(2));
        nodes.get(0).put(new Hash(1), LATER);
        nodes.get(2).remove(new Hash(3));
        network.advance(Duration.ofSeconds(1));

        for (Dht node : nodes) {
            assertThat(node.local(new Hash(1))).contains(LATER);
            assertThat(node.local(new Hash(3))).isEmpty();
            assertThat(node.local(SHORT)).isPresent();
        }
        network.advance(Duration.ofMinutes(3));
        assertThat(nodes.get(4).local(SHORT)).isEmpty();
    }

    /** Somebody set all clocks wrong, and set them right. */
    @Test
    void clocksThatAreWrongForHalfAMinuteAreNotBelieved() {
        List<Dht> nodes = start(5, false);
        nodes.get(0).put(SHORT, CONTENT, Duration.ofMinutes(5));
        sleepThrough(5, NIGHT);
        network.advance(Duration.ofSeconds(30));
        sleepThrough(5, NIGHT.negated());
        network.advance(Duration.ofSeconds(90));

        assertThat(nodes.get(4).local(SHORT)).contains(CONTENT);
    }

    /** A node without neighbours. */
    @Test
    void whatANodeHasPutOutlivesItsOwnNight() {
        Dht node = start(1, false).get(0);
        sleepThrough(1, NIGHT);
        for (int i = 0; i < 200; i++) {
            network.advance(Duration.ofMillis(100));
            assertThat(node.local(new Hash(0))).as("after %d", i).contains(CONTENT);
        }
        network.advance(Duration.ofHours(3));
        assertThat(node.local(new Hash(0))).contains(CONTENT);
    }

    /** What was written where it could not hear of it. */
    @Test
    void whatWasReplacedMeanwhileStaysReplaced() {
        Content newer = Content.ofText("newer");
        List<Dht> nodes = start(3, false);
        network.partition(List.of("n2")).advance(Duration.ofMinutes(1));
        nodes.get(0).put(new Hash(2), newer);
        sleepThrough(3, NIGHT);
        network.advance(Duration.ofSeconds(80));
        assertThat(nodes.get(2).local(new Hash(2))).contains(CONTENT);
        network.heal().advance(Duration.ofSeconds(30));

        for (Dht node : nodes) {
            assertThat(node.local(new Hash(2))).contains(newer);
        }
    }

    /** Its process was stopped, or its machine slept and what is monotonic went on: to itself it has run all the time. */
    @Test
    void whatANodeHasPutOutlivesThatItStoodStill() {
        Duration time = Duration.ofHours(2);
        List<Dht> nodes = start(3, false);
        network.pause("n2").advance(time);
        assertThat(nodes.get(0).local(new Hash(2))).isEmpty();
        network.resume("n2").advance(Duration.ofSeconds(10));

        for (Dht node : nodes) {
            assertThat(node.local(new Hash(2))).contains(CONTENT);
        }
    }

    private void sleepThrough(int size, Duration time) {
        for (int i = 0; i < size; i++) {
            network.stepClock("n" + i, time);
        }
    }

    private List<Dht> start(int size, boolean isKeyed) {
        List<Dht> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(start("n" + i, isKeyed, Duration.ZERO));
            nodes.get(i).put(new Hash(i), CONTENT);
        }
        network.advance(Duration.ofSeconds(30));
        return nodes;
    }

    private Dht start(String name, boolean isKeyed, Duration ahead) {
        DhtConfig.Builder config = DhtConfig.builder().seeds("n0:4000");
        if (isKeyed) {
            config.clusterKeys(ClusterKeys.of(new byte[ClusterKeys.KEY_BYTES]));
        }
        return Dht.start(config.build(), network.host(name).stepClock(ahead));
    }
}
