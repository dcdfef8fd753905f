package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Records one by one: what is one and what is not. */
class ExtensionCodecTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final String HEADER = "02d4534431010000000011223344556677018bcfe569f40007a1a2a3a4a5a6a7a8";
    private static final Hash KEY = new Hash(42);
    private static final NetAddress ADDRESS = NetAddress.of(new byte[] {(byte) 192, 0, 2, 1}, 4_000);

    /** Type, length of a body of zeros, and whether that can be one. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, true",
        "1, 31, false",
        "1, 32, true",
        "1, 33, false",
        "1, 64, true",
        "2, 0, false",
        "2, 19, false",
        "2, 20, true",
        "2, 21, true",
        "3, 0, false",
        "3, 11, false",
        "3, 12, true",
        "3, 13, false",
        "4, 0, true",
        "4, 23, false",
        "4, 24, true",
        "4, 25, false",
        "4, 48, true",
        "5, 0, true",
        "5, 1, false",
        "6, 0, false",
        "6, 7, false",
        "6, 8, true",
        "6, 9, false",
        "7, 0, false",
        "7, 1, false",
        "7, 128, false",
        "7, 129, true",
        "7, 130, false",
        "8, 0, false",
        "8, 1, true",
        "8, 2, false",
        "8, 33, true",
        "8, 34, false",
        "9, 0, false",
        "9, 11, false",
        "9, 12, true",
        "9, 13, false",
        "10, 0, true",
        "10, 1, false",
        "10, 7, false",
        "11, 0, false",
        "11, 31, false",
        "11, 32, true",
        "11, 33, false",
        "12, 0, false",
        "12, 27, false",
        "12, 28, true",
        "12, 29, true",
        "13, 0, false",
        "13, 17, false",
        "13, 18, true",
        "13, 19, false",
        "13, 25, false",
        "14, 0, true",
        "14, 7, false",
        "14, 8, true",
        "14, 9, false",
        "15, 0, false",
        "15, 15, false",
        "15, 16, true",
        "15, 17, false",
        "16, 0, false",
        "16, 7, false",
        "17, 0, false",
        "17, 12, false",
        "17, 13, true",
        "17, 14, false",
        "18, 0, false",
        "18, 11, false",
        "18, 12, true",
        "18, 13, true",
        "19, 0, true",
        "19, 7, false",
        "19, 8, true",
        "33, 6, false",
        "33, 7, true",
        "33, 8, false"
    })
    void lengthIsWhatTheTypeSays(int type, int length, boolean valid) {
        Decoded decoded = decode(HEX.toHexDigits((byte) type) + HEX.toHexDigits((short) length) + "00".repeat(length));

        assertThat(decoded instanceof Frame).isEqualTo(valid);
        if (!valid) {
            assertThat(decoded).isEqualTo(Refusal.MALFORMED_RECORD);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0800020100", // 1 bit
                "0800020300", // 3 bits
                "0800020401", // a bit behind 4
                "08000204b2", // digits behind 4
                "08000204", // 4 bits and none there
                "0800030cb2", // 12 bits and 8 there
                "0800030cb2c1", // a bit behind 12
                "08000a440000000000000000ff", // 68 bits
                "080002ff00"
            })
    void prefixHasOneFormOnly(String record) {
        assertThat(decode(fixLength(record))).isEqualTo(Refusal.MALFORMED_RECORD);
    }

    @Test
    void listOfOneXIsReadButOneXHasNoSums() {
        assertThat(records("08000940b2c058e4ebb5112c"))
                .containsExactly(new TreeRecord.Listing(Prefix.of(0xb2c058e4ebb5112cL, 64), List.of()));
        assertThat(decode("07008940b2c058e4ebb5112c" + "00".repeat(128))).isEqualTo(Refusal.MALFORMED_RECORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10000704c00002010fa0",
                "0a000704c00002010fa0",
            })
    void addressOfARecordIsThatOfADiscover(String record) {
        ExtensionRecord read = records(record).get(0);

        assertThat(read).isIn(new LinkRecord.Seen(ADDRESS), new LinkRecord.Peers(List.of(ADDRESS)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10000705c00002010fa0", // family 5
                "10000606c00002010f", // family 6, too short
                "10000804c00002010fa000", // a byte too many
                "0a000804c00002010fa004", // half of another
                "0a000904c00002010fa00500"
            })
    void otherAddressesAreNone(String record) {
        assertThat(decode(fixLength(record))).isEqualTo(Refusal.MALFORMED_RECORD);
    }

    @Test
    void mappedAddressIsTheIpv4Address() {
        assertThat(records("1000130600000000000000000000ffffc00002010fa0"))
                .containsExactly(new LinkRecord.Seen(ADDRESS));
    }

    @Test
    void helloMaySayWhereItsSenderIsAndMoreThatALaterVersionKnows() {
        ExtensionRecord hello = new ExtensionRecord.Hello(4_000, 1_200, 3_600, 5, Optional.of(ADDRESS));
        String body = "0fa0000004b000000e100000000000000005" + "04c00002010fa0";

        assertThat(records("0d0019" + body)).containsExactly(hello);
        assertThat(records("0d001c" + body + "ffffff")).containsExactly(hello);
        assertThat(decode("0d0018" + body.substring(0, 48))).isEqualTo(Refusal.MALFORMED_RECORD);
    }

    @Test
    void upperBitOfTheHopsSaysWhoseParentTheReceiverIs() {
        assertThat(records("210007fedcba980102" + "05"))
                .containsExactly(new LinkRecord.Trunk(0xfedcba98, 258, 5, false));
        assertThat(records("210007fedcba980102" + "ff"))
                .containsExactly(new LinkRecord.Trunk(0xfedcba98, 258, LinkRecord.Trunk.NO_WAY, true));
    }

    @Test
    void recordOfAnotherLengthThanAWallClockIsNone() {
        assertThat(records("22000801020304050600ff")).containsExactly(new LinkRecord.Wall(0x01020304050600ffL));
        assertThat(records("22000101" + "220000" + "050000")).containsExactly(ExtensionRecord.PRUNE);
    }

    @Test
    void unknownRecordsAreSkippedWhateverTheirLength() {
        assertThat(records("00000016000115ff0003aabbcc050000")).containsExactly(ExtensionRecord.PRUNE);
        assertThat(decode("050000c80006")).isEqualTo(Refusal.RECORD_OVERRUN);
        assertThat(decode("050000c800")).isEqualTo(Refusal.RECORD_OVERRUN);
        assertThat(decode("050000c8")).isEqualTo(Refusal.RECORD_OVERRUN);
    }

    @Test
    void headerKeepsEveryFlagButTheMac() {
        int all = 0xff;
        Header header = new Header(all, 9, 1, 2, 3);
        Frame frame = Frame.extended(Message.KEEP_ALIVE, new Extension(header, List.of()));
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(frame, out);

        Frame read = (Frame) FrameCodec.decode(out.flip());
        assertThat(read.extension().orElseThrow().header()).isEqualTo(new Header(0xfe, 1, 2, 3));
        assertThat(Header.FLAG_MAC
                        + Header.FLAG_NEIGHBOUR
                        + Header.FLAG_PLEASE
                        + Header.FLAG_FULL
                        + Header.FLAG_LEAVING
                        + Header.FLAG_PROBE
                        + Header.FLAG_CLIENT)
                .isEqualTo(0x7f);
    }

    @Test
    void reservedByteAndKeyIdWithoutMacAreIgnored() {
        String header = HEADER.substring(0, 14) + "77ff" + HEADER.substring(18);

        assertThat(FrameCodec.decode(ByteBuffer.wrap(HEX.parseHex(header)))).isEqualTo(decode(""));
    }

    @Test
    void whatIsReadSharesNothingWithTheBufferAndLeavesItAtItsEnd() {
        byte[] bytes = HEX.parseHex(HEADER + "020017" + "00".repeat(20) + "414243" + "050000");
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Frame frame = (Frame) FrameCodec.decode(in);
        Arrays.fill(bytes, (byte) 0x55);

        assertThat(in.hasRemaining()).isFalse();
        assertThat(in.limit()).isEqualTo(bytes.length);
        assertThat(frame.extension().orElseThrow().records())
                .containsExactly(
                        new ExtensionRecord.Push(new Hash(0), 0, 0, Content.ofText("ABC")), ExtensionRecord.PRUNE);
    }

    @Test
    void frameIsReadFromAReadOnlyAndFromADirectBuffer() {
        byte[] bytes = HEX.parseHex(HEADER + "050000");
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.BIG_ENDIAN);
        direct.put(bytes).flip();

        assertThat(FrameCodec.decode(ByteBuffer.wrap(bytes).asReadOnlyBuffer())).isEqualTo(decode("050000"));
        assertThat(FrameCodec.decode(direct)).isEqualTo(decode("050000"));
    }

    @Test
    void recordThatItsLengthCannotStateIsNotMade() {
        assertThat(new ExtensionRecord.Metas(Collections.nCopies(2_047, Meta.nothing(KEY))))
                .isNotNull();
        refused(() -> new ExtensionRecord.Metas(Collections.nCopies(2_048, Meta.nothing(KEY))));
        refused(() -> new ExtensionRecord.Gets(Collections.nCopies(2_731, Version.nothing(KEY))));
        refused(() -> new ExtensionRecord.Ask(Collections.nCopies(8_192, KEY)));
        refused(() -> new ClientRecord.Watch(Collections.nCopies(8_192, KEY)));
        refused(() -> new LinkRecord.Peers(Collections.nCopies(9_363, ADDRESS)));
        refused(() -> new TreeRecord.Listing(Prefix.ROOT, Collections.nCopies(2_048, Meta.nothing(KEY))));
        refused(() -> new ExtensionRecord.Push(KEY, 0, 0, content(65_516)));
        refused(() -> new ChunkRecord.Chunk(Version.nothing(KEY), 0, content(65_508)));
        refused(() -> new ClientRecord.Reply(0, 0, content(65_524)));
    }

    @Test
    void largestRecordIsReadBack() {
        ExtensionRecord push = new ExtensionRecord.Push(KEY, 0, 0, content(65_515));
        Frame frame = Frame.extended(Message.KEEP_ALIVE, new Extension(new Header(0, 1, 2, 3), List.of(push)));
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(frame, out);

        assertThat(FrameCodec.decode(out.flip())).isEqualTo(frame);
    }

    @Test
    void whatIsOutOfRangeIsNotMade() {
        refused(() -> new TreeRecord.Sums(Prefix.of(1, 64), ChildSums.of(new long[16])));
        refused(() -> ChildSums.of(1, 2, 3));
        refused(() -> new ClientRecord.Query(1, 256, 0));
        refused(() -> new ClientRecord.Query(1, -1, 0));
        refused(() -> new ExtensionRecord.Hello(-1, 0, 0, 0));
        refused(() -> new ExtensionRecord.Hello(65_536, 0, 0, 0));
        refused(() -> new Header(256, 0, 0, 0));
        refused(() -> new Header(0, 256, 0, 0, 0));
    }

    private static void refused(Runnable maker) {
        assertThatThrownBy(maker::run).isInstanceOf(IllegalArgumentException.class);
    }

    private static Content content(int bytes) {
        return Content.of(new byte[bytes]);
    }

    /** The record with the length that it really has, so that nothing but its body is wrong. */
    private static String fixLength(String record) {
        int bodyBytes = record.length() / 2 - 3;
        return record.substring(0, 2) + HEX.toHexDigits((short) bodyBytes) + record.substring(6);
    }

    private static List<ExtensionRecord> records(String hex) {
        return ((Frame) decode(hex)).extension().orElseThrow().records();
    }

    private static Decoded decode(String records) {
        return FrameCodec.decode(ByteBuffer.wrap(HEX.parseHex(HEADER + records)));
    }
}
