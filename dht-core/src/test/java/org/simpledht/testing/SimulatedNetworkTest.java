package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.simpledht.Dht;
import org.simpledht.DhtClient;
import org.simpledht.DhtConfig;
import org.simpledht.DhtListener;
import org.simpledht.DhtTimeoutException;
import org.simpledht.NoPeerException;
import org.simpledht.PeerInfo;
import org.simpledht.types.Content;
import org.simpledht.types.Endpoint;
import org.simpledht.types.Hash;

class SimulatedNetworkTest {

    private static final Hash KEY = Hash.parse("2a");
    private static final Content VALUE = Content.ofText("hello");

    private static DhtConfig seededBy(String... seeds) {
        return DhtConfig.builder().seeds(seeds).build();
    }

    @Test
    void whatIsPutAtOneEndOfAChainIsReadAtTheOther() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        Dht b = Dht.start(seededBy("a:4000"), network.host("b"));
        Dht c = Dht.start(seededBy("b:4000"), network.host("c"));
        assertThat(b.awaitPeers(2, Duration.ofSeconds(5))).isTrue();

        a.put(KEY, VALUE);

        assertThat(network.advanceUntil(() -> c.local(KEY).isPresent(), Duration.ofSeconds(1)))
                .isTrue();
        assertThat(c.local(KEY)).contains(VALUE);
    }

    @Test
    void theSameSeedGivesTheSameRunAndAnotherOneAnother() {
        assertThat(run(7)).isEqualTo(run(7));
        assertThat(run(7)).isNotEqualTo(run(8));
    }

    private static long run(long seed) {
        SimulatedNetwork network =
                SimulatedNetwork.ofSeed(seed).loss(0.2).duplication(0.1).replay(0.1, Duration.ofSeconds(10));
        network.bandwidth(50_000, 500).sharedBandwidth(100_000, 10_000);
        network.delay(Duration.ofMillis(2), Duration.ofMillis(40));
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a").driftClock(200));
        SimulatedHost hostB = network.host("b").skewClock(Duration.ofHours(1)).busy(Duration.ofMillis(5));
        Dht b = Dht.start(seededBy("a:4000"), hostB.receiveBuffer(2, 1_000).bandwidth(20_000, 2_000));
        Dht.start(seededBy("a:4000"), network.host("c"));
        network.link("a", "b").loss(0.5).delay(Duration.ZERO, Duration.ofMillis(80));
        network.attach(
                "hostile",
                HostilePeer.ofSeed(seed).every(Duration.ofMillis(200)).floodOf(50));
        for (int i = 0; i < 20; i++) {
            a.put(new Hash(i), VALUE);
            network.advance(Duration.ofMillis(100));
        }
        network.host("b").stall(Duration.ofMillis(700)).stepClock(Duration.ofDays(-1));
        network.link("hostile", "a").clog(0);
        network.cut("c", "b").link("c", "a").clog(1);
        network.after(Duration.ofMillis(5_500), network::heal).advance(Duration.ofSeconds(6));
        network.partition(List.of("a")).crash("c").advance(Duration.ofSeconds(15));
        network.fairWeather().advance(Duration.ofSeconds(3));
        assertThat(network.frames())
                .as("every misfortune has happened")
                .allSatisfy((fate, count) -> assertThat(count).as(fate).isPositive());
        b.close();
        a.close();
        return network.digest();
    }

    @Test
    void missTimeoutAndNoPeerAreToldApart() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(2);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        assertThatThrownBy(() -> a.get(KEY, Duration.ofSeconds(1))).isInstanceOf(NoPeerException.class);

        Dht b = Dht.start(seededBy("a:4000"), network.host("b"));
        assertThat(b.awaitPeers(1, Duration.ofSeconds(5))).isTrue();
        assertThat(b.get(KEY, Duration.ofSeconds(1))).isEmpty();

        network.pause("a");
        assertThatThrownBy(() -> b.get(KEY, Duration.ofSeconds(1))).isInstanceOf(DhtTimeoutException.class);
    }

    @Test
    void aPausedNodeDropsNobodyWhenItWakes() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(3);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        Dht b = Dht.start(seededBy("a:4000"), network.host("b"));
        assertThat(a.awaitPeers(1, Duration.ofSeconds(5))).isTrue();
        List<String> events = new ArrayList<>();
        a.listen(new DhtListener() {
            @Override
            public void peerLost(PeerInfo peer) {
                events.add("lost");
            }
        });

        network.pause("a");
        network.advance(Duration.ofSeconds(9));
        network.resume("a");
        network.advance(Duration.ofSeconds(20));

        assertThat(events).isEmpty();
        assertThat(b.peers()).hasSize(1);
    }

    @Test
    void aCrashedNodeIsForgottenAndComesBackByItsSeed() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(4);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        Dht.start(seededBy("a:4000"), network.host("b"));
        assertThat(a.awaitPeers(1, Duration.ofSeconds(5))).isTrue();

        network.crash("b");
        network.advance(Duration.ofSeconds(12));
        assertThat(a.peers()).isEmpty();

        Dht.start(seededBy("a:4000"), network.host("b"));
        assertThat(a.awaitPeers(1, Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void aCutInOneDirectionLosesThePeerThatIsNotHeard() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(5);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        Dht b = Dht.start(seededBy("a:4000"), network.host("b"));
        assertThat(a.awaitPeers(1, Duration.ofSeconds(5))).isTrue();

        network.cut("b", "a");
        network.advance(Duration.ofSeconds(11));
        assertThat(a.peers()).isEmpty();
        network.heal();
        assertThat(a.awaitPeers(1, Duration.ofSeconds(60))).isTrue();
        assertThat(b.awaitPeers(1, Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void aClientAsksWithoutBecomingAPeer() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(6);
        network.loss(0.2);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        // A Get that overtakes the client's introduction looks like a peer's, until the introduction comes.
        List<Endpoint> taken = new ArrayList<>();
        a.listen(new DhtListener() {
            @Override
            public void peerJoined(PeerInfo peer) {
                taken.add(peer.endpoint());
            }

            @Override
            public void peerLost(PeerInfo peer) {
                taken.remove(peer.endpoint());
            }
        });
        try (DhtClient client = DhtClient.connect("a:4000", DhtConfig.defaults(), network.host("client"))) {
            Optional<Content> missing = client.get(KEY, Duration.ofSeconds(10));
            client.put(KEY, VALUE, Duration.ofSeconds(10));
            assertThat(missing).isEmpty();
            assertThat(client.get(KEY, Duration.ofSeconds(10))).contains(VALUE);
        }
        assertThat(a.peers()).isEmpty();
        assertThat(taken).isEmpty();
    }

    @Test
    void storyTellsWhoIsWhoWhatWasDoneAndWhatWasSent() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(17);
        Dht.start(DhtConfig.defaults(), network.host("a"));
        Dht.start(seededBy("a:4000"), network.host("b"));
        network.advance(Duration.ofSeconds(1)).cut("a", "b");
        assertThat(network.story())
                .contains("seed 17")
                .contains("b is 10.0.0.2")
                .contains("1.000000 s  a -> b cut")
                .contains("10.0.0.2:4000 -> 10.0.0.1:4000");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreRefusedWithWhatWouldBeRight(String remedy, Consumer<SimulatedNetwork> mistake) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        network.host("a");
        network.host("b");
        network.attach("taken", new Mailbox());
        assertThatThrownBy(() -> mistake.accept(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(remedy);
        assertThat(network.story()).as("nothing was done").doesNotContain("what was done");
    }

    static Stream<Arguments> mistakes() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                mistake("loss is 1.5, but a probability is from 0", n -> n.loss(1.5)),
                mistake("loss is NaN", n -> n.loss(Double.NaN)),
                mistake("duplication is -0.1", n -> n.duplication(-0.1)),
                mistake("must be from 0 to 365 days", n -> n.delay(second.negated(), second)),
                mistake("the shortest comes first", n -> n.delay(second, Duration.ZERO)),
                mistake("at most PT24H", n -> n.replay(0.5, Duration.ofHours(25))),
                mistake("longer than zero", n -> n.replay(0.5, Duration.ZERO)),
                mistake("fraction is 2.0", n -> n.replay(2, second)),
                mistake("bytesPerSecond is 0, but must be from 1", n -> n.bandwidth(0, 1)),
                mistake("queueBytes is -1", n -> n.sharedBandwidth(1, -1)),
                mistake("bytesPerSecond", n -> n.host("a").bandwidth(-5, 1)),
                mistake("no host \"c\"; the hosts are [a, b, taken]", n -> n.cut("a", "c")),
                mistake("no host \"c\"", n -> n.partition(List.of("c"))),
                mistake("no host \"c\"", n -> n.pause("c")),
                mistake("not blank", n -> n.host(" ")),
                mistake("attach a peer to a host of its own", n -> n.attach("taken", new Mailbox())),
                mistake("loss is 7.0", n -> n.link("a", "b").loss(7)),
                mistake("0 to 365 days", n -> n.link("a", "b").delay(second, Duration.ofDays(366))),
                mistake("maxFrames is -1", n -> n.link("a", "b").clog(-1)),
                mistake("frames is -1", n -> n.host("a").receiveBuffer(-1, 1)),
                mistake("bytes is -1", n -> n.host("a").receiveBuffer(1, -1)),
                mistake("0 to 365 days", n -> n.host("a").stall(second.negated())),
                mistake("0 to 365 days", n -> n.host("a").busy(second.negated())),
                mistake("50 years", n -> n.host("a").skewClock(Duration.ofDays(20_000))),
                mistake("50 years", n -> n.stepClock("a", Duration.ofDays(-20_000))),
                mistake("from -500000.0 to 500000.0", n -> n.host("a").driftClock(1e6)),
                mistake("0 to 365 days", n -> n.advance(Duration.ofDays(400))),
                mistake("0 to 365 days", n -> n.after(second.negated(), () -> {})));
    }

    private static Arguments mistake(String remedy, Consumer<SimulatedNetwork> mistake) {
        return Arguments.of(remedy, mistake);
    }

    @Test
    void aCallAtACrashedHostSaysSo() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(9);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        network.crash("a");
        assertThatThrownBy(a::peers).isInstanceOf(IllegalStateException.class).hasMessageContaining("crashed");
    }
}
