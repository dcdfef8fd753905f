package org.simpledht.core;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * Contents too large for one frame are fetched piece by piece, at the pace of whoever fetches: so many pieces at a time from
 * each neighbour ({@link PieceWindow}; docs/PROTOCOL.md, "Dissemination"). A content
 * is used only when it is complete and its digest is right.
 */
final class Fetching {

    /** So often it is looked whether an answer is overdue. */
    private static final long STEP_NANOS = 50_000_000L;

    /** No path carries less. */
    private static final int LEAST_PIECE_BYTES = 512;

    /** Without a new piece for so long it is given up; who announces it again begins it again. */
    private static final long PATIENCE_NANOS = 15_000_000_000L;

    private static final class Assembly {
        private final Meta meta;
        private final int pieceBytes;
        private final byte[] bytes;
        private final BitSet here = new BitSet();
        private final List<Peer> sources = new ArrayList<>(2);
        private final Map<Integer, Question> open = new LinkedHashMap<>();
        private long progressNanos;
        private int turn;

        Assembly(Meta meta, int pieceBytes, Now now) {
            this.meta = meta;
            this.pieceBytes = pieceBytes;
            bytes = new byte[meta.size()];
            progressNanos = now.nanos();
        }

        int pieces() {
            return (bytes.length + pieceBytes - 1) / pieceBytes;
        }

        int length(int piece) {
            return Math.min(pieceBytes, bytes.length - piece * pieceBytes);
        }

        /** The next piece that nobody is asked for, or -1. */
        int nextPiece() {
            int piece = here.nextClearBit(0);
            while (piece < pieces() && open.containsKey(piece)) {
                piece = here.nextClearBit(piece + 1);
            }
            return piece < pieces() ? piece : -1;
        }
    }

    private record Question(Peer to, long atNanos) {}

    private final long maxBytes;
    private final PeerTable peers;
    private final Counter.Board counters;
    private final Map<Hash, Assembly> assemblies = new LinkedHashMap<>();
    private final Map<Peer, PieceWindow> windows = new HashMap<>();
    private long bytes;
    private long lastTickNanos;

    /**
     * @param maxBytes of all contents that are being fetched
     */
    Fetching(long maxBytes, PeerTable peers, Counter.Board counters) {
        this.maxBytes = maxBytes;
        this.peers = peers;
        this.counters = counters;
    }

    /** A neighbour has that version. Nothing happens if there is no room for it now. */
    void begin(Meta meta, Link by, Now now) {
        Assembly assembly = assemblies.get(meta.key());
        if (assembly != null && meta.isLargerThan(assembly.meta)) {
            boolean sameContent = assembly.meta.digest() == meta.digest() && assembly.meta.size() == meta.size();
            if (!sameContent) {
                drop(assembly);
                assembly = null;
            }
        }
        if (assembly != null && !assembly.meta.version().equals(meta.version()) && isOrphaned(assembly)) {
            // Whoever had that one is gone, maybe with it: it must not stand in the way of what others have.
            drop(assembly);
            assembly = null;
        }
        if (assembly == null) {
            if (bytes + meta.size() > maxBytes) {
                counters.add(Counter.FETCHES_REFUSED);
                return;
            }
            assembly = new Assembly(meta, by.output().maxPieceBytes(), now);
            bytes += meta.size();
            if (assemblies.isEmpty()) {
                lastTickNanos = now.nanos();
            }
            assemblies.put(meta.key(), assembly);
        }
        boolean carries = by.output().maxPieceBytes() >= assembly.pieceBytes;
        if (carries && assembly.meta.version().equals(meta.version()) && !assembly.sources.contains(by.peer())) {
            assembly.sources.add(by.peer());
        }
        ask(assembly, now);
    }

    private boolean isOrphaned(Assembly assembly) {
        return assembly.sources.stream().noneMatch(peers::contains);
    }

    private void ask(Assembly assembly, Now now) {
        for (int tried = 0; tried < assembly.sources.size(); tried++) {
            Peer source = assembly.sources.get(Math.floorMod(assembly.turn++, assembly.sources.size()));
            Link link = peers.contains(source) ? source.link() : null;
            if (link == null) {
                continue;
            }
            PieceWindow window = windows.computeIfAbsent(source, peer -> new PieceWindow());
            for (int piece = assembly.nextPiece(); piece >= 0 && window.hasRoom(); ) {
                assembly.open.put(piece, new Question(source, now.nanos()));
                window.asked();
                link.output()
                        .control(new ChunkRecord.ChunkGet(
                                assembly.meta.version(), piece * assembly.pieceBytes, assembly.length(piece)));
                piece = assembly.nextPiece();
            }
        }
    }

