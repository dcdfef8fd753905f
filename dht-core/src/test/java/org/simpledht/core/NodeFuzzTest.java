package org.simpledht.core;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.IpNetwork;

/** Whatever happens to a node, all holds that must hold at any moment (docs/PROTOCOL.md, "What must hold"). */
class NodeFuzzTest {

    @FuzzTest
    void anySequenceOfEvents(byte[] bytes) {
        if (bytes.length > 0) {
            new FuzzedNode(bytes).live();
        }
    }

    /** The same, and what was counted. */
    static Map<String, Long> counted(byte[] bytes) {
        FuzzedNode machine = new FuzzedNode(bytes);
        machine.live();
        return machine.counted();
    }

    private static final class FuzzedNode extends FuzzedMachine {

        private static final NodeSettings.Bounds ROOMY =
                new NodeSettings.Bounds(8, 20, 100_000, 12, 3, 4, 12, 50_000, 60_000);

        private static final int MOST_CALLS = 400;
        private static final IpNetwork V6 = IpNetwork.parse("::/0");

        /** Whose clock moves by more than that has taken it for wrong. */
        private static final long LEAP_MILLIS = 1_000;

        /** What guests get is little, so that a few frames are too many. */
        private static final List<GateSettings> GATES =
                List.of(NodeFixture.TRUSTING, wary(List.of()), wary(List.of()), wary(List.of(V6)));

        /** Of each kind. */
        private static final List<NodeSettings> SETTINGS = IntStream.range(0, 8)
                .mapToObj(kind -> NodeFixture.settings(gate(kind), 1, bounds(kind)))
                .toList();

        private static final List<TableBounds> TABLES = SETTINGS.stream()
                .map(settings -> TableBounds.ofNode(settings, MOST_CALLS))
                .toList();

        private final int kind = input.octet();
        private final NodeSettings.Bounds bounds = bounds(kind);
        private final FuzzedGuests guests = new FuzzedGuests(gate(kind), MachineFixture.BINDINGS, MachineFixture.START);
        private final Node node = new Node(SETTINGS.get(kind & 7), new SplittableRandom(1), MachineFixture.START);
        private final NodeInsides insides = new NodeInsides(node);
        private final Store store = node.store();
        private final Map<Hash, Meta> held = new HashMap<>();
        private final Map<Hash, Content> shown = new HashMap<>();
        private long tickets;
        private long fingerprint;
        private boolean isAstray;
        private long offsetMillis = Long.MIN_VALUE;

        FuzzedNode(byte[] bytes) {
            super(bytes);
        }

        private static NodeSettings.Bounds bounds(int kind) {
            return (kind & 1) != 0 ? NodeFixture.TIGHT : ROOMY;
        }

        private static GateSettings gate(int kind) {
            return GATES.get(kind >> 1 & 3);
        }

        private static GateSettings wary(List<IpNetwork> trusted) {
            return new GateSettings(trusted, 1, 2, 1_000, 200, 20, 5);
        }

        @Override
        Machine machine() {
            return node;
        }

        @Override
        Meta held(Hash key) {
            return store.meta(key);
        }

        @Override
        void happen(int kind) {
            Now now = now();
            switch (kind) {
                case 0 -> put(frames.key(), now);
                case 1 -> node.remove(frames.key(), now);
                case 2 -> node.get(++tickets, frames.key(), timeoutNanos(), now);
                case 3 -> node.cancel(input.octet());
                case 4 -> wait(now);
                case 5 -> node.discover(named(), now);
                case 6 -> node.resolved(0, input.flag() ? List.of(named()) : List.of(named(), named(), named()), now);
                default -> node.tick(now);
            }
        }

        private void put(Hash key, Now now) {
            Content content = frames.content();
            int life = frames.life();
            boolean isTooLong = Integer.toUnsignedLong(life) * 1_000 > NodeFixture.LEASE_MILLIS;
            node.put(key, content, isTooLong ? 0 : life, now);
        }

