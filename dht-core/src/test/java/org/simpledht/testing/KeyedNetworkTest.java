package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.ClusterKeys;
import org.simpledht.Dht;
import org.simpledht.DhtClient;
import org.simpledht.DhtConfig;
import org.simpledht.DhtListener;
import org.simpledht.DhtTimeoutException;
import org.simpledht.PeerInfo;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Whole networks with cluster keys, and with names. */
class KeyedNetworkTest {

    private static final int MISFORTUNES = Integer.getInteger("dht.keyed-misfortunes", 60);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Hash KEY = Hash.parse("2a");
    private static final Content HELLO = Content.ofText("hello");
    private static final ClusterKeys OLD = ClusterKeys.of(key(1));
    private static final ClusterKeys NEW = ClusterKeys.of(key(2));

    private final SimulatedNetwork network = SimulatedNetwork.ofSeed(7);
    private final List<Dht> nodes = new ArrayList<>();
    private final List<PeerInfo> lost = new ArrayList<>();

    private static byte[] key(int number) {
        byte[] key = new byte[ClusterKeys.KEY_BYTES];
        Arrays.fill(key, (byte) number);
        return key;
    }

    private Dht start(String name, ClusterKeys keys, String scheme) {
        DhtConfig config = DhtConfig.builder()
                .transport(scheme)
                .bind("0.0.0.0:4000")
                .seeds(nodes.isEmpty() ? new String[0] : new String[] {"a:4000"})
                .clusterKeys(keys)
                .build();
        Dht dht = Dht.start(config, network.host(name), new DhtListener() {
            @Override
            public void peerLost(PeerInfo peer) {
                lost.add(peer);
            }
        });
        nodes.add(dht);
        return dht;
    }

    private static DhtConfig keyed(ClusterKeys keys, String scheme) {
        return DhtConfig.builder().transport(scheme).clusterKeys(keys).build();
    }

    @Test
    void whatBefallsNodesWithKeysLosesNothing() {
        Seeds.from(1, MISFORTUNES).forEach(misfortunate -> new Misfortune(misfortunate, true).befall());
    }

