package org.simpledht.examples.scale.core;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.DhtListener;
import org.simpledht.DhtStatistics;
import org.simpledht.EntryEvent;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Real nodes in virtual time, all of which know the first one at the start. One that has crashed is null. */
final class Crowd {

    private static final Duration JOINING = Duration.ofSeconds(20);
    private static final int IP_AND_UDP = 28;
    private static final int CONTENT_BYTES = 100;
    private static final int HASHES = 1_000;
    private static final DhtConfig FIRST = DhtConfig.builder().build();
    private static final DhtConfig OTHERS =
            DhtConfig.builder().seeds(name(0) + ":4000").build();

    private final SimulatedNetwork network;
    private final Dht[] nodes;
    private final NetAddress[] addresses;
    private final Arrivals arrivals;
    private long written;

    /** Links take 5 to 50 ms; they come one after the other, the last one after 20 s. */
    Crowd(int count, long seed, double loss) {
        network = SimulatedNetwork.ofSeed(seed)
                .delay(Duration.ofMillis(5), Duration.ofMillis(50))
                .loss(loss);
        nodes = new Dht[count];
        addresses = new NetAddress[count];
        arrivals = new Arrivals(network);
        Duration gap = JOINING.dividedBy(count);
        for (int i = 0; i < count; i++) {
            nodes[i] = Dht.start(i == 0 ? FIRST : OTHERS, network.host(name(i)), new DhtListener() {
                @Override
                public void entryChanged(EntryEvent event) {
                    event.after().ifPresent(content -> arrivals.arrived(numberOf(content)));
                }
            });
            addresses[i] = nodes[i].endpoints().get(0).address();
            network.advance(gap);
        }
    }

    static String name(int index) {
        return "n" + index;
    }

    SimulatedNetwork network() {
        return network;
    }

    /** Some node writes 100 bytes, by which the update is known, under the next of some hashes. */
    Arrivals.Watched write(SplittableRandom dice) {
        ByteBuffer content = ByteBuffer.allocate(CONTENT_BYTES).putLong(written);
        while (content.hasRemaining()) {
            content.put((byte) dice.nextInt());
        }
        arrivals.forget(written - HASHES);
        Arrivals.Watched update = arrivals.watch(written, nodes.length);
        Hash hash = Hash.ofText("update " + written++ % HASHES);
        nodes[dice.nextInt(nodes.length)].put(hash, Content.of(content.array()));
        return update;
    }

    private static long numberOf(Content content) {
        return content.asBuffer().getLong();
    }

    int size() {
        return nodes.length;
    }

    Dht node(int index) {
        return nodes[index];
    }

    NetAddress address(int index) {
        return addresses[index];
    }

    boolean lives(int index) {
        return nodes[index] != null;
    }

    List<Dht> living() {
        List<Dht> living = new ArrayList<>(nodes.length);
        for (Dht node : nodes) {
            if (Objects.nonNull(node)) {
                living.add(node);
            }
        }
        return living;
    }

    void crash(int index) {
        network.host(name(index)).crash();
        nodes[index] = null;
    }

    /** What all that live have counted since they began. */
    Counts counts() {
        long frames = 0;
        long bytes = 0;
        long contents = 0;
        for (Dht node : living()) {
            DhtStatistics statistics = node.statistics();
            frames += statistics.counter("framesSent");
            bytes += statistics.counter("bytesSent");
            contents += statistics.counter("putsReceived");
        }
        return new Counts(frames, bytes + IP_AND_UDP * frames, contents);
    }

    /**
     * Sums over nodes.
     *
     * @param bytes sent, with the headers of IPv4 and UDP
     * @param contents that came in whole, however often
     */
    record Counts(long frames, long bytes, long contents) {
        Counts since(Counts before) {
            return new Counts(frames - before.frames, bytes - before.bytes, contents - before.contents);
        }
    }
}
