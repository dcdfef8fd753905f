package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.testkit.Vector;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** The frames with the extension against the codec. */
class ExtensionVectorsTest {

    private static final Hash KEY = Hash.parse("0123456789abcdef");
    private static final long NODE_ID = 0x0011223344556677L;
    private static final long HEADER_CLOCK = 1_700_000_000_500L << 16 | 7;
    private static final long TOKEN = 0xa1a2a3a4a5a6a7a8L;
    private static final long CLOCK = 1_700_000_000_000L << 16 | 1;
    private static final long DIGEST = 0x315f5bdb76d078c4L;
    private static final Meta META = new Meta(KEY, CLOCK, DIGEST, 30, 13);

    /** What the codec knows; to be lengthened together with it. */
    private static final Set<Integer> KNOWN_RECORDS = Set.of(1, 13, 14);

    private static final Map<String, List<ExtensionRecord>> RECORDS = Map.of(
            "IHave + META", List.of(new ExtensionRecord.Metas(List.of(META))),
            "KeepAlive + META, renewal (life 3630)", metas(new Meta(KEY, CLOCK, DIGEST, 3_630, 13)),
            "KeepAlive + META, removal", metas(new Meta(KEY, 1_700_000_001_000L << 16, 0, 0, 0)),
            "KeepAlive + META, nothing held", metas(Meta.nothing(KEY)),
            "KeepAlive + ASK", List.of(new ExtensionRecord.Ask(List.of(KEY))),
            "KeepAlive + HELLO, port 4660, frame 1200, maxLease 3600, cluster 'blue'",
                    List.of(new ExtensionRecord.Hello(4660, 1_200, 3_600, 0x60899a0f60c790e9L)));

    private static final Map<String, Refusal> REFUSALS = Map.of(
            "bad: version 2", Refusal.UNKNOWN_VERSION,
            "bad: record overruns", Refusal.RECORD_OVERRUN,
            "bad: META of 31 bytes", Refusal.MALFORMED_RECORD,
            "bad: MAC flag without MAC", Refusal.UNAUTHENTIC,
            "bad: invalid carrier", Refusal.UNKNOWN_TYPE);

    static List<Vector> readable() {
        return Vector.extended().stream()
                .filter(vector -> vector.valid() && !isAuthenticated(vector))
                .toList();
    }

    static List<Vector> authenticated() {
        return Vector.extended().stream()
                .filter(vector -> vector.valid() && isAuthenticated(vector))
                .toList();
    }

    static List<Vector> bad() {
        return Vector.extended().stream().filter(vector -> !vector.valid()).toList();
    }

    @Test
    void fileIsWhole() {
        assertThat(readable()).hasSize(21).extracting(Vector::name).containsAll(RECORDS.keySet());
        assertThat(authenticated()).hasSize(1);
        assertThat(bad()).extracting(Vector::name).containsExactlyInAnyOrderElementsOf(REFUSALS.keySet());
    }

    @ParameterizedTest
    @MethodSource("readable")
    void headerIsRead(Vector vector) {
        int flags = vector.name().contains("NEIGHBOUR") ? 2 : 0;

        assertThat(extension(vector).header()).isEqualTo(new Header(flags, NODE_ID, HEADER_CLOCK, TOKEN));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void knownRecordsAreReadAndAllOthersSkipped(Vector vector) {
        assertThat(extension(vector).records()).isEqualTo(RECORDS.getOrDefault(vector.name(), List.of()));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void frameIsEncodedToTheSameBytesLessUnknownRecords(Vector vector) {
        Frame frame = decodeFrame(vector);
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(frame, out);

        assertThat(out.hasRemaining()).isFalse();
        assertThat(Content.of(out.array())).isEqualTo(withoutUnknownRecords(vector));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void carrierIsReadAsIfAlone(Vector vector) {
        byte[] bytes = vector.bytes().toBytes();
        Decoded alone = FrameCodec.decode(ByteBuffer.wrap(bytes, 0, carrierBytes(bytes)));

        assertThat(Frame.classic(decodeFrame(vector).carrier())).isEqualTo(alone);
    }

    @ParameterizedTest
    @MethodSource("readable")
    void frameCutWithinARecordIsRefused(Vector vector) {
        byte[] bytes = vector.bytes().toBytes();
        assertThat(FrameCodec.decode(ByteBuffer.wrap(bytes, 0, bytes.length - 1)))
                .isEqualTo(Refusal.RECORD_OVERRUN);
    }

    @ParameterizedTest
    @MethodSource("authenticated")
    void frameWhoseKeyIsUnknownIsRefused(Vector vector) {
        assertThat(decode(vector)).isEqualTo(Refusal.UNAUTHENTIC);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badIsRefused(Vector vector) {
        assertThat(decode(vector)).isEqualTo(REFUSALS.get(vector.name()));
    }

    private static List<ExtensionRecord> metas(Meta meta) {
        return List.of(new ExtensionRecord.Metas(List.of(meta)));
    }

    private static boolean isAuthenticated(Vector vector) {
        return vector.name().contains("MAC");
    }

    private static Decoded decode(Vector vector) {
        return FrameCodec.decode(ByteBuffer.wrap(vector.bytes().toBytes()));
    }

    private static Frame decodeFrame(Vector vector) {
        return (Frame) decode(vector);
    }

    private static Extension extension(Vector vector) {
        return decodeFrame(vector).extension().orElseThrow();
    }

    /** The frame with the records cut out that this codec skips, found without its help. */
    private static Content withoutUnknownRecords(Vector vector) {
        byte[] bytes = vector.bytes().toBytes();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        ByteBuffer out = ByteBuffer.allocate(bytes.length);
        int records = carrierBytes(bytes) + 32;
        out.put(bytes, 0, records);
        for (int at = records; at < bytes.length; ) {
            int recordBytes = 3 + Short.toUnsignedInt(in.getShort(at + 1));
            if (KNOWN_RECORDS.contains(Byte.toUnsignedInt(bytes[at]))) {
                out.put(bytes, at, recordBytes);
            }
            at += recordBytes;
        }
        return Content.of(Arrays.copyOf(out.array(), out.position()));
    }

    private static int carrierBytes(byte[] bytes) {
        return switch (bytes[0]) {
            case 2 -> 1;
            case 1 -> 11 + Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(9));
            default -> 9;
        };
    }
}
