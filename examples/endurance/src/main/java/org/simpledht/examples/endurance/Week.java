package org.simpledht.examples.endurance;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.simpledht.testing.SimulatedNetwork;

/**
 * Days of a few nodes and an original in virtual time, with loss, writes, restarts and cuts, all of it drawn from one seed. Twice a day,
 * after a quiet minute, all nodes must hold exactly what was written; and from the first day on, with as many entries alive, the heap
 * must not grow by more than a tenth. An original that has died starts anew, and is counted.
 */
final class Week {

    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    /** After what is written last, all have it. */
    static final Duration QUIET = Duration.ofMinutes(1);

    /** Bytes of heap for each byte after the first day. By then traces of what was removed are as many as they will ever be. */
    private static final double MOST_GROWTH = 1.1;

    private final long seed;
    private final SimulatedNetwork network;
    private final VirtualNodes nodes;
    private final Ledger ledger = new Ledger();
    private final Author author;
    private final Mishaps mishaps;
    private long steps;

    Week(long seed) {
        this.seed = seed;
        network = SimulatedNetwork.ofSeed(seed).loss(0.01).delay(Duration.ofMillis(5), Duration.ofMillis(50));
        nodes = new VirtualNodes(network, seed);
        author = new Author(network, nodes, ledger, seed);
        mishaps = new Mishaps(network, nodes, author, seed);
    }

    /** Lets so many days pass, and tells each half of one; then what went wrong, or empty. */
    Optional<String> run(int days, Consumer<String> out) {
        out.accept("| virtual day | entries alive | traces of others kept | originals that died | frames sent "
                + "| heap after collection, bytes | processor |");
        out.accept("|---|---|---|---|---|---|---|");
        long heapOfFirstDay = 0;
        for (int half = 1; half <= 2 * days; half++) {
            pass(HALF_A_DAY);
            Optional<String> wrong = disagreement();
            if (wrong.isPresent()) {
                return wrong;
            }
            long heap = Heap.bytes();
            out.accept(line(half, heap));
            if (half == 2) {
                heapOfFirstDay = heap;
            } else if (half == 2 * days && heap > MOST_GROWTH * heapOfFirstDay) {
                return Optional.of(String.format(
                        Locale.ROOT,
                        "The heap has grown from %,d bytes after the first day to %,d, with as many entries alive; %s",
                        heapOfFirstDay,
                        heap,
                        replay()));
            }
        }
        return Optional.empty();
    }

    /** Whole steps of writing, the last minute of them in quiet, with nobody away or cut off. At least an hour, if a mishap is to come. */
    void pass(Duration time) {
        long end = steps + time.minus(QUIET).dividedBy(Author.PAUSE);
        for (; steps < end; steps++) {
            // What is put again by whoever comes back and what others write then must not be at the same time: either
            // might win.
            mishaps.step(steps);
            network.advance(Author.PAUSE.dividedBy(2));
            nodes.startOriginalIfDead();
            author.step(steps);
            network.advance(Author.PAUSE.dividedBy(2));
        }
        mishaps.end();
        network.advance(QUIET);
        steps += QUIET.dividedBy(Author.PAUSE);
    }

    /** Where a node holds something else than was written, in one sentence with what replays it. */
    Optional<String> disagreement() {
        return nodes.disagreement(ledger).map(what -> what + " after " + network.elapsed() + "; " + replay());
    }

    VirtualNodes nodes() {
        return nodes;
    }

    SimulatedNetwork network() {
        return network;
    }

    int alive() {
        return ledger.alive(network.elapsed());
    }

    private String replay() {
        long days = network.elapsed().plusDays(1).minusNanos(1).toDays();
        return "seed " + seed + ", replay it with: examples/run endurance -- week " + days + " " + seed;
    }

    private String line(int half, long heap) {
        Duration processor = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return String.format(
                Locale.ROOT,
                "| %.1f | %,d | %,d | %,d | %,d | %,d | %,d s |",
                half / 2.0,
                alive(),
                nodes.mostHeld() - alive(),
                nodes.originalsDied(),
                network.frames().get("sent"),
                heap,
                processor.toSeconds());
    }
}
