package org.simpledht.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.simpledht.Dht;
import org.simpledht.DhtClient;
import org.simpledht.EntryEvent;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What nodes on real sockets owe to whoever puts and removes, whatever carries their frames. */
@Timeout(120)
public abstract class ReplicationContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Hash HASH = Hash.parse("2a");
    private static final Content ONE = Content.ofText("one");
    private static final Content TWO = Content.ofText("two");

    private final List<Dht> nodes = new ArrayList<>();

    /** Where nodes listen: a free port on loopback. */
    protected abstract String bind();

    @AfterEach
    final void closeAll() {
        nodes.forEach(Dht::close);
    }

    /** One more node, whose seed is the first one. */
    private Dht join() {
        Dht node = nodes.isEmpty() ? Dht.start(bind()) : Dht.start(bind(), address(nodes.get(0)));
        nodes.add(node);
        return node;
    }

    private static String address(Dht node) {
        return node.endpoints().get(0).toString();
    }

    /** That many nodes, each with all others as its peers. */
    private List<Dht> network(int size) {
        for (int i = 0; i < size; i++) {
            join();
        }
        for (Dht node : nodes) {
            assertThat(node.awaitPeers(nodes.get(0) == node ? size - 1 : 1, PATIENCE))
                    .isTrue();
        }
        return nodes;
    }

    private void awaitEverywhere(Hash hash, Content content) {
        for (Dht node : nodes) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.local(hash)).contains(content));
        }
    }

    private void awaitNowhere(Hash hash) {
        for (Dht node : nodes) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.local(hash)).isEmpty());
        }
    }

    @Test
    void overwriteReachesEverybody() {
        network(3);
        nodes.get(1).put(HASH, ONE);
        awaitEverywhere(HASH, ONE);
        nodes.get(2).put(HASH, TWO);

        awaitEverywhere(HASH, TWO);
    }

    @Test
    void removalReachesEverybodyAndWhoComesLater() {
        network(3);
        nodes.get(1).put(HASH, ONE);
        awaitEverywhere(HASH, ONE);
        nodes.get(2).remove(HASH);
        awaitNowhere(HASH);
        Hash last = Hash.parse("2b");
        nodes.get(1).put(last, ONE);
        Dht late = join();

        awaitEverywhere(last, ONE);
        assertThat(late.local(HASH)).isEmpty();
        assertThat(late.get(HASH, TIMEOUT)).isEmpty();
    }

    @Test
    void ttlEndsEverywhere() {
        network(3);
        Queue<EntryEvent.Reason> heard = new ConcurrentLinkedQueue<>();
        nodes.get(2).watch(HASH, event -> heard.add(event.reason()));
        nodes.get(1).put(HASH, ONE, Duration.ofSeconds(3));
        awaitEverywhere(HASH, ONE);

        awaitNowhere(HASH);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard)
                .containsExactly(EntryEvent.Reason.PUT, EntryEvent.Reason.EXPIRED));
    }

    @Test
    void lateJoinerHasAllThatItNeverAskedFor() {
        network(2);
        Map<Hash, Content> all = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            all.put(new Hash(random.nextLong()), Content.of(bytes));
        }
        all.forEach((hash, content) -> nodes.get(0).put(hash, content));
        Dht late = join();

        await().atMost(PATIENCE).until(() -> late.entries().size() == all.size());
        assertThat(late.entries()).isEqualTo(all);
    }

    @Test
    void contentFarLargerThanAFrameReachesEverybody() {
        network(2);
        byte[] bytes = new byte[1 << 20];
        new Random(1).nextBytes(bytes);
        Content large = Content.of(bytes);
        nodes.get(0).put(HASH, large);
        join();

        awaitEverywhere(HASH, large);
    }

    @Test
    void holdersAndFlushSayWhoHasIt() {
        network(3);

        assertThat(nodes.get(0).put(HASH, ONE).holders(TIMEOUT)).isEqualTo(2);
        assertThat(nodes.get(0).flush(TIMEOUT)).isTrue();
        assertThat(nodes.get(1).local(HASH)).contains(ONE);
        assertThat(nodes.get(2).local(HASH)).contains(ONE);
    }

    @Test
    void whatAClientPutsAtOneAClientGetsFromAnother() {
        network(3);
        try (DhtClient first = DhtClient.connect(address(nodes.get(1)));
                DhtClient second = DhtClient.connect(address(nodes.get(2)))) {
            first.put(HASH, ONE, TIMEOUT);
            awaitEverywhere(HASH, ONE);
            assertThat(second.get(HASH, TIMEOUT)).contains(ONE);
        }
    }

    @Test
    void whatAClientRemovesIsGoneEverywhere() {
        network(3);
        nodes.get(0).put(HASH, ONE);
        awaitEverywhere(HASH, ONE);
        try (DhtClient client = DhtClient.connect(address(nodes.get(1)))) {
            client.remove(HASH, TIMEOUT);
            awaitNowhere(HASH);
            assertThat(client.get(HASH, TIMEOUT)).isEmpty();
        }
    }

    @Test
    void whatAClientPutsWithATtlEndsEverywhereUnlessItIsPutAgain() {
        network(3);
        Duration ttl = Duration.ofSeconds(8);
        try (DhtClient client = DhtClient.connect(address(nodes.get(1)))) {
            client.put(HASH, ONE, ttl, TIMEOUT);
            awaitEverywhere(HASH, ONE);
            long startNanos = System.nanoTime();
            // Later than a repetition, and before the end.
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            client.put(HASH, ONE, ttl, TIMEOUT);
            awaitNowhere(HASH);

            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThan(Duration.ofSeconds(11));
            assertThat(client.get(HASH, TIMEOUT)).isEmpty();
        }
    }

    @Test
    void clientGetsWhatNoPutCarries() {
        network(1);
        byte[] bytes = new byte[1 << 20];
        new Random(2).nextBytes(bytes);
        nodes.get(0).put(HASH, bytes);
        try (DhtClient client = DhtClient.connect(address(nodes.get(0)))) {
            assertThat(client.get(HASH, TIMEOUT)).contains(Content.of(bytes));
        }
    }
}
