package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
        SimulatedNetwork network = SimulatedNetwork.ofSeed(seed);
        network.loss(0.2);
        network.duplication(0.1);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        Dht b = Dht.start(seededBy("a:4000"), network.host("b"));
        for (int i = 0; i < 20; i++) {
            a.put(new Hash(i), VALUE);
            network.advance(Duration.ofMillis(100));
        }
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
    void aCallAtACrashedHostSaysSo() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(9);
        Dht a = Dht.start(DhtConfig.defaults(), network.host("a"));
        network.crash("a");
        assertThatThrownBy(a::peers).isInstanceOf(IllegalStateException.class).hasMessageContaining("crashed");
    }
}