        private void wait(Now now) {
            if (input.flag()) {
                node.flush(++tickets, input.below(2), timeoutNanos(), now);
            } else if (input.flag()) {
                node.countHolders(++tickets, store.meta(frames.key()), timeoutNanos(), now);
            } else {
                node.awaitPeers(++tickets, input.below(4), timeoutNanos(), now);
            }
        }

        private long timeoutNanos() {
            return TimeUnit.MILLISECONDS.toNanos(input.octet() * 20L);
        }

        private Path named() {
            Path path = new Path(input.below(2), frames.address());
            guests.named(path.remote());
            return path;
        }

        // What must hold

        @Override
        void look() {
            lookAtTables();
            long physical = node.physicalMillis(now().nanos());
            long print = ((31 * store.root().sum() + store.entries()) * 31 + store.bytes()) * 31 + physical;
            if (print == fingerprint) {
                return;
            }
            fingerprint = print;
            store.check();
            heedClock(physical);
            long millis = store.nowMillis(physical);
            FuzzedFrames.KEYS.forEach(key -> look(key, physical, millis));
            store.forEach(physical, (key, content) -> look(key, physical, millis));
        }

        private void lookAtTables() {
            Node.Sizes sizes = node.sizes(now());
            for (PeerView peer : node.peers(now())) {
                require(guests.hasShown(peer.path()), "a peer that has shown nothing");
            }
            require(store.entries() <= bounds.entries(), "too many entries");
            require(store.bytes() <= bounds.storeBytes(), "too many bytes");
            require(sizes.peers() + sizes.candidates() <= bounds.peers(), "too many peers");
            require(sizes.pendingGets() <= bounds.pendingGets(), "too many pending gets");
            require(sizes.lookups() <= bounds.lookups(), "too many lookups");
            require(sizes.wants() <= 2 * bounds.wants() && insides.wants() <= bounds.wants(), "too many wants");
            require(insides.fetchedBytes() <= bounds.fetchingBytes(), "fetches too much");
        }

        @Override
        void lookAtEnd() {
            TABLES.get(kind & 7).check(node);
        }

        @Override
        void comes(Path from, ByteBuffer bytes) {
            guests.comes(from, bytes, now());
        }

        @Override
        void went(Path to, Frame frame, int bytes) {
            guests.went(to, frame, bytes, now());
        }

        @Override
        public void peerJoined(PeerView peer) {
            require(guests.hasShown(peer.path()), "takes for a peer who has shown nothing");
        }

        /** What is remembered counts no more when the node has taken its clock for wrong. */
        private void heedClock(long physical) {
            long offset = physical - TimeUnit.NANOSECONDS.toMillis(elapsedNanos());
            if (offsetMillis != Long.MIN_VALUE && Math.abs(offset - offsetMillis) > LEAP_MILLIS) {
                held.clear();
                isAstray = true;
            }
            offsetMillis = offset;
        }

        private void look(Hash key, long physical, long millis) {
            Meta before = held.get(key);
            Meta meta = store.meta(key);
            if (meta.isNothing()) {
                require(before == null || store.lease().heldUntilMillis(before) <= millis, "forgotten too early");
                held.remove(key);
            } else if (!meta.equals(before)) {
                require(before == null || meta.isLargerThan(before), "gone back to an older version");
                held.put(key, meta);
            }
            boolean isVisible = meta.digest() != 0 && meta.endMillis() > millis;
            Optional<Content> content = store.get(key, physical);
            // What has ended by a clock that was ahead does not come back with the right time.
            boolean mayHaveEnded = isAstray && content.isEmpty();
            require(content.isPresent() == isVisible || mayHaveEnded, "shown after its end, or not before it");
            if (content.isPresent() && shown.put(key, content.get()) != content.get()) {
                require(content.get().size() == meta.size(), "another size than its version's");
                require(ContentDigest.of(content.get()) == meta.digest(), "another content than its version's");
            }
        }

        @Override
        public void finished(long ticket, Outcome outcome) {
            said(outcome.kind());
            require(ticket <= tickets, "a ticket that there is not");
        }
    }
}
