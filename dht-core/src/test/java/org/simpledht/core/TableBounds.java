package org.simpledht.core;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;

/** How far each table of a machine may grow, by the names of {@link TablesOf}. One that is not named here has no bound, and is a fault. */
public final class TableBounds {

    /** As many as a transport lets there be. */
    static final int STREAMS = 512;

    private static final int MOST_NAMED = 3;
    private static final int FRAME_BYTES = 1 << 17;
    private static final int LEAST_PIECE_BYTES = 512;

    private final Map<String, Long> most = new HashMap<>();

    private TableBounds() {}

    /**
     * @param calls how many of the application's may be going on, which a driver bounds
     */
    static TableBounds ofNode(NodeSettings settings, int calls) {
        NodeSettings.Bounds bounds = settings.bounds();
        TableBounds tables = new TableBounds();
        tables.common(settings.bindings().size());
        tables.fixed();
        tables.peers(bounds.peers());
        tables.entries(bounds.entries());
        tables.fetching(bounds);
        tables.bound(bounds.wants(), "ClassicWants.wants", "Wants.wants", "Wants.namedBy");
        tables.bound(bounds.pendingGets(), "PendingGets.sinceNanos", "PendingGets.byHash", "PendingGets.byHash[]");
        tables.bound(bounds.pendingGets(), "PendingGets.perSource");
        tables.bound(bounds.lookups(), "Lookups.lookups");
        tables.bound(settings.seeds(), "Seeds.seeds");
        tables.bound(calls, "Confirmations.requests", "PeerWaits.waits");
        tables.bound(MOST_NAMED, "Seeds.Seed.paths");
        tables.bound(settings.gate().trusted().size(), "GateSettings.trusted");
        tables.bound(settings.advertised().size(), "NodeSettings.advertised", "Advertised.paths");
        return tables;
    }

    /** Throws if any table of a node with at most 1,024 calls of its application has no bound, or is beyond it. */
    public static void look(Node node) {
        try {
            Field field = Node.class.getDeclaredField("settings");
            field.setAccessible(true);
            ofNode((NodeSettings) field.get(node), 1_024).check(node);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    static TableBounds ofClient(int bindings, int calls, int valueBytes) {
        TableBounds tables = new TableBounds();
        tables.common(bindings);
        tables.bound(calls, "Client.requests");
        // As many as the application names.
        tables.bound(MOST_NAMED, "Request.attempts", "Question.Discover.addresses");
        tables.bound((long) calls * MOST_NAMED, "Turns.lines");
        tables.bound(calls, "Turns.Line.waiting");
        tables.bound(4_096, "Client.newestClocks");
        tables.bound(4_096, "ClientPassage.tokens", "ClientPassage.nonces", "ClientPassage.oursNanos");
        tables.bound(valueBytes, "Pull.bytes");
        tables.bound(valueBytes / LEAST_PIECE_BYTES + Long.SIZE, "Pull.here");
        tables.bound(16, "Pull.askedNanos");
        tables.bound(0, "Advertised.paths");
        return tables;
    }

    private void bound(long size, String... names) {
        for (String name : names) {
            most.put(name, size);
        }
    }

    private void common(int bindings) {
        bound(
                bindings,
                "NodeSettings.bindings",
                "Sender.bindings",
                "Gate.bindings",
                "Paths.bindings",
                "ClientPassage.bindings");
        bound(Counter.values().length, "Counter.Board.counts", "Counter.Board.refusals");
        bound(Notice.values().length, "Seal.noticedNanos");
        bound(4_096, "ClientWrites.newest");
        bound(STREAMS, "Streams.byPath");
        // What one turn causes, and nothing when it is over.
        bound(0, "Outbox.actions", "Frames.records", "Frames.metas", "Frames.gets");
    }

    private void fixed() {
        bound(4_096, "Gate.sources", "Gate.provenNanos", "Gate.networks", "LastPuts.lastNanos");
        bound(64, "AddressBook.askedNanos", "AddressBook.metNanos", "PeerTable.ownAddresses");
        bound(256, "AddressBook.heardOf", "LinkOutput.chunks");
        bound(32, "LostPeers.lost");
        bound(16, "Bulk.prefixes", "Subtree.Branch.children", "Guardian.originals");
        bound(8, "Peer.ways", "FormerRoots.roots", "FormerRoots.endedNanos");
        bound(4, "ClassicWants.Want.announcers", "Wants.Want.announcers");
        bound(1_024, "Solicited.copies", "Solicited.recent", "Solicited.unanswered[]", "Tree.asked");
        bound(1_024, "ClaimLimits.byClaimant", "ClaimLimits.bySubnet", "ClaimLimits.questions");
        bound(1_024, "LargeWrites.unfetched", "Renewals.recent");
        bound(65_536, "Confirmations.unconfirmed", "Confirmations.Request.writes");
        bound(65_536, "Confirmations.Round.open", "Confirmations.Round.unanswered");
        bound(10_240, "Backlog.waiting");
        bound(8_192, "LinkOutput.announcements");
        bound(4_096, "LinkOutput.answers", "Receipts.recent");
        bound(64, "Receipts.marks", "Flow.marks");
        bound(FRAME_BYTES / 7, "Link.wards");
        // Nothing after a turn, but for links to those who have gone in the midst of it.
        bound(1_024, "LinkOutput.control", "LinkOutput.gets");
        bound(FRAME_BYTES, "Flow.pushed", "Flow.Mark.pushed");
        bound(512, "DueHashes.atNanos", "Ward.announcedNanos");
        bound(256, "Ward.puts", "Ward.answers");
        bound(150, "Guardian.recent");
        bound(128, "Subtree.Leaf.sorted");
    }

    private void peers(int peers) {
        bound(
                peers,
                "PeerTable.peers",
                "PeerTable.byId",
                "PeerTable.capable",
                "PeerTable.unproven",
                "Neighbours.links");
        bound(peers, "Announcements.Batch.untold", "Renewals.untold[]", "Confirmations.Request.rounds");
        bound(peers + 64L, "Guardian.wards");
        bound((long) Peer.MAX_PATHS * peers, "PeerTable.byPath");
        // Also those who have just gone.
        bound(2L * peers + 1_024, "Solicited.unanswered", "ClassicService.passedOnNanos", "Fetching.windows");
        bound(2L * peers, "Lookups.Lookup.questions");
    }

    private void entries(int entries) {
        long appointments = 2L * entries + 1_024 + 4_096;
        bound(entries, "Announcements.batches", "Renewals.untold", "Publisher.published");
        bound(appointments, "Slots.bySecond");
        bound(2 * appointments, "Slots.Slot.keys");
    }

    private void fetching(NodeSettings.Bounds bounds) {
        long pieces = bounds.valueBytes() / LEAST_PIECE_BYTES + 1;
        bound(bounds.fetchingBytes() / LEAST_PIECE_BYTES, "Fetching.assemblies");
        bound(bounds.valueBytes(), "Fetching.Assembly.bytes");
        bound(pieces + Long.SIZE, "Fetching.Assembly.here");
        bound(pieces, "Fetching.Assembly.open");
        bound(bounds.peers(), "Fetching.Assembly.sources");
    }

    /** Throws if any table has no bound, or is beyond it. */
    void check(Machine machine) {
        TablesOf.machine(machine, this::check);
    }

    private void check(String name, int size) {
        Long bound = most.get(name);
        if (bound == null) {
            throw new AssertionError(name + " has no bound");
        }
        if (size > bound) {
            throw new AssertionError(name + " holds " + size + ", more than " + bound);
        }
    }
}
