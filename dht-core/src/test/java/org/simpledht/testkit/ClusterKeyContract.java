package org.simpledht.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.ClusterKeys;
import org.simpledht.Dht;
import org.simpledht.DhtClient;
import org.simpledht.DhtConfig;
import org.simpledht.DhtTimeoutException;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What a cluster key does on real sockets, whatever carries the frames. */
@Timeout(120)
public abstract class ClusterKeyContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Hash HASH = Hash.parse("2a");
    private static final Content ONE = Content.ofText("one");
    private static final byte[] OLD = random(1);
    private static final byte[] NEW = random(2);

    private final List<Dht> nodes = new ArrayList<>();

    /** Where nodes listen: a free port on loopback. */
    protected abstract String bind();

    @AfterEach
    final void closeAll() {
        nodes.forEach(Dht::close);
    }

    private static byte[] random(int seed) {
        byte[] key = new byte[ClusterKeys.KEY_BYTES];
        new Random(seed).nextBytes(key);
        return key;
    }

    private Dht join(ClusterKeys keys) {
        DhtConfig.Builder config = DhtConfig.builder().bind(bind()).clusterKeys(keys);
        if (!nodes.isEmpty()) {
            config.seeds(address());
        }
        Dht node = Dht.start(config.build());
        nodes.add(node);
        return node;
    }

    private String address() {
        return nodes.get(0).endpoints().get(0).toString();
    }

    private DhtClient client(ClusterKeys keys) {
        return DhtClient.connect(
                address(), DhtConfig.builder().clusterKeys(keys).build());
    }

    @Test
    void whoHasTheKeyTakesPart() {
        ClusterKeys keys = ClusterKeys.of(OLD);
        Dht a = join(keys);
        Dht b = join(keys);
        assertThat(b.awaitPeers(1, PATIENCE)).isTrue();
        byte[] bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        Content large = Content.of(bytes);
        a.put(HASH, large);
        await().atMost(PATIENCE).until(() -> b.local(HASH).filter(large::equals).isPresent());
        try (DhtClient client = client(keys)) {
            assertThat(client.get(HASH, PATIENCE)).contains(large);
            client.put(HASH, ONE, PATIENCE);
            assertThat(client.get(HASH, PATIENCE)).contains(ONE);
            await().atMost(PATIENCE)
                    .until(() -> b.local(HASH).filter(ONE::equals).isPresent());
            client.remove(HASH, PATIENCE);
            assertThat(client.get(HASH, PATIENCE)).isEmpty();
            Content largest = Content.of(new byte[client.maxContentBytes()]);
            client.put(HASH, largest, PATIENCE);
            assertThat(client.get(HASH, PATIENCE)).contains(largest);
        }
    }

    @Test
    void whoHasNoneOrAnotherIsNotHeard() {
        Dht a = join(ClusterKeys.of(OLD));
        Dht bare = join(ClusterKeys.none());
        Dht other = join(ClusterKeys.of(NEW));
        a.put(HASH, ONE);
        for (ClusterKeys keys : List.of(ClusterKeys.none(), ClusterKeys.of(NEW))) {
            try (DhtClient client = client(keys)) {
                assertThatThrownBy(() -> client.get(HASH, SHORT)).isInstanceOf(DhtTimeoutException.class);
                assertThatThrownBy(() -> client.put(Hash.parse("1"), ONE, SHORT))
                        .isInstanceOf(DhtTimeoutException.class);
            }
        }
        await().atMost(PATIENCE)
                .until(() -> a.statistics().counters().get("framesUnsigned") > 0
                        && a.statistics().counters().get("refused.UNAUTHENTIC") > 0);
        assertThat(a.peers()).isEmpty();
        assertThat(bare.peers()).isEmpty();
        assertThat(other.peers()).isEmpty();
        assertThat(a.statistics().entries()).isEqualTo(1);
    }

    @Test
    void keyIsReplacedWhileNodesRun() {
        Dht a = join(ClusterKeys.of(OLD));
        Dht b = join(ClusterKeys.of(OLD));
        assertThat(b.awaitPeers(1, PATIENCE)).isTrue();
        int written = 0;
        for (ClusterKeys step : List.of(ClusterKeys.of(OLD, NEW), ClusterKeys.of(NEW, OLD), ClusterKeys.of(NEW))) {
            for (Dht node : nodes) {
                node.replaceClusterKeys(step);
                a.put(new Hash(written++), ONE);
                assertThat(a.flush(PATIENCE)).isTrue();
            }
        }
        assertThat(b.statistics().entries()).isEqualTo(written);
        assertThat(b.statistics().counters().get("refused.UNAUTHENTIC")).isZero();
        try (DhtClient client = client(ClusterKeys.of(NEW))) {
            assertThat(client.get(new Hash(0), PATIENCE)).contains(ONE);
        }
    }
}
