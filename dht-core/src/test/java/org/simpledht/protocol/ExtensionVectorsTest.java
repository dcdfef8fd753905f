package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.testkit.Vector;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** The frames with the extension against the codec. */
class ExtensionVectorsTest {

    private static final Hash KEY = Hash.parse("0123456789abcdef");
    private static final long NODE_ID = 0x0011223344556677L;
    private static final long HEADER_CLOCK = 1_700_000_000_500L << 16 | 7;
    private static final long RECEIVER = -1;
    private static final HexFormat HEX = HexFormat.of();
    private static final long TOKEN = 0xa1a2a3a4a5a6a7a8L;
    private static final long CLOCK = 1_700_000_000_000L << 16 | 1;
    private static final long DIGEST = 0x315f5bdb76d078c4L;
    private static final Meta META = new Meta(KEY, CLOCK, DIGEST, 30, 13);

    private static final Version VERSION = new Version(KEY, CLOCK, DIGEST);
    private static final Content CONTENT = Content.ofText("Hello, world!");
    private static final ChildSums SUMS = ChildSums.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    private static final Map<String, List<ExtensionRecord>> RECORDS = Map.ofEntries(
            row("KeepAlive + ROOT, NEIGHBOUR", new TreeRecord.Root(0x1122334455667788L, 42)),
            row("Put + STAMP", new ExtensionRecord.Stamp(CLOCK, 30)),
            row("IHave + META", metas(META)),
            row("Get + GETS, nothing held", new ExtensionRecord.Gets(List.of(Version.nothing(KEY)))),
            row("KeepAlive + GETS, a version held", new ExtensionRecord.Gets(List.of(VERSION))),
            row("KeepAlive + PUSH", new ExtensionRecord.Push(KEY, CLOCK, 30, CONTENT)),
            row("KeepAlive + META, renewal (life 3630)", metas(new Meta(KEY, CLOCK, DIGEST, 3_630, 13))),
            row("KeepAlive + META, removal", metas(Meta.removal(KEY, 1_700_000_001_000L << 16))),
            row("KeepAlive + PRUNE + TOKEN", ExtensionRecord.PRUNE, new ExtensionRecord.Token(0xc0ffee00c0ffee01L)),
            row("KeepAlive + SUM of the root", new TreeRecord.Sums(Prefix.ROOT, SUMS)),
            row("KeepAlive + SUM, 12 bits of x", new TreeRecord.Sums(prefix(12), SUMS)),
            row("KeepAlive + LIST, 4 bits of x, one Meta", new TreeRecord.Listing(prefix(4), List.of(META))),
            row("KeepAlive + LIST of everything, empty", new TreeRecord.Listing(Prefix.ROOT, List.of())),
            row(
                    "KeepAlive + PEERS v4, v6",
                    new LinkRecord.Peers(
                            List.of(address("7f000001", 0x1234), address("00000000000000000000000000000001", 0x1234)))),
            row("KeepAlive + CHUNK_GET", new ChunkRecord.ChunkGet(VERSION, 1_024, 1_024)),
            row("KeepAlive + CHUNK", new ChunkRecord.Chunk(VERSION, 0, CONTENT)),
            row(
                    "KeepAlive + HELLO, port 4660, frame 1200, maxLease 3600, cluster 'blue'",
                    new ExtensionRecord.Hello(
                            4_660, 1_200, 3_600, Cluster.named("blue").hash())),
            row("KeepAlive + ASK", new ExtensionRecord.Ask(List.of(KEY))),
            row("KeepAlive + META, nothing held", metas(Meta.nothing(KEY))),
            row("KeepAlive + FLOW", new LinkRecord.Flow(123_456, 7, 6)),
            row("KeepAlive + unknown record 200, then PRUNE", ExtensionRecord.PRUNE),
            row("KeepAlive + ROOT + MAC (key 00..1f, receiver ff x 8)", new TreeRecord.Root(0x1122334455667788L, 42)));

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
        List<Vector> valid = Vector.extended().stream().filter(Vector::valid).toList();
        assertThat(valid).extracting(Vector::name).containsExactlyInAnyOrderElementsOf(RECORDS.keySet());
        assertThat(readable()).hasSize(21);
        assertThat(authenticated()).hasSize(1);
        assertThat(bad()).extracting(Vector::name).containsExactlyInAnyOrderElementsOf(REFUSALS.keySet());
    }

    @ParameterizedTest
    @MethodSource("readable")
    void headerIsRead(Vector vector) {
        int flags = vector.name().contains("NEIGHBOUR") ? Header.FLAG_NEIGHBOUR : 0;

        assertThat(extension(vector).header()).isEqualTo(new Header(flags, NODE_ID, HEADER_CLOCK, TOKEN));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void recordsAreRead(Vector vector) {
        assertThat(extension(vector).records()).isEqualTo(RECORDS.get(vector.name()));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void frameIsEncodedToTheSameBytesLessUnknownRecords(Vector vector) {
        Frame frame = decodeFrame(vector);
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(frame, out);

        assertThat(out.hasRemaining()).isFalse();
        String unknown = vector.name().contains("unknown record 200") ? "c80006667574757265" : "";
        assertThat(HEX.formatHex(out.array()))
                .isEqualTo(HEX.formatHex(vector.bytes().toBytes()).replace(unknown, ""));
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
    @MethodSource("authenticated")
    void frameWithAMacIsReadAndSignedToTheSameBytes(Vector vector) {
        KeyRing ring = KeyRing.of(ClusterKey.of(PrimitivesVectorsTest.counting(32)));
        Frame frame =
                (Frame) FrameCodec.decode(ByteBuffer.wrap(vector.bytes().toBytes()), new FrameMac(ring, RECEIVER));
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame) + FrameCodec.MAC_BYTES);
        FrameCodec.encode(frame, new FrameMac(ring, NODE_ID), RECEIVER, out);

        Extension extension = frame.extension().orElseThrow();
        assertThat(extension.header()).isEqualTo(new Header(Header.FLAG_MAC, 0x63, NODE_ID, HEADER_CLOCK, TOKEN));
        assertThat(extension.records()).isEqualTo(RECORDS.get(vector.name()));
        assertThat(Content.of(out.array())).isEqualTo(vector.bytes());
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badIsRefused(Vector vector) {
        assertThat(decode(vector)).isEqualTo(REFUSALS.get(vector.name()));
    }

    private static Map.Entry<String, List<ExtensionRecord>> row(String name, ExtensionRecord... records) {
        return Map.entry(name, List.of(records));
    }

    private static ExtensionRecord metas(Meta meta) {
        return new ExtensionRecord.Metas(List.of(meta));
    }

    private static Prefix prefix(int bits) {
        return Prefix.of(Mix64.of(KEY.bits()), bits);
    }

    private static NetAddress address(String hex, int port) {
        return NetAddress.of(HEX.parseHex(hex), port);
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

    private static int carrierBytes(byte[] bytes) {
        return switch (bytes[0]) {
            case 2 -> 1;
            case 1 -> 11 + Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(9));
            default -> 9;
        };
    }
}
