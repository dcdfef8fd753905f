package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import org.simpledht.protocol.Extension.Header;

/** The extension as bytes, as {@link ExtensionLayout} draws it: header, records and MAC. */
final class ExtensionCodec {

    private ExtensionCodec() {}

    /** True if what remains begins like an extension; anything else behind a message is a tail to be ignored. */
    static boolean begins(ByteBuffer in) {
        return in.remaining() >= ExtensionLayout.HEADER_BYTES && in.getInt(in.position()) == ExtensionLayout.MAGIC;
    }

    /** Bytes that {@link #encode} writes. */
    static int size(Extension extension) {
        return ExtensionLayout.HEADER_BYTES + ExtensionSizes.of(extension.records());
    }

    static void encode(Extension extension, ByteBuffer out) {
        encodeHeader(extension.header(), extension.header().flags() & ~Header.FLAG_MAC, 0, out);
        ExtensionEncoder.encode(extension.records(), out);
    }

    /** The same with a MAC, which is also over what stands between {@code frameStart} and the buffer's position. */
    static void encode(Extension extension, FrameMac mac, long receiverId, ByteBuffer out, int frameStart) {
        encodeHeader(extension.header(), extension.header().flags() | Header.FLAG_MAC, mac.signingKeyId(), out);
        ExtensionEncoder.encode(extension.records(), out);
        mac.sign(out, frameStart, receiverId);
    }

    private static void encodeHeader(Header header, int flags, int keyId, ByteBuffer out) {
        out.putInt(ExtensionLayout.MAGIC).put(ExtensionLayout.VERSION);
        out.put((byte) flags).put((byte) keyId).put((byte) 0);
        out.putLong(header.nodeId()).putLong(header.clock()).putLong(header.token());
    }

    /**
     * Reads all that remains, which {@link #begins} has looked at.
     *
     * @param mac null if no MAC can be checked
     * @return the extension, or null with the reason in {@code why[0]}
     */
    static Extension decode(ByteBuffer in, FrameMac mac, int frameStart, Refusal[] why) {
        int frameEnd = in.limit();
        in.getInt();
        if (in.get() != ExtensionLayout.VERSION) {
            return refuse(why, Refusal.UNKNOWN_VERSION);
        }
        int flags = Byte.toUnsignedInt(in.get());
        int keyId = Byte.toUnsignedInt(in.get());
        in.get();
        boolean hasMac = (flags & Header.FLAG_MAC) != 0;
        Header header = new Header(flags, hasMac ? keyId : 0, in.getLong(), in.getLong(), in.getLong());
        int recordsEnd = hasMac ? frameEnd - ExtensionLayout.MAC_BYTES : frameEnd;
        if (hasMac && !isAuthentic(in, mac, frameStart, recordsEnd, keyId)) {
            return refuse(why, Refusal.UNAUTHENTIC);
        }
        List<ExtensionRecord> records = ExtensionDecoder.decode(in.limit(recordsEnd), why);
        in.limit(frameEnd).position(frameEnd);
        return records == null ? null : new Extension(header, records);
    }

    private static boolean isAuthentic(ByteBuffer in, FrameMac mac, int frameStart, int frameEnd, int keyId) {
        return mac != null && frameEnd >= in.position() && mac.verifies(in, frameStart, frameEnd, keyId);
    }

    private static Extension refuse(Refusal[] why, Refusal reason) {
        why[0] = reason;
        return null;
    }
}