    /**
     * A piece has come: of who has not announced that version it may be anything, and one wrong piece spoils all.
     *
     * @return the version and its content if it is complete now, else null
     */
    Fetched heard(ChunkRecord.Chunk chunk, Peer from, Now now) {
        Assembly assembly = assemblies.get(chunk.version().key());
        if (assembly == null || !assembly.meta.version().equals(chunk.version()) || !assembly.sources.contains(from)) {
            return null;
        }
        int piece = Integer.toUnsignedLong(chunk.offset()) < assembly.bytes.length
                ? chunk.offset() / assembly.pieceBytes
                : -1;
        boolean isPiece = piece >= 0 && chunk.offset() % assembly.pieceBytes == 0 && !assembly.here.get(piece);
        int size = chunk.bytes().size();
        if (isPiece && size >= LEAST_PIECE_BYTES && size < assembly.length(piece) && assembly.open.containsKey(piece)) {
            shorten(assembly, size, now);
            return null;
        }
        if (!isPiece || size != assembly.length(piece)) {
            return null;
        }
        Question question = assembly.open.remove(piece);
        if (question == null) {
            // Nobody was asked for it, or so long ago that it counts as lost: it is welcome all the same.
            assembly.progressNanos = now.nanos();
        } else {
            windows.get(question.to()).answered(now.since(question.atNanos()));
        }
        assembly.progressNanos = now.nanos();
        chunk.bytes()
                .asBuffer()
                .get(assembly.bytes, chunk.offset(), chunk.bytes().size());
        assembly.here.set(piece);
        if (assembly.here.cardinality() < assembly.pieces()) {
            ask(assembly, now);
            return null;
        }
        drop(assembly);
        Content content = Content.of(assembly.bytes);
        if (ContentDigest.of(content) != assembly.meta.digest()) {
            counters.add(Counter.FETCHES_SPOILED);
            return null;
        }
        return new Fetched(assembly.meta, content);
    }

    /** A source speaks to us by another path than we to it, whose frames are smaller: it all begins anew in smaller pieces. */
    private void shorten(Assembly assembly, int pieceBytes, Now now) {
        drop(assembly);
        Assembly anew = new Assembly(assembly.meta, pieceBytes, now);
        anew.sources.addAll(assembly.sources);
        assemblies.put(anew.meta.key(), anew);
        bytes += anew.meta.size();
        ask(anew, now);
    }

    /** A complete content. */
    record Fetched(Meta meta, Content content) {}

    /** A neighbour says what it holds: whoever has something larger by now, or nothing, is asked for no more pieces. */
    void isGone(Meta held, Peer from) {
        Assembly assembly = assemblies.get(held.key());
        if (assembly != null
                && !assembly.meta.version().equals(held.version())
                && (held.isNothing() || held.isLargerThan(assembly.meta))) {
            assembly.sources.remove(from);
        }
    }

    /** Something is held under that key now. */
    void satisfied(Meta held) {
        Assembly assembly = assemblies.get(held.key());
        if (assembly != null && !assembly.meta.isLargerThan(held)) {
            drop(assembly);
        }
    }

    private void drop(Assembly assembly) {
        assemblies.remove(assembly.meta.key());
        bytes -= assembly.meta.size();
        assembly.open.values().forEach(question -> windows.get(question.to()).forgotten());
        assembly.open.clear();
    }

    void tick(Now now) {
        if (assemblies.isEmpty()) {
            windows.clear();
            return;
        }
        lastTickNanos = now.nanos();
        for (Assembly assembly : List.copyOf(assemblies.values())) {
            if (now.since(assembly.progressNanos) > PATIENCE_NANOS) {
                drop(assembly);
                counters.add(Counter.FETCHES_GIVEN_UP);
                continue;
            }
            Iterator<Question> open = assembly.open.values().iterator();
            while (open.hasNext()) {
                Question question = open.next();
                PieceWindow window = windows.get(question.to());
                if (now.since(question.atNanos()) >= window.timeoutNanos()) {
                    open.remove();
                    window.lost();
                }
            }
        }
        assemblies.values().forEach(assembly -> ask(assembly, now));
    }

    /** Looked at often enough while anything is going on. */
    long nanosUntilTick(Now now) {
        return assemblies.isEmpty() ? Long.MAX_VALUE : now.until(lastTickNanos + STEP_NANOS);
    }

    int size() {
        return assemblies.size();
    }

    long bytes() {
        return bytes;
    }
}
