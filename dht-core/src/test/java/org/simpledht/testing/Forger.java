package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/** An attacker who understands frames, and sends some of them once more, changed, in the name of who sent them. */
final class Forger implements UnchangingPeer {

    private static final byte KEEP_ALIVE = 2;
    private static final int FLAGS_OFFSET = 6;
    private static final int CLOCK_COUNTER_BITS = 16;
    private static final int MOST_AHEAD_MILLIS = 120_000;
    private static final int MOST_MORE_SECONDS = 1_000;

    private final SplittableRandom dice;
    private final boolean isLiar;
    private boolean ended;

    /**
     * @param isLiar changes clocks and lives of versions, else bytes of pieces
     */
    Forger(SplittableRandom dice, boolean isLiar) {
        this.dice = dice;
        this.isLiar = isLiar;
    }

    void end() {
        ended = true;
    }

    @Override
    public void overhear(NetAddress from, NetAddress to, byte[] bytes, Line line) {
        if (ended || dice.nextInt(isLiar ? 20 : 2) > 0) {
            return;
        }
        if (FrameCodec.decode(ByteBuffer.wrap(withoutMac(bytes))) instanceof Frame frame
                && frame.extension().isPresent()) {
            Extension extension = frame.extension().get();
            List<ExtensionRecord> changed = new ArrayList<>();
            for (ExtensionRecord record : extension.records()) {
                if (isLiar && record instanceof ExtensionRecord.Push push) {
                    changed.add(lie(push));
                } else if (!isLiar && record instanceof ChunkRecord.Chunk chunk) {
                    changed.add(corrupt(chunk));
                }
            }
            if (!changed.isEmpty()) {
                Frame forged = Frame.extended(frame.carrier(), new Extension(extension.header(), changed));
                ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(forged) + FrameCodec.MAC_BYTES);
                FrameCodec.encode(forged, out);
                line.sendForged(
                        from, to, hasMac(bytes) ? withMacOf(bytes, out) : Arrays.copyOf(out.array(), out.position()));
            }
        }
    }

    private static boolean hasMac(byte[] frame) {
        return frame.length > FLAGS_OFFSET + FrameCodec.MAC_BYTES
                && frame[0] == KEEP_ALIVE
                && (frame[FLAGS_OFFSET] & Extension.Header.FLAG_MAC) != 0;
    }

    /** As if nobody had signed it, so that he can read it. */
    private static byte[] withoutMac(byte[] frame) {
        if (!hasMac(frame)) {
            return frame;
        }
        byte[] bare = Arrays.copyOf(frame, frame.length - FrameCodec.MAC_BYTES);
        bare[FLAGS_OFFSET] &= ~Extension.Header.FLAG_MAC;
        return bare;
    }

    /** He has no key, and leaves it as it was. */
    private static byte[] withMacOf(byte[] signed, ByteBuffer forged) {
        forged.put(signed, signed.length - FrameCodec.MAC_BYTES, FrameCodec.MAC_BYTES);
        byte[] bytes = Arrays.copyOf(forged.array(), forged.position());
        System.arraycopy(signed, FLAGS_OFFSET, bytes, FLAGS_OFFSET, 2);
        return bytes;
    }

    private ExtensionRecord lie(ExtensionRecord.Push push) {
        long ahead = (long) dice.nextInt(MOST_AHEAD_MILLIS) << CLOCK_COUNTER_BITS;
        return new ExtensionRecord.Push(
                push.key(), push.clock() + ahead, push.life() + dice.nextInt(MOST_MORE_SECONDS), push.content());
    }

    private ExtensionRecord corrupt(ChunkRecord.Chunk chunk) {
        byte[] content = chunk.bytes().toBytes();
        if (content.length > 0) {
            content[dice.nextInt(content.length)] ^= (byte) (1 + dice.nextInt(255));
        }
        return new ChunkRecord.Chunk(chunk.version(), chunk.offset(), Content.of(content));
    }

    @Override
    public void receive(NetAddress from, byte[] frame, Line line) {
        // It only listens.
    }

    @Override
    public void wake(Line line) {
        // It speaks only where others do.
    }
}
