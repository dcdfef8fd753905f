package org.simpledht.testing;

import java.util.ArrayList;
import java.util.List;
import org.simpledht.ClusterKeys;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.DhtRuntime;
import org.simpledht.types.NetAddress;

/** One of our nodes, through all its lives. */
final class Ours {

    private static final int FETCHING_BYTES = 1 << 20;
    private static final int PEERS = 64;
    private static final ClusterKeys KEYS = ClusterKeys.of(new byte[ClusterKeys.KEY_BYTES]);
    private static final int USUAL_BYTES = 1 << 24;

    private final int number;
    private final SimulatedHost host;
    private final Lot lot;
    private final Writes writes;
    private final Wiretap wiretap;
    private final Vigil.Bounds bounds;
    private DhtRuntime runtime;
    private List<NetAddress> addresses;
    private Dht dht;
    private Vigil vigil;
    private long startedNanos;
    private boolean cameLate;
    private boolean isStepped;

    Ours(int number, SimulatedNetwork network, Lot lot, boolean hasFewBytes, Writes writes, Wiretap wiretap) {
        this.number = number;
        this.lot = lot;
        this.writes = writes;
        this.wiretap = wiretap;
        host = network.host(name(number));
        runtime = host;
        boolean isSmall = lot.small == number;
        bounds = new Vigil.Bounds(
                isSmall && !hasFewBytes ? Math.max(1, lot.keys / 2) : lot.entries,
                isSmall && hasFewBytes ? 500 : USUAL_BYTES,
                lot.wants,
                FETCHING_BYTES,
                PEERS);
        host.turns().afterReading(() -> {
            if (vigil != null) {
                vigil.lookAtHeard(network.agenda().nowNanos());
            }
        });
        host.turns().afterTurn(() -> {
            if (vigil != null) {
                vigil.look(network.agenda().nowNanos());
            }
        });
    }

    static String name(int number) {
        return "n" + number;
    }

    /**
     * Its host has other addresses than the network gave it.
     *
     * @param there how a node runs at these
     */
    void livesAt(DhtRuntime there, List<NetAddress> others) {
        runtime = there;
        addresses = others;
    }

    void start() {
        List<String> seeds = new ArrayList<>();
        switch (lot.shape) {
            case RING -> {
                seeds.add(name((number + 1) % lot.nodes) + ":4000");
                seeds.add(name((number + 2) % lot.nodes) + ":4000");
            }
            case STAR -> seeds.add(name(number == 0 ? 1 : 0) + ":4000");
            case MESH -> {
                for (int i = 0; i < lot.nodes; i++) {
                    if (i != number) {
                        seeds.add(name(i) + ":4000");
                    }
                }
            }
            default -> throw new IllegalStateException();
        }
        DhtConfig config = DhtConfig.builder()
                .bind(address().isV6() ? "[::]:4000" : "0.0.0.0:4000")
                .seeds(seeds.toArray(String[]::new))
                .maxLease(lot.lease)
                .clusterKeys(lot.isKeyed ? KEYS : ClusterKeys.none())
                .set("max-entries", "" + bounds.entries())
                .set("max-store-bytes", "" + bounds.storeBytes())
                .set("max-wants", "" + bounds.wants())
                .set("max-fetching-bytes", "" + bounds.fetchingBytes())
                .set("max-peers", "" + bounds.peers())
                .build();
        startedNanos = host.nanoTime();
        dht = Dht.start(config, runtime);
        vigil = new Vigil(name(number), address(), dht, lot, bounds, writes, wiretap);
    }

    void crash() {
        host.crash();
        dht = null;
        vigil = null;
    }

    /** Not without a word, as one that crashes. */
    void leave() {
        Dht leaving = dht;
        dht = null;
        vigil = null;
        leaving.close();
    }

    /** Unless it has neither crashed nor left, or has started already. */
    void startAgain() {
        if (!isUp()) {
            start();
        }
    }

    boolean isUp() {
        return dht != null;
    }

    String name() {
        return name(number);
    }

    /** The first one, if there are two. */
    NetAddress address() {
        return addresses().get(0);
    }

    /** One of each family that it has. */
    List<NetAddress> addresses() {
        return addresses == null ? List.of(NetAddress.of(host.address(), Ports.FIRST)) : addresses;
    }

    /** Since when it has been up, if it is. */
    long startedNanos() {
        return startedNanos;
    }

    SimulatedHost host() {
        return host;
    }

    Dht dht() {
        return dht;
    }

    Vigil vigil() {
        return vigil;
    }

    boolean isStepped() {
        return isStepped;
    }

    void isStepped(boolean stepped) {
        isStepped = stepped;
    }

    /** It may have come to a network in which there is more than it has room for, and then takes what comes first. */
    void cameLate(boolean late) {
        cameLate = late;
    }

    /** Whether it takes no further keys, though any content. */
    boolean isFullOfEntries() {
        return isUp() && (number == lot.small && bounds.storeBytes() == USUAL_BYTES || cameLate) && !vigil.isAstray();
    }

    /** Whether it must hold every key that there is: who came late is excused while its table is full, and no longer. */
    boolean holdsAll() {
        return cameLate && vigil.store().entries() < bounds.entries();
    }

    /** Whether it is to hold in the end what all others do. */
    boolean takesPart() {
        return isUp() && number != lot.skewed && number != lot.small && !cameLate && !vigil.isAstray();
    }
}
