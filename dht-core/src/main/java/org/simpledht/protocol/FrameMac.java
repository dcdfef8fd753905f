package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * Signs and checks the frames of one node: HMAC-SHA-256, cut to 16 bytes, over {@code "sdx1"}, the receiver's node id and the
 * frame (docs/PROTOCOL.md, "Hostile networks").
 *
 * <p>Keeps its room between frames, so one thread at a time.
 */
public final class FrameMac {

    private static final byte[] DOMAIN = "sdx1".getBytes(StandardCharsets.US_ASCII);
    private static final int RECEIVER_OFFSET = DOMAIN.length;
    private static final int FULL_MAC_BYTES = 32;
    private static final long ANYBODY = 0;

    private final long nodeId;
    private final int[] ids;
    private final Mac[] macs;
    private boolean forThisNode;
    private final ByteBuffer preamble =
            ByteBuffer.allocate(DOMAIN.length + Long.BYTES).put(DOMAIN);
    private final ByteBuffer result = ByteBuffer.allocate(FULL_MAC_BYTES);

    /**
     * @param nodeId to whom frames must be addressed to be accepted, by that id or by 0
     */
    public FrameMac(KeyRing ring, long nodeId) {
        this.nodeId = nodeId;
        List<ClusterKey> keys = ring.keys();
        ids = new int[keys.size()];
        macs = new Mac[keys.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = keys.get(i).id();
            macs[i] = keys.get(i).newMac();
        }
    }

    int signingKeyId() {
        return ids[0];
    }

    /** Appends the MAC to the frame that stands between {@code start} and the buffer's position. */
    void sign(ByteBuffer out, int start, long receiverId) {
        compute(macs[0], receiverId, out, start, out.position());
        out.put(result.array(), 0, ExtensionLayout.MAC_BYTES);
    }

    /** Whether the frame between {@code start} and {@code end}, where its MAC begins, is genuine and for this node. */
    boolean verifies(ByteBuffer in, int start, int end, int keyId) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == keyId) {
                forThisNode = matches(macs[i], nodeId, in, start, end);
                return forThisNode || matches(macs[i], ANYBODY, in, start, end);
            }
        }
        return false;
    }

    /** Whether the frame that was last found genuine is for this node and no other; else it is for anybody. */
    public boolean wasForThisNode() {
        return forThisNode;
    }

    private boolean matches(Mac mac, long receiverId, ByteBuffer in, int start, int end) {
        compute(mac, receiverId, in, start, end);
        // All bytes at once: the time that it takes tells nothing of where they differ.
        long difference = in.getLong(end) ^ result.getLong(0);
        difference |= in.getLong(end + Long.BYTES) ^ result.getLong(Long.BYTES);
        return difference == 0;
    }

    private void compute(Mac mac, long receiverId, ByteBuffer frame, int start, int end) {
        int position = frame.position();
        int limit = frame.limit();
        mac.update(preamble.putLong(RECEIVER_OFFSET, receiverId).array());
        mac.update(frame.limit(end).position(start));
        frame.limit(limit).position(position);
        try {
            mac.doFinal(result.array(), 0);
        } catch (ShortBufferException e) {
            throw new AssertionError("there is room for the whole MAC", e);
        }
    }
}
