package org.simpledht.core;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.KeyRing;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.IpNetwork;

/** A node in virtual time. */
final class NodeFixture extends MachineFixture<Node> {

    static final long OWN_ID = 5_000;

    /** Such as no test meets by accident. */
    static final NodeSettings.Bounds WIDE =
            new NodeSettings.Bounds(1_024, 100_000, 1 << 28, 1_024, 16, 1_024, 4_096, 1 << 20, 1 << 26);

    /** Such as a test can reach. */
    static final NodeSettings.Bounds TIGHT = new NodeSettings.Bounds(3, 3, 100, 4, 2, 2, 2, 1 << 20, 1 << 22);

    static final long LEASE_MILLIS = TimeUnit.HOURS.toMillis(1);

    NodeFixture() {
        this(settings(0, WIDE));
    }

    NodeFixture(NodeSettings settings) {
        this(settings, 1);
    }

    /** Whoever speaks from anywhere is believed to be there. */
    static final GateSettings TRUSTING = gate(List.of(IpNetwork.parse("0.0.0.0/0"), IpNetwork.parse("::/0")));

    /** With the bounds that are usual. */
    static GateSettings gate(List<IpNetwork> trusted) {
        return new GateSettings(trusted, 1, 2, 65_536, 8_192, 200, 1_000);
    }

    NodeFixture(NodeSettings settings, long diceSeed) {
        super(new Node(settings, new SplittableRandom(diceSeed), START));
    }

    static NodeSettings settings(int seeds, NodeSettings.Bounds bounds) {
        return settings(OWN_ID, BINDINGS, seeds, bounds);
    }

    static NodeSettings settings(long id, List<Binding> bindings, int seeds, NodeSettings.Bounds bounds) {
        return settings(id, bindings, seeds, Optional.empty(), bounds);
    }

    static NodeSettings settings(GateSettings gate, int seeds, NodeSettings.Bounds bounds) {
        return settings(OWN_ID, BINDINGS, seeds, gate, Optional.empty(), bounds);
    }

    static NodeSettings settings(
            long id, List<Binding> bindings, int seeds, Optional<KeyRing> keys, NodeSettings.Bounds bounds) {
        return settings(id, bindings, seeds, TRUSTING, keys, bounds);
    }

    private static NodeSettings settings(
            long id,
            List<Binding> bindings,
            int seeds,
            GateSettings gate,
            Optional<KeyRing> keys,
            NodeSettings.Bounds bounds) {
        return new NodeSettings(
                id,
                bindings,
                List.of(),
                seeds,
                seconds(1),
                seconds(10),
                seconds(600),
                seconds(60),
                LEASE_MILLIS,
                gate,
                Cluster.UNNAMED,
                keys,
                bounds);
    }

    static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    /** What a neighbour writes just now, with the longest lease. */
    Meta written(Hash hash, Content content) {
        return Meta.of(hash, now().unixMillis() << 16, (int) (LEASE_MILLIS / 1_000), content);
    }

    /** How far the node's physical clock is ahead of what it would be if its wall clock had never been stepped. */
    long aheadMillis() {
        Now now = nowUnstepped();
        return machine().physicalMillis(now.nanos()) - now.unixMillis();
    }

    boolean put(Hash hash, Content content) {
        boolean stored = machine().put(hash, content, 0, now()).applied().isHeld();
        drain();
        return stored;
    }

    boolean get(long ticket, Hash hash, long timeoutMillis) {
        boolean begun = machine().get(ticket, hash, TimeUnit.MILLISECONDS.toNanos(timeoutMillis), now());
        drain();
        return begun;
    }

    boolean discover(Far far) {
        return discoverPath(far.path());
    }

    boolean discoverPath(Path path) {
        boolean reachable = machine().discover(path, now());
        drain();
        return reachable;
    }

    void resolved(int seed, Far... fars) {
        resolvedPath(seed, Arrays.stream(fars).map(Far::path).toArray(Path[]::new));
    }

    void resolvedPath(int seed, Path... paths) {
        machine().resolved(seed, List.of(paths), now());
        drain();
    }

    /** What is held under a hash, in words. */
    String held(Hash hash) {
        return machine().store().get(hash, now().unixMillis()).map(Wording::of).orElse("nothing");
    }

    Node.Sizes sizes() {
        return machine().sizes(now());
    }

    List<PeerKind> kinds() {
        return machine().peers(now()).stream().map(PeerView::kind).toList();
    }
}
