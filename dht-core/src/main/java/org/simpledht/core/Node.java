package org.simpledht.core;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.simpledht.protocol.Decoded;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Refusal;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * A node of the network: the known hashes, the known peers, the pending requests, and what each frame does to them.
 *
 * <p>The parts own their rules; this class says in which order they hear of what happens.
 */
public final class Node implements Machine {

    /** Time that must have passed unseen between two turns for it to count as a pause of our own. */
    private static final long PAUSE_NANOS = 2_000_000_000L;

    private final NodeSettings settings;
    private final Outbox outbox = new Outbox();
    private final Counter.Board counters = new Counter.Board();
    private final Store store;
    private final PeerTable peers;
    private final Streams streams;
    private final PendingGets pending;
    private final Wants wants;
    private final Lookups lookups;
    private final PeerWaits peerWaits;
    private final Seeds seeds;
    private final Sender sender;
    private final Dissemination dissemination;
    private final Reception reception;
    private final Paths paths;
    private long nextBroadcastNanos;
    private long lastTurnNanos;

    /**
     * @param dice jitter comes from here
     * @param start the first moment; no later one lies before it
     */
    public Node(NodeSettings settings, RandomGenerator dice, Now start) {
        this.settings = settings;
        NodeSettings.Bounds bounds = settings.bounds();
        store = new Store(bounds.entries(), bounds.storeBytes());
        peers = new PeerTable(settings.nodeId(), bounds.peers(), counters, outbox);
        streams = new Streams(settings.nodeId());
        sender = new Sender(settings.nodeId(), 0, settings.bindings(), streams, outbox);
        pending = new PendingGets(
                bounds.pendingGets(), bounds.pendingGetsPerSource(), settings.pendingGetNanos(), counters);
        wants = new Wants(bounds.wants(), counters);
        seeds = new Seeds(settings.seeds(), peers, outbox, start);
        lookups = new Lookups(bounds.lookups(), peers, seeds, outbox, dice);
        peerWaits = new PeerWaits(peers, outbox);
        Guardian guardian = new Guardian(settings.nodeId(), peers, store, sender, dice, counters);
        dissemination = new Dissemination(store, peers, pending, wants, lookups, guardian, sender, outbox, counters);
        reception = new Reception(this, dissemination, store, sender, streams, lookups);
        paths = new Paths(settings.bindings(), peers, streams, pending, sender, outbox);
        nextBroadcastNanos = start.nanos() + settings.keepAliveNanos();
        lastTurnNanos = start.nanos();
    }

    // Looks

    public Store store() {
        return store;
    }

    /** Peers that are alive, in the order in which they were met. */
    public List<PeerView> peers(Now now) {
        return peers.alive(now).stream().map(peer -> peer.view(now)).toList();
    }

    /** How full the tables are. */
    public Sizes sizes(Now now) {
        int alive = peers.alive(now).size();
        int candidates =
                (int) peers.all().stream().filter(peer -> !peer.isHeard()).count();
        return new Sizes(alive, candidates, pending.size(), lookups.size(), wants.size(), streams.size());
    }

    /** Numbers of things. */
    public record Sizes(int peers, int candidates, int pendingGets, int lookups, int wants, int streams) {}

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Counter.Board counters() {
        return counters;
    }

    // Commands of the application

    /** Stores and announces. Returns false if the table is full and the key new. */
    public boolean put(Hash hash, Content content, Now now) {
        return dissemination.put(hash, content, now);
    }

    /**
     * Looks a hash up, here and at the peers; {@link Outbox.Door#finished} tells how it ended.
     *
     * @return false if too many lookups are going on
     */
    public boolean get(long ticket, Hash hash, long timeoutNanos, Now now) {
        Optional<Content> here = store.get(hash);
        if (here.isPresent()) {
            outbox.add(new Outbox.Finished(ticket, Outcome.found(here.get())));
            return true;
        }
        boolean begun = lookups.begin(ticket, hash, timeoutNanos, now);
        tickLookups(now);
        return begun;
    }

    /** Ends a lookup without a word, if it is going on: nobody waits for it any more. */
    public void cancel(long ticket) {
        lookups.cancel(ticket);
    }

    /** Waits for so many peers to be alive; {@link Outbox.Door#finished} tells {@code DONE} or {@code TIMEOUT}. */
    public void awaitPeers(long ticket, int count, long timeoutNanos, Now now) {
        peerWaits.begin(ticket, count, timeoutNanos, now);
    }

    /** Contacts a node at once. Returns false if it cannot be reached from here, whatever its state. */
    public boolean discover(Path path, Now now) {
        Path reachable = paths.reachable(path);
        if (reachable == null) {
            return false;
        }
        Peer peer = peers.addCandidate(reachable, now);
        if (peer != null) {
            sendKeepAlive(peer, now);
        }
        return true;
    }

    /** A peer told of an address: it hears of us with the next KeepAlive. */
    void learn(Path path, Now now) {
        Path reachable = paths.reachable(path);
        if (reachable == null) {
            counters.add(Counter.ADDRESSES_REFUSED);
        } else {
            peers.addCandidate(reachable, now);
        }
    }

