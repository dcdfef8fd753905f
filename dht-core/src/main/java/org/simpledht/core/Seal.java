package org.simpledht.core;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.simpledht.core.store.Lease;
import org.simpledht.protocol.Decoded;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.FrameMac;
import org.simpledht.protocol.KeyRing;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Refusal;

/**
 * What a cluster key makes of frames (docs/PROTOCOL.md, "Hostile networks"). With one, frames that leave end with a MAC, and of
 * those that arrive only genuine and recent ones are handed on; all others are counted and change nothing. Without one every
 * valid frame is handed on, as it always was.
 */
public final class Seal {

    /** A frame may be so old, and no older: it was on its way, or waited while we stood still. */
    private static final long OLDEST_MILLIS = 30_000;

    /** As with neighbours: whose clock is further ahead cannot be one. */
    private static final long FARTHEST_AHEAD_MILLIS = Lease.TOLERANCE_MILLIS;

    private static final long NOTICE_INTERVAL_NANOS = 60_000_000_000L;

    /** Who stood still for a moment hears what is old and then what is not; only what goes on is worth a word. */
    private static final long STALE_FOR_NANOS = 2_000_000_000L;

    private static final long SUSPECT_NANOS = 10_000_000_000L;

    private final long nodeId;
    private final Counter.Board counters;
    private final Outbox outbox;
    private final ClientWrites clientWrites = new ClientWrites();
    private final Map<Notice, Long> noticedNanos = new EnumMap<>(Notice.class);
    private FrameMac mac;
    private Path heededFrom;
    private long heededSender;
    private Path stalePath;
    private long staleSinceNanos;

    /**
     * @param keys empty for a network without key
     * @param nodeId whose frames they are
     */
    Seal(Optional<KeyRing> keys, long nodeId, Counter.Board counters, Outbox outbox) {
        this.nodeId = nodeId;
        this.counters = counters;
        this.outbox = outbox;
        mac = keys.map(ring -> new FrameMac(ring, nodeId)).orElse(null);
    }

    /** Whether there is a key. */
    public boolean hasKey() {
        return mac != null;
    }

    /**
     * Other keys from the next frame on.
     *
     * @throws IllegalStateException if there was none: peers of a network without key would stay
     */
    public void replace(KeyRing keys) {
        if (!hasKey()) {
            throw new IllegalStateException(
                    "this node was started without a cluster key and cannot take one while it runs; start it with one");
        }
        mac = new FrameMac(keys, nodeId);
    }

    // What arrives

    /** The frame, or null if it is none or not to be heeded; then it is counted. */
    Frame open(Path from, ByteBuffer bytes, Now now) {
        Decoded decoded = hasKey() ? FrameCodec.decode(bytes, mac) : FrameCodec.decode(bytes);
        if (decoded instanceof Refusal refusal) {
            counters.add(refusal);
            if (refusal == Refusal.UNAUTHENTIC) {
                notice(from, hasKey() ? Notice.OTHER_KEY : Notice.KEY_MISSING, now);
            }
            return null;
        }
        Frame frame = (Frame) decoded;
        return hasKey() && !isHeeded(from, frame, now) ? null : frame;
    }

    private boolean isHeeded(Path from, Frame frame, Now now) {
        Header header = frame.extension().map(extension -> extension.header()).orElse(null);
        if (header == null || !header.isAuthentic() || header.nodeId() == 0) {
            counters.add(Counter.FRAMES_UNSIGNED);
            notice(from, Notice.OTHER_KEY, now);
            return false;
        }
        long aheadMillis = HeaderClock.millis(header.clock()) - now.unixMillis();
        if (aheadMillis < -OLDEST_MILLIS || aheadMillis > FARTHEST_AHEAD_MILLIS) {
            counters.add(Counter.FRAMES_STALE);
            suspect(from, now);
            return false;
        }
        if (header.has(Header.FLAG_CLIENT) && tells(frame) && !isFirst(header)) {
            counters.add(Counter.WRITES_REPLAYED);
            return false;
        }
        heededFrom = from;
        heededSender = header.nodeId();
        if (from.equals(stalePath)) {
            stalePath = null;
        }
        return true;
    }

    /** What has no version of its own would be done anew by each who hears it. */
    private boolean isFirst(Header header) {
        return mac.wasForThisNode() && clientWrites.isFirst(header.nodeId(), header.clock());
    }

    /** Whether a client's frame has something done, rather than asking. */
    private static boolean tells(Frame frame) {
        boolean asks = frame.carrier() instanceof Message.KeepAlive || frame.carrier() instanceof Message.Get;
        List<ExtensionRecord> records = frame.extension().orElseThrow().records();
        return !asks || records.stream().anyMatch(ExtensionRecord.Metas.class::isInstance);
    }

    private void suspect(Path from, Now now) {
        if (from.equals(stalePath)) {
            if (now.since(staleSinceNanos) >= STALE_FOR_NANOS) {
                notice(from, Notice.FRAMES_STALE, now);
            }
        } else if (stalePath == null || now.since(staleSinceNanos) >= SUSPECT_NANOS) {
            stalePath = from;
            staleSinceNanos = now.nanos();
        }
    }

    /** Once a minute at most of each kind: anybody can cause it. */
    private void notice(Path from, Notice notice, Now now) {
        Long before = noticedNanos.get(notice);
        if (before == null || now.since(before) >= NOTICE_INTERVAL_NANOS) {
            noticedNanos.put(notice, now.nanos());
            outbox.add(new Outbox.Noticed(from, notice));
        }
    }

    // What leaves

    /** Who sent the frame that is answered now, if it came from there; else 0. */
    long senderAt(Path path) {
        return path.equals(heededFrom) ? heededSender : 0;
    }

    /** All that is said from now on answers nobody: who was there then need not be there any more. */
    void answered() {
        heededFrom = null;
    }

    /** Bytes that each frame with a header has besides. */
    int macBytes() {
        return hasKey() ? FrameCodec.MAC_BYTES : 0;
    }

    /** Bytes that even the mere message has besides. */
    public int overheadBytes() {
        return hasKey() ? FrameCodec.HEADER_BYTES + FrameCodec.MAC_BYTES : 0;
    }

    /**
     * Writes a frame as it travels; the buffer advances.
     *
     * @param receiverId the node id of the addressee, 0 if unknown
     */
    public void write(Frame frame, long receiverId, ByteBuffer out) {
        if (hasKey()) {
            FrameCodec.encode(frame, mac, receiverId, out);
        } else {
            FrameCodec.encode(frame, out);
        }
    }
}
