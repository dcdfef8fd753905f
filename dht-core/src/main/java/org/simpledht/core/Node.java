package org.simpledht.core;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.simpledht.core.store.Applied;
import org.simpledht.core.store.Lease;
import org.simpledht.core.store.PhysicalClock;
import org.simpledht.core.store.Publisher;
import org.simpledht.core.store.Store;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Decoded;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Refusal;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * A node of the network: the known hashes, the known peers, the pending requests, and what each frame does to them.
 *
 * <p>The parts own their rules; this class says in which order they hear of what happens.
 */
public final class Node implements Machine {

    /** Time that must have passed unseen between two turns for it to count as a pause of our own. */
    private static final long PAUSE_NANOS = 2_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_WAIT_MILLIS = 86_400_000;

    private final NodeSettings settings;
    private final Outbox outbox = new Outbox();
    private final Counter.Board counters = new Counter.Board();
    private final PhysicalClock clock;
    private final Store store;
    private final Publisher publisher;
    private final PeerTable peers;
    private final Streams streams;
    private final PendingGets pending;
    private final ClassicWants classicWants;
    private final Wants wants;
    private final Fetching fetching;
    private final Lookups lookups;
    private final PeerWaits peerWaits;
    private final Seeds seeds;
    private final LostPeers lostPeers;
    private final Sender sender;
    private final Neighbours neighbours;
    private final Dissemination dissemination;
    private final ClassicService classicService;
    private final Gossip gossip;
    private final Reconciler reconciler;
    private final Introductions introductions;
    private final Neighbourhood neighbourhood;
    private final Confirmations confirmations;
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
        Cluster cluster = Cluster.UNNAMED;
        Lease lease = new Lease(settings.leaseMillis());
        clock = new PhysicalClock(start.nanos(), start.unixMillis());
        store = new Store(cluster, lease, bounds.entries(), bounds.storeBytes());
        publisher = new Publisher(store, dice);
        peers = new PeerTable(settings.nodeId(), bounds.peers(), counters, outbox);
        streams = new Streams(settings.nodeId());
        sender =
                new Sender(settings.nodeId(), 0, settings.bindings(), streams, outbox, lease.longestSeconds(), cluster);
        pending = new PendingGets(
                bounds.pendingGets(), bounds.pendingGetsPerSource(), settings.pendingGetNanos(), counters);
        classicWants = new ClassicWants(bounds.wants(), counters);
        wants = new Wants(bounds.wants(), dice, counters);
        fetching = new Fetching(bounds.fetchingBytes(), peers, counters);
        seeds = new Seeds(settings.seeds(), peers, outbox, start);
        lostPeers = new LostPeers(peers, dice);
        lookups = new Lookups(bounds.lookups(), peers, seeds, outbox, dice);
        peerWaits = new PeerWaits(peers, outbox);
        neighbours = new Neighbours(peers, store, sender, dice, counters, outbox);
        confirmations = new Confirmations(store, neighbours, outbox);
        dissemination =
                new Dissemination(store, publisher, neighbours, wants, fetching, lookups, confirmations, outbox, dice);
        Guardian guardian =
                new Guardian(new Speakers(settings.nodeId(), neighbours), peers, store, sender, dice, counters);
        classicService = new ClassicService(
                store, dissemination, peers, pending, classicWants, lookups, guardian, sender, counters);
        gossip = new Gossip(store, dissemination, new Tree(), wants, fetching, peers, bounds.valueBytes(), counters);
        reconciler = new Reconciler(store, neighbours, wants, gossip, dice, start);
        AddressBook book = new AddressBook(dice);
        introductions = new Introductions(neighbours, peers, book, dice, start);
        neighbourhood = new Neighbourhood(neighbours, peers, book, lostPeers, dice, settings.keepAliveNanos());
        reception = new Reception(
                this,
                classicService,
                dissemination,
                gossip,
                reconciler,
                store,
                sender,
                streams,
                lookups,
                confirmations,
                counters);
        paths = new Paths(settings.bindings(), peers, streams, pending, sender, outbox);
        nextBroadcastNanos = start.nanos() + settings.keepAliveNanos();
        lastTurnNanos = start.nanos();
    }

    /** The moment as the node's parts see it. */
    private Now physical(Now wall) {
        if (clock.isInDoubt(wall.nanos(), wall.unixMillis())) {
            clock.consider(wall.nanos(), wall.unixMillis(), neighbours.clocksAheadMillis());
        }
        return new Now(wall.nanos(), clock.at(wall.nanos()));
    }

    // Looks

    public Store store() {
        return store;
    }

    /** Physical time, by which {@link #store} is read. From any thread. */
    public long physicalMillis(long nanos) {
        return clock.at(nanos);
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
        return new Sizes(
                alive, candidates, pending.size(), lookups.size(), wants.size() + classicWants.size(), streams.size());
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

    /** What became of a write, and what was written. */
    public record Written(Applied applied, Meta meta) {}

    /**
     * Writes a new version, and has everybody hear of it.
     *
     * @param lifeSeconds unsigned; 0 for as long as this node runs, and the longest lease more
     */
    public Written put(Hash key, Content content, int lifeSeconds, Now wall) {
        Written written = dissemination.write(null, key, content, lifeSeconds, physical(wall));
        confirmations.applicationWrote();
        return written;
    }

    /** Writes that nothing is there any more, and has everybody hear of it. */
    public Written remove(Hash key, Now wall) {
        Written written = dissemination.remove(null, key, physical(wall));
        confirmations.applicationWrote();
        return written;
    }

    /**
     * Looks a hash up, here and at the peers; {@link Outbox.Door#finished} tells how it ended.
     *
     * @return false if too many lookups are going on
     */
    public boolean get(long ticket, Hash hash, long timeoutNanos, Now wall) {
        Now now = physical(wall);
        Optional<Content> here = store.get(hash, now.unixMillis());
        if (here.isPresent()) {
            outbox.add(new Outbox.Finished(ticket, Outcome.found(here.get())));
            return true;
        }
        boolean begun = lookups.begin(ticket, hash, timeoutNanos, now);
        tickLookups(now);
        return begun;
    }

    /**
     * {@link Outbox.Door#finished} tells {@code DONE} when there are neighbours, and all of them hold all that was written
     * here, or {@code TIMEOUT}.
     *
     * @param writesAhead so many calls of {@link #put} and {@link #remove} are still to come that belong to it
     */
    public void flush(long ticket, int writesAhead, long timeoutNanos, Now wall) {
        confirmations.flush(ticket, writesAhead, timeoutNanos, physical(wall));
    }

    /** {@link Outbox.Door#finished} tells {@code COUNTED}, how many neighbours hold that version or a newer one. */
    public void countHolders(long ticket, Meta write, long timeoutNanos, Now wall) {
        confirmations.countHolders(ticket, write, timeoutNanos, physical(wall));
    }

    /** Ends a lookup without a word, if it is going on: nobody waits for it any more. */
    public void cancel(long ticket) {
        lookups.cancel(ticket);
        confirmations.cancel(ticket);
    }

    /** Waits for so many peers to be alive; {@link Outbox.Door#finished} tells {@code DONE} or {@code TIMEOUT}. */
    public void awaitPeers(long ticket, int count, long timeoutNanos, Now now) {
        peerWaits.begin(ticket, count, timeoutNanos, now);
    }

    /** Contacts a node at once. Returns false if it cannot be reached from here, whatever its state. */
    public boolean discover(Path path, Now wall) {
        return contact(path, physical(wall));
    }

    private boolean contact(Path path, Now now) {
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
    public void resolved(int seed, List<Path> resolved, Now wall) {
        Now now = physical(wall);
        List<Path> reachable = resolved.stream()
                .map(paths::reachable)
                .filter(path -> path != null)
                .distinct()
                .toList();
        seeds.resolved(seed, reachable);
        reachable.forEach(path -> contact(path, now));
        tickLookups(now);
    }

    @Override
    public void leave(Now wall) {
        Now now = physical(wall);
        for (Peer peer : peers.alive(now)) {
            if (peer.kind(now) == PeerKind.CAPABLE) {
                sender.extended(peer.path(), Message.KEEP_ALIVE, Header.FLAG_LEAVING, List.of(), now);
            }
        }
    }

    // Frames

    @Override
    public void receive(Path from, ByteBuffer bytes, Now wall) {
        Now now = physical(wall);
        int frameBytes = bytes.remaining();
        noticePause(now);
        counters.add(Counter.FRAMES_RECEIVED);
        counters.add(Counter.BYTES_RECEIVED, bytes.remaining());
        Decoded decoded = FrameCodec.decode(bytes);
        if (decoded instanceof Refusal refusal) {
            // No answer and no peer: an answer to what is invalid would be an echo for whoever forges sources.
            counters.add(refusal);
        } else if (decoded instanceof Frame frame) {
            streams.heard(from, now);
            receive(from, frame, frameBytes, now);
            peerWaits.tick(now);
        }
    }

    private void receive(Path from, Frame frame, int frameBytes, Now now) {
        Extension extension = frame.extension().orElse(null);
        if (extension == null || extension.header().nodeId() == 0) {
            Peer peer = peers.heard(from, now);
            reception.classic(from, peer, frame.carrier(), now);
            lookups.heardOriginal(peer, now);
        } else {
            receiveExtended(from, frame.carrier(), extension, frameBytes, now);
        }
    }

    private void receiveExtended(Path from, Message carrier, Extension extension, int frameBytes, Now now) {
        Header header = extension.header();
        if (header.nodeId() == settings.nodeId()) {
            counters.add(Counter.FRAMES_FROM_SELF);
            paths.heardOurselves(from, now);
            return;
        }
        Peer peer = peers.heard(from, header, now);
        // A clock far ahead does not count as seen: or else one forged frame would make all that follow look old.
        boolean isFarAhead = HeaderClock.millis(header.clock()) - now.unixMillis() > Lease.TOLERANCE_MILLIS;
        boolean isNewest = !isFarAhead && peer.isNewer(header.clock());
        Link link = neighbours.linkTo(peer, now);
        if (link != null) {
            negotiate(from, link, extension, isNewest || isFarAhead, now);
        }
        if (link == null || link.isOurs()) {
            peers.announceJoin(peer, now);
        }
        if (link != null && (isNewest || isFarAhead)) {
            neighbours.heard(link, header, now);
        }
        if (link != null && header.has(Header.FLAG_NEIGHBOUR)) {
            link.flow().received(frameBytes, now);
        }
        reception.extended(from, peer, link, carrier, extension, now);
        if (isNewest) {
            paths.obeyFlags(from, peer, header, now);
        }
        paths.closeSuperfluousStream(from, peer, now);
        if (link != null && !link.isOurs()) {
            refuse(link, now);
            neighbourhood.search(path -> sendName(path, now), now);
        }
    }

    /** Whether there is a place for each other: who introduces himself wants one. */
    private void negotiate(Path from, Link link, Extension extension, boolean isNewest, Now now) {
        Header header = extension.header();
        if (header.has(Header.FLAG_NO_ROOM)) {
            if (isNewest) {
                neighbourhood.refused(link, now);
            }
        } else if (!link.isOurs()) {
            boolean asks = header.has(Header.FLAG_NEIGHBOUR)
                    || extension.records().stream().anyMatch(record -> record instanceof ExtensionRecord.Hello);
            neighbourhood.consider(link, asks, header.has(Header.FLAG_PLEASE), now);
        }
        if (link.isFirst()) {
            seeds.heard(from, now);
        }
    }

    /** It is told, if it does not know, and whom it may ask instead. */
    private void refuse(Link link, Now now) {
        if (link.mustRefuse(now)) {
            greet(link, false);
            introductions.console(link);
        }
    }

    /** A neighbour told of others of ours. */
    void toldOf(Link link, List<NetAddress> addresses, Now now) {
        introductions.heard(link, addresses, now);
        neighbourhood.search(path -> sendName(path, now), now);
    }

    /** One of ours has said who it is: it hears who we are at once, if it has not yet. */
    void introduced(Link link, ExtensionRecord.Hello hello, Now now) {
        neighbours.introduced(link, hello, now);
        if (link.isUngreeted() && link.isOurs()) {
            sendKeepAlive(link.peer(), now);
        }
    }

    @Override
    public void accepted(Path from, Now wall) {
        streams.accepted(from, physical(wall));
    }

    @Override
    public void closed(Path path, String reason, Now wall) {
        paths.closed(path, physical(wall));
    }

    // Time

    @Override
    public void tick(Now wall) {
        Now now = physical(wall);
        noticePause(now);
        store.tick(now.unixMillis(), dissemination::ended);
        publisher.tick(now.unixMillis(), dissemination::renewed);
        if (now.isAtOrAfter(nextBroadcastNanos)) {
            broadcast(now);
        }
        seeds.tick(neighbourhood.isPoor(now), now);
        lostPeers.tick(now, path -> sendName(path, now));
        peerWaits.tick(now);
        tickLookups(now);
        confirmations.tick(now);
        classicService.tick(now);
        gossip.tick(now);
        reconciler.tick(now);
        dissemination.tick(now);
    }

    @Override
    public boolean isCongested(Now wall) {
        return neighbours.areBehind(physical(wall));
    }

    @Override
    public void endTurn(Now wall) {
        neighbours.flush(physical(wall));
    }

    /** Signs of life, once per interval whatever happens in between: missed ones are not made up for. */
    private void broadcast(Now now) {
        nextBroadcastNanos += settings.keepAliveNanos();
        if (now.isAtOrAfter(nextBroadcastNanos)) {
            nextBroadcastNanos = now.nanos() + settings.keepAliveNanos();
        }
        sender.tellFull(store.isFull());
        peers.preferLivingPaths(now);
        for (Peer peer : peers.all()) {
            boolean hasNoPlace = peer.link() != null && !peer.link().isOurs();
            if (peer.silenceNanos(now) > settings.peerTimeoutNanos()) {
                lostPeers.lost(peer, now);
                peers.drop(peer, now);
            } else if (peer.kind(now) != PeerKind.CLIENT && !hasNoPlace) {
                sendKeepAlive(peer, now);
            }
        }
        neighbourhood.tick(path -> sendName(path, now), now);
        neighbours.all().forEach(link -> refuse(link, now));
        pending.tick(now);
        classicService.forgetTheGone();
        confirmations.tidy();
        reconciler.beginRound(now);
        introductions.tick(now);
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
        Link link = peer.kind(now) == PeerKind.CAPABLE ? peer.link() : null;
        if (link != null) {
            greet(link, number % 10 == 0);
        } else if (number < 3 || number % 10 == 0) {
            List<ExtensionRecord> hello = sender.isStream(peer.path()) ? List.of() : List.of(sender.hello(peer.path()));
            sender.extended(peer.path(), Message.KEEP_ALIVE, requestFlags(now), hello, now);
        } else {
            sender.classic(peer.path(), Message.KEEP_ALIVE, now);
        }
    }

    private int requestFlags(Now now) {
        return neighbourhood.begs(now) ? Header.FLAG_PLEASE : 0;
    }

    /** On a stream the greeting says it all. */
    private void sendName(Path path, Now now) {
        if (paths.reachable(path) == null) {
            return;
        }
        List<ExtensionRecord> hello = sender.isStream(path) ? List.of() : List.of(sender.hello(path));
        sender.extended(path, Message.KEEP_ALIVE, requestFlags(now), hello, now);
    }

    /** Once more when there is none left, and not at all where there never was one. */
    private void tellWards(Link link) {
        List<NetAddress> wards = classicService.wards();
        if (!wards.isEmpty() || link.wasToldOfWards()) {
            link.output().control(new LinkRecord.Wards(wards));
        }
        link.toldOfWards(!wards.isEmpty());
    }

    private void greet(Link link, boolean mustTellName) {
        LinkOutput output = link.output();
        output.signOfLife();
        if (mustTellName || link.mustGreet()) {
            output.control(sender.hello(link.peer().path()));
        }
        link.greeted();
        if (link.isNeighbour()) {
            output.control(reconciler.root());
            tellWards(link);
        }
    }

    private void tickLookups(Now now) {
        lookups.tick(now, (hash, nonce, peer) -> {
            Link link = peer.kind(now) == PeerKind.CAPABLE ? peer.link() : null;
            if (link != null) {
                link.output().control(nonce.ask(hash));
                link.output().get(store.meta(hash).version());
                return;
            }
            classicService.ask(peer.path(), peer, hash, now);
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
    public long nanosUntilTick(Now wall) {
        Now now = physical(wall);
        long least = now.until(nextBroadcastNanos);
        least = Math.min(least, seeds.nanosUntilTick(now));
        least = Math.min(least, lostPeers.nanosUntilTick(now));
        least = Math.min(least, lookups.nanosUntilTick(now));
        least = Math.min(least, peerWaits.nanosUntilTick(now));
        least = Math.min(least, confirmations.nanosUntilTick(now));
        least = Math.min(least, classicService.nanosUntilTick(now));
        least = Math.min(least, gossip.nanosUntilTick(now));
        least = Math.min(least, reconciler.nanosUntilTick(now));
        least = Math.min(least, dissemination.nanosUntilTick(now));
        least = Math.min(least, neighbours.nanosUntilTick(now));
        long leaseMillis = Math.min(store.nextTickMillis(), publisher.nextTickMillis());
        return Math.min(least, nanosUntil(leaseMillis, now));
    }

    private long nanosUntil(long leaseMillis, Now now) {
        long millis = Math.max(0, leaseMillis - store.nowMillis(now.unixMillis()));
        return millis > LONGEST_WAIT_MILLIS ? Long.MAX_VALUE : millis * NANOS_PER_MILLI;
    }
}
