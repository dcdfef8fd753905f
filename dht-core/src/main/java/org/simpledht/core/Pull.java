package org.simpledht.core;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;

/** A client fetches one content that no Put carries, piece by piece: so many at a time, and each again until it is here. */
final class Pull {

    private static final int WINDOW = 16;
    private static final long LOST_NANOS = 250_000_000L;

    private final Meta meta;
    private final int pieceBytes;
    private final byte[] bytes;
    private final BitSet here = new BitSet();
    private final Map<Integer, Long> askedNanos = new HashMap<>();

    /**
     * @param meta of a content that is not empty
     */
    Pull(Meta meta, int pieceBytes) {
        this.meta = meta;
        this.pieceBytes = pieceBytes;
        bytes = new byte[meta.size()];
    }

    Meta meta() {
        return meta;
    }

    private int pieces() {
        return (bytes.length + pieceBytes - 1) / pieceBytes;
    }

    private int length(int piece) {
        return Math.min(pieceBytes, bytes.length - piece * pieceBytes);
    }

    /** Asks for as many pieces as the window lets, those first that seem to be lost. */
    void ask(Path to, Sender sender, Now now) {
        Iterator<Map.Entry<Integer, Long>> asked = askedNanos.entrySet().iterator();
        while (asked.hasNext()) {
            if (now.since(asked.next().getValue()) >= LOST_NANOS) {
                asked.remove();
            }
        }
        int piece = nextPiece(0);
        while (piece < pieces() && askedNanos.size() < WINDOW) {
            // A frame each: nobody answers one frame with more than one.
            sender.records(to, new ChunkRecord.ChunkGet(meta.version(), piece * pieceBytes, length(piece)), now);
            askedNanos.put(piece, now.nanos());
            piece = nextPiece(piece + 1);
        }
    }

    private int nextPiece(int from) {
        int piece = here.nextClearBit(from);
        while (askedNanos.containsKey(piece)) {
            piece = here.nextClearBit(piece + 1);
        }
        return piece;
    }

    /** A piece has come. Returns whether it was the last one. */
    boolean heard(ChunkRecord.Chunk chunk) {
        int piece = Integer.divideUnsigned(chunk.offset(), pieceBytes);
        boolean fits = chunk.version().equals(meta.version())
                && Integer.remainderUnsigned(chunk.offset(), pieceBytes) == 0
                && piece < pieces()
                && chunk.bytes().size() == length(piece);
        if (!fits || here.get(piece)) {
            return false;
        }
        askedNanos.remove(piece);
        chunk.bytes().asBuffer().get(bytes, piece * pieceBytes, length(piece));
        here.set(piece);
        return here.cardinality() == pieces();
    }

    /** All of it, once the last piece has come; null if it is not what the Meta says. */
    Content content() {
        Content content = Content.of(bytes);
        return ContentDigest.of(content) == meta.digest() ? content : null;
    }

    long nanosUntilDue(Now now) {
        if (askedNanos.size() < WINDOW && nextPiece(0) < pieces()) {
            return 0;
        }
        long least = Long.MAX_VALUE;
        for (long asked : askedNanos.values()) {
            least = Math.min(least, now.until(asked + LOST_NANOS));
        }
        return least;
    }
}
