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
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
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

    /** What a wall clock said counts for so long, or for four signs of life: one of them comes through. */
    private static final long WALL_NANOS = 3_000_000_000L;

    /** Who misses so many signs of life may be gone: somebody else is looked for, before it is certain. */
    private static final int MISSED = 4;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_WAIT_MILLIS = 86_400_000;

    private final NodeSettings settings;
    private final Outbox outbox = new Outbox();
    private final Counter.Board counters = new Counter.Board();
    private final Seal seal;
    private final PhysicalClock clock;
    private final Store store;
    private final Publisher publisher;
    private final Gate gate;
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
    private final Paths paths;
    private final SignsOfLife signsOfLife;
    private final Probes probes;
    private final Claims claims;
    private final Trunk trunk;
    private final Acquaintances acquaintances;
    private final Arrivals arrivals;
    private long nextBroadcastNanos;
    private long lastTurnNanos;

    /**
     * @param dice jitter comes from here
     * @param start the first moment; no later one lies before it
     */
    public Node(NodeSettings settings, RandomGenerator dice, Now start) {
        this.settings = settings;
        NodeSettings.Bounds bounds = settings.bounds();
        Cluster cluster = settings.cluster();
        seal = new Seal(settings.keys(), settings.nodeId(), counters, outbox);
        Lease lease = new Lease(settings.leaseMillis());
        clock = new PhysicalClock(start.nanos(), start.unixMillis());
        store = new Store(cluster, lease, bounds.entries(), bounds.storeBytes());
        publisher = new Publisher(store, dice);
        peers = new PeerTable(settings.nodeId(), bounds.peers(), counters, outbox);
        streams = new Streams(settings.nodeId());
        gate = new Gate(settings.gate(), settings.bindings(), counters, start);
        NodePassage passage = new NodePassage(gate, peers, seal);
        sender = new Sender(
                settings.nodeId(),
                0,
                settings.bindings(),
                streams,
                seal,
                passage,
                outbox,
                new Advertised(settings.advertised()),
                lease.longestSeconds(),
                cluster);
        pending = new PendingGets(
                bounds.pendingGets(), bounds.pendingGetsPerSource(), settings.pendingGetNanos(), counters);
        classicWants = new ClassicWants(bounds.wants(), counters);
        wants = new Wants(bounds.wants(), dice, counters);
        fetching = new Fetching(bounds.fetchingBytes(), peers, counters);
        seeds = new Seeds(settings.seeds(), peers, outbox, start);
        lostPeers = new LostPeers(peers, dice);
        lookups = new Lookups(bounds.lookups(), peers, seeds, sender, outbox, dice);
        peerWaits = new PeerWaits(peers, outbox);
        neighbours = new Neighbours(peers, store, streams, sender, dice, counters, outbox);
        AddressBook book = new AddressBook(dice);
        confirmations = new Confirmations(store, neighbours, outbox);
        long suspectNanos = MISSED * settings.keepAliveNanos();
        trunk = new Trunk(settings.nodeId(), neighbours, suspectNanos, start);
        dissemination = new Dissemination(
                store, publisher, neighbours, wants, fetching, lookups, confirmations, outbox, book, trunk, dice);
        Guardian guardian = new Guardian(
                new Speakers(settings.nodeId(), neighbours, settings.peerTimeoutNanos()),
                peers,
                store,
                sender,
                dice,
                counters);
        classicService = new ClassicService(
                store, dissemination, peers, pending, classicWants, lookups, guardian, gate, sender, counters);
        gossip = new Gossip(store, dissemination, new Tree(), wants, fetching, peers, bounds.valueBytes(), counters);
        reconciler = new Reconciler(store, neighbours, wants, gossip, dice, start);
        introductions = new Introductions(neighbours, peers, book, dice, start);
        Places places = new Places(neighbours, dice, suspectNanos);
        neighbourhood = new Neighbourhood(neighbours, peers, book, lostPeers, places, dice, start);
        paths = new Paths(settings.bindings(), peers, streams, pending, sender, outbox);
        signsOfLife = new SignsOfLife(
                sender,
                paths,
                gate,
                neighbourhood,
                introductions,
                book,
                reconciler,
                trunk,
                classicService,
                clock,
                settings.keepAliveNanos());
        probes = new Probes(neighbours, sender, settings.keepAliveNanos());
        claims = new Claims(neighbours, peers, paths, streams, gate, sender, dice);
        acquaintances = new Acquaintances(
                peers, paths, neighbours, neighbourhood, introductions, signsOfLife, claims, gate, counters);
        Reception reception = new Reception(
                acquaintances,
                classicService,
                dissemination,
                gossip,
                reconciler,
                store,
                sender,
                streams,
                lookups,
                confirmations,
                trunk,
                counters);
        arrivals = new Arrivals(
                settings.nodeId(),
                gate,
                peers,
                paths,
                neighbours,
                neighbourhood,
                acquaintances,
                signsOfLife,
                claims,
                sender,
                seeds,
                lookups,
                reception,
                counters);
        nextBroadcastNanos = start.nanos() + settings.keepAliveNanos();
        lastTurnNanos = start.nanos();
    }

    /** The moment as the node's parts see it. */
    private Now physical(Now wall) {
        noticePause(wall);
        if (clock.isInDoubt(wall.nanos(), wall.unixMillis())) {
            adopt(wall);
        }
        return new Now(wall.nanos(), clock.at(wall.nanos()));
    }

    private void adopt(Now wall) {
        Now before = new Now(wall.nanos(), clock.at(wall.nanos()));
        long wallNanos =
                clock.mayGoTogether(wall.nanos()) ? Math.max(WALL_NANOS, MISSED * settings.keepAliveNanos()) : 0;
        long millis = clock.toAdopt(wall.nanos(), wall.unixMillis(), neighbours.clocksAheadMillis(wallNanos, before));
        if (millis != 0) {
            publisher.passOver(millis, before.unixMillis() + millis);
            clock.step(millis);
            store.clockStepped(clock.at(wall.nanos()));
        }
        if (millis < 0) {
            publisher.wentBack(clock.at(wall.nanos()));
        }
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

    /** Where this node is seen at a binding by two or more neighbours, and by more than half of those who say so; null if nowhere. */
    public NetAddress seenAt(int binding) {
        return neighbours.seenAt(binding);
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
    public Seal seal() {
        return seal;
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
        return acquaintances.discover(path, physical(wall));
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
        reachable.forEach(path -> acquaintances.contact(path, now));
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
        counters.add(Counter.FRAMES_RECEIVED);
        counters.add(Counter.BYTES_RECEIVED, frameBytes);
        if (!gate.admits(from, frameBytes, now)) {
            return;
        }
        Frame frame = seal.open(from, bytes, now);
        // Of what is no frame no answer and no peer: an answer would be an echo for whoever forges sources.
        if (frame != null && !isRepeatedElsewhere(from, frame, now)) {
            streams.heard(from, now);
            arrivals.receive(from, frame, frameBytes, now);
            peerWaits.tick(now);
        }
        seal.answered();
    }

    /** Only with a key, without which anybody can as well say something new. */
    private boolean isRepeatedElsewhere(Path from, Frame frame, Now now) {
        boolean isRepeated = seal.hasKey()
                && peers.isRepeatedElsewhere(
                        from, frame.extension().orElseThrow().header(), now);
        counters.add(Counter.FRAMES_REPEATED, isRepeated ? 1 : 0);
        return isRepeated;
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
        store.tick(now.unixMillis(), dissemination::ended);
        publisher.tick(now.unixMillis(), meta -> dissemination.renewed(meta, now));
        if (now.isAtOrAfter(nextBroadcastNanos)) {
            broadcast(now);
        }
        seeds.tick(neighbourhood.isPoor(now), now);
        probes.tick(now);
        lostPeers.tick(now, path -> signsOfLife.tellNameAgain(path, now));
        peerWaits.tick(now);
        tickLookups(now);
        confirmations.tick(now);
        classicService.tick(now);
        gossip.tick(now);
        reconciler.tick(now);
        dissemination.tick(now);
    }

    @Override
    public boolean canSpare(Path path) {
        Peer peer = peers.at(path);
        return peer == null || peer.link() == null || !peer.link().isOurs();
    }

    @Override
    public boolean hasShown(Path path) {
        return gate.hasShown(path);
    }

    @Override
    public boolean isCongested(Now wall) {
        return neighbours.areBehind(physical(wall));
    }

    @Override
    public void endTurn(Now wall) {
        Now now = physical(wall);
        trunk.endTurn(now);
        reconciler.endTurn(now);
        neighbours.flush(now);
    }

    /** Signs of life, once per interval whatever happens in between: missed ones are not made up for. */
    private void broadcast(Now now) {
        nextBroadcastNanos += settings.keepAliveNanos();
        if (now.isAtOrAfter(nextBroadcastNanos)) {
            nextBroadcastNanos = now.nanos() + settings.keepAliveNanos();
        }
        boolean isFull = store.isFull(now.unixMillis());
        sender.tellFull(isFull);
        neighbours.tick(settings.keepAliveNanos() * 3 / 2, now);
        trunk.tick(dissemination.needsRelays(), isFull, now);
        peers.preferLivingPaths(now);
        for (Peer peer : peers.all()) {
            boolean hasNoPlace = peer.link() != null && !peer.link().isOurs();
            if (peer.silenceNanos(now) > settings.peerTimeoutNanos()) {
                lostPeers.lost(peer, now);
                peers.drop(peer, now);
            } else if (peer.kind(now) != PeerKind.CLIENT && !hasNoPlace) {
                signsOfLife.tell(peer, now);
                challenge(peer, now);
            }
        }
        neighbourhood.tick(path -> signsOfLife.tellName(path, now), now);
        neighbours.all().forEach(link -> signsOfLife.refuse(link, now));
        pending.tick(now);
        classicService.forgetTheGone();
        confirmations.tidy();
        reconciler.beginRound(now);
        claims.tick(now);
        introductions.tick(now);
        for (Path overdue : streams.overdue(settings.idleStreamNanos(), pending, now)) {
            peers.removePath(overdue, now);
            paths.disconnect(overdue);
        }
    }

    /** Who speaks without extension is one of ours that is not known yet, an original, or nobody. */
    private void challenge(Peer peer, Now now) {
        boolean isStranger = peer.isHeard() && peer.kind(now) != PeerKind.CAPABLE;
        if (isStranger && !gate.isExempt(peer.path()) && gate.mustShowAgain(peer.path(), now)) {
            signsOfLife.challenge(peer.path(), now);
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
    private void noticePause(Now wall) {
        long gap = wall.since(lastTurnNanos);
        lastTurnNanos = wall.nanos();
        if (gap > Math.max(PAUSE_NANOS, 2 * settings.keepAliveNanos())) {
            Now now = new Now(wall.nanos(), clock.at(wall.nanos()));
            counters.add(Counter.PAUSES);
            publisher.passOver(gap / NANOS_PER_MILLI, now.unixMillis());
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
        least = Math.min(least, probes.nanosUntilTick(now));
        least = Math.min(least, lostPeers.nanosUntilTick(now));
        least = Math.min(least, lookups.nanosUntilTick(now));
        least = Math.min(least, peerWaits.nanosUntilTick(now));
        least = Math.min(least, confirmations.nanosUntilTick(now));
        least = Math.min(least, classicService.nanosUntilTick(now));
        least = Math.min(least, gossip.nanosUntilTick(now));
        least = Math.min(least, reconciler.nanosUntilTick(now));
        least = Math.min(least, dissemination.nanosUntilTick(now));
        least = Math.min(least, neighbours.nanosUntilTick(now));
        least = Math.min(least, trunk.nanosUntilEndTurn(now));
        long leaseMillis = Math.min(store.nextTickMillis(), publisher.nextTickMillis());
        return Math.min(least, nanosUntil(leaseMillis, now));
    }

    private long nanosUntil(long leaseMillis, Now now) {
        long millis = Math.max(0, leaseMillis - store.nowMillis(now.unixMillis()));
        return millis > LONGEST_WAIT_MILLIS ? Long.MAX_VALUE : millis * NANOS_PER_MILLI;
    }
}
