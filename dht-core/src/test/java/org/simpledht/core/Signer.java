package org.simpledht.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.simpledht.protocol.ClusterKey;
import org.simpledht.protocol.Decoded;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.FrameMac;
import org.simpledht.protocol.KeyRing;
import org.simpledht.protocol.Message;

/** Signs frames for tests. */
final class Signer {

    static final KeyRing RING = KeyRing.of(key(1));
    static final KeyRing OTHER_RING = KeyRing.of(key(2));

    private Signer() {}

    static ClusterKey key(int number) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) number);
        return ClusterKey.of(bytes);
    }

    static byte[] sign(KeyRing ring, Frame frame, long receiverId) {
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame) + FrameCodec.MAC_BYTES);
        FrameCodec.encode(frame, new FrameMac(ring, 1), receiverId, out);
        return out.array();
    }

    static Decoded read(byte[] bytes, FrameMac mac) {
        return FrameCodec.decode(ByteBuffer.wrap(bytes), mac);
    }

    static Frame frame(int flags, long nodeId, long clock, Message carrier, ExtensionRecord... records) {
        return Frame.extended(carrier, new Extension(new Header(flags, nodeId, clock, 0), List.of(records)));
    }
}
