package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.Insides;
import org.simpledht.PutReceipt;
import org.simpledht.core.NodeInsides;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** A writer that is faster than the network: it waits, and nothing is left out. */
class FastWriterTest {

    private static final int MEGABYTE = 1_000_000;
    private static final int CONTENT_BYTES = 100;
    private static final int LARGE_BYTES = 20_000;

    /** What a push takes beside its content. */
    private static final int PUSH_BYTES = 23;

    /** So many keys wait for a neighbour at most, if nothing is relayed. */
    private static final int MOST_WAITING = 1_024;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Hash MISSING = Hash.parse("dead");

    private int written;
    private int mostWaiting;

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void writerGetsThePaceOfTheNetwork(String transport) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1).bandwidth(MEGABYTE, MEGABYTE);
        Dht reader = start(network, transport, "reader");
        Dht writer = start(network, transport, "writer");
        network.advance(Duration.ofSeconds(5));
        Duration time = write(network, writer, 50_000);

        assertThat(network.advanceUntil(() -> reader.entries().size() == 50_000, SECOND))
                .as("all has come soon after the last put has returned")
                .isTrue();
        assertThat(counter(writer, "outputDropped")).isZero();
        assertThat(counter(writer, "writesHeld")).isPositive();
        assertThat(mostWaiting).isEqualTo(MOST_WAITING);
        long least = 50_000L * (CONTENT_BYTES + PUSH_BYTES) * 1_000 / MEGABYTE;
        assertThat(time.toMillis()).isBetween(least * 85 / 100, least * 125 / 100);
    }

    /** Comparison would find all that is on its way, and send it again before its turn. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.05})
    void contentsComeOnceWhileTheyAreWritten(double loss) {
        FastWriter.Result result = new FastWriter(1, 1, loss).write(20_000);

        assertThat(result.copies()).isLessThan(1.03);
        assertThat(result.ofLine()).isGreaterThan(loss < 0.05 ? 0.7 : 0.5);
        assertThat(result.dropped()).isZero();
    }

    @Test
    void nothingIsLeftOutWhereFramesGetLost() {
        Seeds.from(1, 3).forEach(network -> {
            network.bandwidth(MEGABYTE, 65_536).loss(0.05);
            Dht reader = start(network, "udp", "reader");
            Dht writer = start(network, "udp", "writer");
            network.advance(Duration.ofSeconds(5));
            write(network, writer, 5_000);
            assertThat(counter(writer, "outputDropped")).isZero();
            assertThat(network.advanceUntil(() -> reader.entries().size() == written, MINUTE))
                    .isTrue();
            written = 0;
        });
    }

    @Test
    void contentsThatAreFetchedInPiecesHoldTheirWriterToo() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1).bandwidth(MEGABYTE, MEGABYTE);
        Dht reader = start(network, "udp", "reader");
        Dht other = start(network, "udp", "third");
        Dht writer = start(network, "udp", "writer");
        network.advance(Duration.ofSeconds(5));
        Duration time = writeLarge(network, writer, 500);

        // Both fetch at once over the writer's line, or one from the other.
        assertThat(time.toMillis()).isBetween(8_000L, 22_000L);
        assertThat(counter(writer, "writesHeld")).isPositive();
        assertThat(network.advanceUntil(
                        () -> reader.entries().size() == 500 && other.entries().size() == 500, Duration.ofSeconds(5)))
                .isTrue();
    }

    /** A megabyte may still have to be fetched when the last put returns, and the line takes one a second. */
    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void nothingThatIsFetchedInPiecesIsLeftOutWhereFramesGetLost(String transport) {
        Seeds.from(1, 3).forEach(network -> {
            network.bandwidth(MEGABYTE, 65_536).loss(0.05).delay(Duration.ofMillis(5), Duration.ofMillis(50));
            Dht reader = start(network, transport, "reader");
            Dht writer = start(network, transport, "writer");
            network.advance(Duration.ofSeconds(5));
            written = 0;
            Duration time = writeLarge(network, writer, 300);

            assertThat(counter(writer, "writesHeld")).isPositive();
            assertThat(counter(writer, "outputDropped")).isZero();
            assertThat(counter(writer, "wantsRefused") + counter(reader, "wantsRefused"))
                    .isZero();
            assertThat(counter(reader, "fetchesRefused")).isZero();
            assertThat(time).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(12));
            assertThat(network.advanceUntil(() -> reader.entries().size() == 300, Duration.ofSeconds(5)))
                    .isTrue();
        });
    }

    @Test
    void whoTakesNothingLargeHoldsNobodyForLong() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        Dht reader = start(network, "udp", "reader", 1_024, LARGE_BYTES - 1);
        Dht writer = start(network, "udp", "writer");
        network.advance(Duration.ofSeconds(5));

        assertThat(writeLarge(network, writer, 500)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(7));
        assertThat(writeLarge(network, writer, 500)).isLessThan(Duration.ofSeconds(1));
        assertThat(reader.entries()).isEmpty();
    }

    private Duration writeLarge(SimulatedNetwork network, Dht writer, int count) {
        Duration begun = now(network);
        for (int i = 0; i < count; i++) {
            writer.put(new Hash(++written), Content.of(new byte[LARGE_BYTES]));
        }
        return now(network).minus(begun);
    }

    @Test
    void writerThatDoesNotWaitIsHeldUpByTheBoundOfWhatIsGoingOn() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1).bandwidth(MEGABYTE, MEGABYTE);
        Dht reader = start(network, "udp", "reader");
        Dht writer = start(network, "udp", "writer");
        network.advance(Duration.ofSeconds(5));
        List<CompletableFuture<PutReceipt>> puts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            puts.add(writer.putAsync(new Hash(++written), content()));
            long open = i < 1_100
                    ? 0
                    : puts.subList(i - 1_100, i).stream()
                            .filter(put -> !put.isDone())
                            .count();
            assertThat(open).isLessThanOrEqualTo(1_024);
        }
        network.advance(Duration.ofSeconds(2));

        assertThat(puts).allMatch(put -> put.isDone() && !put.isCompletedExceptionally());
        assertThat(counter(writer, "outputDropped")).isZero();
        assertThat(reader.entries()).hasSize(20_000);
    }

    @Test
    void neighbourThatTakesNothingHoldsNobodyUp() {
        Duration alone = timeWithAThird(false);
        Duration together = timeWithAThird(true);

        // Held up it would wait until the other one counts as stuck, for seconds.
        assertThat(together).isLessThan(alone.multipliedBy(3));
    }

    private Duration timeWithAThird(boolean isClogged) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        written = 0;
        Dht reader = start(network, "udp", "reader");
        start(network, "udp", "third");
        Dht writer = start(network, "udp", "writer");
        network.advance(Duration.ofSeconds(5));
        if (isClogged) {
            network.link("writer", "third").clog();
        }
        Duration time = write(network, writer, 20_000);
        assertThat(counter(writer, "writesHeld")).isPositive();
        network.advance(SECOND);
        assertThat(reader.entries()).hasSize(20_000);
        return time;
    }

    @Test
    void onlyNeighbourThatTakesNothingHoldsWritersUpForSomeSecondsOnly() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        Dht reader = start(network, "udp", "reader");
        Dht writer = start(network, "udp", "writer");
        network.advance(Duration.ofSeconds(5)).cut("writer", "reader");

        assertThat(write(network, writer, 5_000)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(7));
        network.heal();
        assertThat(network.advanceUntil(() -> reader.entries().size() == 5_000, MINUTE))
                .as("what nobody could be told of is found by comparison")
                .isTrue();
    }

    @Test
    void allElseIsServedWhileWritesAreHeld() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        start(network, "udp", "reader");
        Dht writer = start(network, "udp", "writer", 16_384);
        List<CompletableFuture<PutReceipt>> puts = hold(network, writer, 4_000);

        assertThat(counter(writer, "writesHeld")).isPositive();
        assertThat(writer.get(new Hash(1), SECOND)).isPresent();
        assertThat(writer.get(MISSING, Duration.ofSeconds(20))).isEmpty();
        assertThat(writer.peers()).hasSize(1);
        Duration before = now(network);
        assertThat(writer.flush(SECOND)).as("it is too slow for that").isFalse();
        assertThat(now(network).minus(before)).isEqualTo(SECOND);
        assertThat(puts.get(puts.size() - 1)).isNotDone();
    }

    @Test
    void flushCoversWhatIsHeld() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        Dht reader = start(network, "udp", "reader");
        Dht writer = start(network, "udp", "writer", 16_384);
        List<CompletableFuture<PutReceipt>> puts = hold(network, writer, 12_000);

        assertThat(writer.flush(Duration.ofMinutes(5))).isTrue();
        assertThat(puts).allMatch(CompletableFuture::isDone);
        assertThat(reader.entries()).hasSize(puts.size());
    }

    @Test
    void closeEndsWhatIsHeld() {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
        start(network, "udp", "reader");
        Dht writer = start(network, "udp", "writer", 16_384);
        List<CompletableFuture<PutReceipt>> puts = hold(network, writer, 4_000);
        CompletableFuture<PutReceipt> held = puts.get(puts.size() - 1);
        assertThat(held).isNotDone();
        Duration before = now(network);
        writer.close();
        network.advance(Duration.ZERO);

        assertThat(now(network)).isEqualTo(before);
        assertThat(puts).allMatch(CompletableFuture::isDone);
        assertThatThrownBy(held::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    /** Has writes wait for a line that takes 200 of them in a second. */
    private List<CompletableFuture<PutReceipt>> hold(SimulatedNetwork network, Dht writer, int count) {
        network.advance(Duration.ofSeconds(5));
        network.host("writer").bandwidth(200_000, MEGABYTE);
        List<CompletableFuture<PutReceipt>> puts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            puts.add(writer.putAsync(new Hash(++written), Content.of(new byte[1_000])));
        }
        network.advance(Duration.ofMillis(100));
        return puts;
    }

    private Duration write(SimulatedNetwork network, Dht writer, int count) {
        Duration begun = now(network);
        NodeInsides insides = new NodeInsides(Insides.node(writer));
        for (int i = 0; i < count; i++) {
            writer.put(new Hash(++written), content());
            mostWaiting = Math.max(mostWaiting, insides.backlog());
        }
        return now(network).minus(begun);
    }

    private Content content() {
        byte[] bytes = new byte[CONTENT_BYTES];
        bytes[0] = (byte) written;
        return Content.of(bytes);
    }

    private static Duration now(SimulatedNetwork network) {
        return Duration.ofNanos(network.agenda().nowNanos());
    }

    private static long counter(Dht dht, String name) {
        return dht.statistics().counters().get(name);
    }

    private static Dht start(SimulatedNetwork network, String transport, String name) {
        return start(network, transport, name, 1_024);
    }

    private static Dht start(SimulatedNetwork network, String transport, String name, int maxCommands) {
        return start(network, transport, name, maxCommands, MEGABYTE);
    }

    private static Dht start(
            SimulatedNetwork network, String transport, String name, int maxCommands, int maxValueBytes) {
        return Dht.start(
                DhtConfig.builder()
                        .transport(transport)
                        .bind(name + ":4000")
                        .seeds("reader:4000", "third:4000")
                        .set("max-commands", Integer.toString(maxCommands))
                        .set("max-value-bytes", Integer.toString(maxValueBytes))
                        .build(),
                network.host(name));
    }
}