    /** What it says there is for whoever is there now, and not for who was there when it last heard of anybody. */
    @Test
    void whoWasAwayWhileItsOnlyContactWasStartedAnewFindsItAgain() {
        start("a", OLD, "udp");
        Dht b = start("b", OLD, "udp");
        assertThat(b.awaitPeers(1, LONG)).isTrue();
        network.cut("a", "b").cut("b", "a").advance(Duration.ofSeconds(15));
        assertThat(b.peers()).isEmpty();
        network.crash("a");
        nodes.clear();
        Dht another = start("a", OLD, "udp");
        network.heal();

        assertThat(b.awaitPeers(1, Duration.ofSeconds(40))).isTrue();
        assertThat(another.awaitPeers(1, LONG)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void keyIsReplacedWhileAllWrite(String scheme) {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            start(name, OLD, scheme);
        }
        nodes.forEach(node -> assertThat(node.awaitPeers(4, LONG)).isTrue());
        // Of two streams that were begun at once one has been given up by then.
        network.advance(Duration.ofSeconds(10));
        lost.clear();
        ClusterKeys[] steps = {ClusterKeys.of(key(1), key(2)), ClusterKeys.of(key(2), key(1)), NEW};
        int written = 0;
        for (ClusterKeys step : steps) {
            for (Dht changed : nodes) {
                changed.replaceClusterKeys(step);
                for (Dht writer : nodes) {
                    writer.put(new Hash(written), Content.ofText("content " + written++));
                }
                network.advance(Duration.ofMillis(300));
            }
            network.advance(Duration.ofSeconds(2));
        }
        int all = written;
        assertThat(network.advanceUntil(
                        () -> nodes.stream().allMatch(node -> node.statistics().entries() == all), LONG))
                .isTrue();
        network.advance(Duration.ofSeconds(15));
        assertThat(lost).isEmpty();
        for (Dht node : nodes) {
            for (int i = 0; i < written; i++) {
                assertThat(node.local(new Hash(i))).contains(Content.ofText("content " + i));
            }
            assertThat(node.peers()).hasSize(4);
            assertThat(node.statistics().counters().get("refused.UNAUTHENTIC")).isZero();
            assertThat(node.statistics().counters().get("framesUnsigned")).isZero();
            assertThat(node.statistics().counters().get("framesStale")).isZero();
        }
        assertThatThrownBy(() -> DhtClient.connect("a:4000", keyed(OLD, scheme), network.host("old"))
                        .get(KEY, Duration.ofSeconds(5)))
                .isInstanceOf(DhtTimeoutException.class)
                .hasMessageContaining("the same cluster key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void whoHasAnotherKeyOrNoneSharesNothing(String scheme) {
        Dht a = start("a", OLD, scheme);
        Dht b = start("b", OLD, scheme);
        Dht other = start("other", NEW, scheme);
        Dht bare = start("bare", ClusterKeys.none(), scheme);
        a.put(KEY, HELLO);
        other.put(KEY, Content.ofText("of another"));
        bare.put(Hash.parse("1"), HELLO);
        network.advance(Duration.ofMinutes(1));

        assertThat(a.peers()).hasSize(1);
        assertThat(b.local(KEY)).contains(HELLO);
        assertThat(b.local(Hash.parse("1"))).isEmpty();
        assertThat(other.peers()).isEmpty();
        assertThat(bare.peers()).isEmpty();
        assertThat(bare.local(KEY)).isEmpty();
        assertThat(a.statistics().counters().get("framesUnsigned")).isPositive();
        assertThat(a.statistics().counters().get("refused.UNAUTHENTIC")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void clientWithTheKeyDoesEverything(String scheme) {
        start("a", ClusterKeys.of(key(1), key(2)), scheme);
        Dht b = start("b", ClusterKeys.of(key(2), key(1)), scheme);
        b.awaitPeers(1, LONG);
        Content large = Content.of(new byte[300_000]);
        b.put(Hash.parse("1"), large);
        b.flush(LONG);
        try (DhtClient client =
                DhtClient.connect("a:4000", keyed(ClusterKeys.of(key(2), key(1)), scheme), network.host("client"))) {
            client.put(KEY, HELLO, LONG);
            assertThat(client.get(KEY, LONG)).contains(HELLO);
            client.put(KEY, Content.ofText("for a while"), Duration.ofMinutes(1), LONG);
            assertThat(client.get(KEY, LONG)).contains(Content.ofText("for a while"));
            client.remove(KEY, LONG);
            assertThat(client.get(KEY, LONG)).isEmpty();
            assertThat(client.get(Hash.parse("1"), LONG)).contains(large);
            Content largest = Content.of(new byte[client.maxContentBytes()]);
            client.put(Hash.parse("3"), largest, LONG);
            assertThat(client.get(Hash.parse("3"), LONG)).contains(largest);
            client.discover("b:4000", LONG);
        }
        assertThat(b.get(Hash.parse("3"), LONG)).isPresent();
    }

    @Test
    void clientIsServedByANodeThatWasStartedAnew() {
        start("a", OLD, "udp");
        try (DhtClient client = DhtClient.connect("a:4000", keyed(OLD, "udp"), network.host("client"))) {
            client.put(KEY, HELLO, LONG);
            network.host("a").crash();
            nodes.clear();
            Dht anew = start("a", OLD, "udp");
            client.put(KEY, Content.ofText("again"), LONG);
            assertThat(anew.local(KEY)).contains(Content.ofText("again"));
        }
    }

    @Test
    void clientInSpiteOfLossAndRepetition() {
        network.loss(0.3).duplication(0.3).replay(0.5, Duration.ofSeconds(10));
        Dht a = start("a", OLD, "udp");
        try (DhtClient client = DhtClient.connect("a:4000", keyed(OLD, "udp"), network.host("client"))) {
            for (int i = 0; i < 20; i++) {
                Content content = Content.ofText("content " + i);
                client.put(KEY, content, LONG);
                assertThat(client.get(KEY, LONG)).contains(content);
                network.advance(Duration.ofSeconds(2));
                assertThat(a.local(KEY)).contains(content);
            }
        }
    }

    @Test
    void attackerWithoutTheKeyDoesNothing() {
        start("a", OLD, "udp");
        start("b", OLD, "udp");
        start("c", OLD, "udp");
        network.attach(
                "attacker", HostilePeer.ofSeed(1).every(Duration.ofMillis(3)).floodOf(20));
        for (int i = 0; i < 100; i++) {
            nodes.get(i % 3).put(new Hash(i % 10), Content.ofText("content " + i));
            network.advance(Duration.ofMillis(300));
        }
        network.advance(Duration.ofSeconds(5));
        for (Dht node : nodes) {
            assertThat(node.statistics().entries()).isEqualTo(10);
            for (int i = 90; i < 100; i++) {
                assertThat(node.local(new Hash(i % 10))).contains(Content.ofText("content " + i));
            }
        }
        // Who is faster than a sender with what it said may part two for a moment.
        nodes.forEach(node -> assertThat(node.peers()).hasSize(2));
    }

    @Test
    void clockThatIsWrongIsHeardWhenItIsRight() {
        Dht a = start("a", OLD, "udp");
        network.host("b").skewClock(Duration.ofMinutes(-5));
        Dht b = start("b", OLD, "udp");
        a.put(KEY, HELLO);
        network.advance(Duration.ofSeconds(20));
        assertThat(a.peers()).isEmpty();
        assertThat(a.statistics().counters().get("framesStale")).isPositive();
        network.host("b").skewClock(Duration.ZERO);
        network.advance(Duration.ofSeconds(40));
        assertThat(b.local(KEY)).contains(HELLO);
    }

    @Test
    void nodeStaysWithOrWithoutKeys() {
        Dht keyed = start("a", OLD, "udp");
        Dht bare = start("b", ClusterKeys.none(), "udp");

        assertThatIllegalArgumentException().isThrownBy(() -> keyed.replaceClusterKeys(ClusterKeys.none()));
        assertThatIllegalStateException()
                .isThrownBy(() -> bare.replaceClusterKeys(OLD))
                .withMessageContaining("without a cluster key");
    }

    @Test
    void networksOfOtherNamesDoNotMix() {
        for (String name : List.of("red", "blue")) {
            for (int i = 0; i < 2; i++) {
                String host = nodes.isEmpty() ? "a" : name + i;
                DhtConfig config = DhtConfig.builder()
                        .bind("0.0.0.0:4000")
                        .seeds(nodes.isEmpty() ? new String[0] : new String[] {"a:4000"})
                        .set("cluster-name", name)
                        .build();
                nodes.add(Dht.start(config, network.host(host)));
            }
        }
        nodes.get(0).put(KEY, HELLO);
        nodes.get(2).put(Hash.parse("1"), HELLO);
        network.advance(Duration.ofSeconds(30));

        assertThat(nodes.get(1).local(KEY)).contains(HELLO);
        assertThat(nodes.get(2).local(KEY)).isEmpty();
        assertThat(nodes.get(0).local(Hash.parse("1"))).isEmpty();
    }
}