    /** The answer to {@link Outbox.Door#resolve}: empty if the name has no address now. */
    public void resolved(int seed, List<Path> resolved, Now now) {
        List<Path> reachable = resolved.stream()
                .map(paths::reachable)
                .filter(path -> path != null)
                .distinct()
                .toList();
        seeds.resolved(seed, reachable);
        reachable.forEach(path -> discover(path, now));
        tickLookups(now);
    }

    @Override
    public void leave(Now now) {
        for (Peer peer : peers.alive(now)) {
            if (peer.kind(now) == PeerKind.CAPABLE) {
                sender.extended(peer.path(), Message.KEEP_ALIVE, Header.FLAG_LEAVING, List.of(), now);
            }
        }
    }

    // Frames

    @Override
    public void receive(Path from, ByteBuffer bytes, Now now) {
        noticePause(now);
        counters.add(Counter.FRAMES_RECEIVED);
        counters.add(Counter.BYTES_RECEIVED, bytes.remaining());
        Decoded decoded = FrameCodec.decode(bytes);
        if (decoded instanceof Refusal refusal) {
            // No answer and no peer: an answer to what is invalid would be an echo for whoever forges sources.
            counters.add(refusal);
        } else if (decoded instanceof Frame frame) {
            streams.heard(from, now);
            receive(from, frame, now);
            peerWaits.tick(now);
        }
    }

    private void receive(Path from, Frame frame, Now now) {
        Extension extension = frame.extension().orElse(null);
        if (extension == null || extension.header().nodeId() == 0) {
            Peer peer = peers.heard(from, now);
            reception.classic(from, peer, frame.carrier(), now);
            lookups.heardOriginal(peer, now);
        } else {
            receiveExtended(from, frame.carrier(), extension, now);
        }
    }

    private void receiveExtended(Path from, Message carrier, Extension extension, Now now) {
        Header header = extension.header();
        if (header.nodeId() == settings.nodeId()) {
            counters.add(Counter.FRAMES_FROM_SELF);
            paths.heardOurselves(from, now);
            return;
        }
        Peer peer = peers.heard(from, header, now);
        reception.extended(from, peer, carrier, extension, now);
        paths.obeyFlags(from, peer, header, now);
        paths.closeSuperfluousStream(from, peer, now);
    }

    @Override
    public void accepted(Path from, Now now) {
        streams.accepted(from, now);
    }

    @Override
    public void closed(Path path, String reason, Now now) {
        paths.closed(path, now);
    }

    // Time

    @Override
    public void tick(Now now) {
        noticePause(now);
        if (now.isAtOrAfter(nextBroadcastNanos)) {
            broadcast(now);
        }
        seeds.tick(now);
        peerWaits.tick(now);
        tickLookups(now);
        dissemination.tick(now);
    }

    /** Signs of life, once per interval whatever happens in between: missed ones are not made up for. */
    private void broadcast(Now now) {
        nextBroadcastNanos += settings.keepAliveNanos();
        if (now.isAtOrAfter(nextBroadcastNanos)) {
            nextBroadcastNanos = now.nanos() + settings.keepAliveNanos();
        }
        peers.preferLivingPaths(now);
        for (Peer peer : peers.all()) {
            if (peer.silenceNanos(now) > settings.peerTimeoutNanos()) {
                peers.drop(peer, now);
            } else if (peer.kind(now) != PeerKind.CLIENT) {
                sendKeepAlive(peer, now);
            }
        }
        pending.tick(now);
        for (Path overdue : streams.overdue(settings.idleStreamNanos(), pending, now)) {
            peers.removePath(overdue, now);
            paths.disconnect(overdue);
        }
    }

    /**
     * Toward whom we do not know, a KeepAlive carries our name the first three times and every tenth: so two of ours find
     * each other in spite of loss, and strict classic tools see what they expect.
     */
    private void sendKeepAlive(Peer peer, Now now) {
        int number = peer.nextKeepAlive();
        if (peer.kind(now) == PeerKind.CAPABLE || number < 3 || number % 10 == 0) {
            sender.extended(peer.path(), Message.KEEP_ALIVE, now);
        } else {
            sender.classic(peer.path(), Message.KEEP_ALIVE, now);
        }
    }

    private void tickLookups(Now now) {
        lookups.tick(now, (hash, nonce, peer) -> {
            sender.say(peer.path(), peer, new Message.Get(hash), now);
            if (peer.kind(now) != PeerKind.ORIGINAL) {
                sender.records(peer.path(), nonce.ask(hash), now);
            }
        });
    }

    /** While we stood still (a suspended machine, a long collection) nobody was silent: their deadlines move by the gap. */
    private void noticePause(Now now) {
        long gap = now.since(lastTurnNanos);
        lastTurnNanos = now.nanos();
        if (gap > Math.max(PAUSE_NANOS, 2 * settings.keepAliveNanos())) {
            counters.add(Counter.PAUSES);
            peers.excuse(gap, now);
            streams.excuse(gap, now);
            pending.excuse(gap);
            lookups.excuse(gap);
            peerWaits.excuse(gap);
        }
    }

    @Override
    public long nanosUntilTick(Now now) {
        long least = now.until(nextBroadcastNanos);
        least = Math.min(least, seeds.nanosUntilTick(now));
        least = Math.min(least, lookups.nanosUntilTick(now));
        least = Math.min(least, peerWaits.nanosUntilTick(now));
        return Math.min(least, dissemination.nanosUntilTick(now));
    }
}
