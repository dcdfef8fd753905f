package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;

/** What holds of every frame, tried with many; a failure names the seed's turn. */
class FrameCodecPropertiesTest {

    private static final long NODE_ID = 7;
    private static final KeyRing RING = KeyRing.of(ClusterKey.of(new byte[] {1, 2, 3}));
    private static final int FRAMES = 20_000;
    private static final int MUTATIONS = 1_500_000;
    private static final byte[] INTERESTING = {0, 1, 4, 6, 7, 8, 12, 13, 16, 19, 20, 24, 32, 64, 127, -128, -1};

    private final RandomFrames frames = new RandomFrames(1);

    @Test
    void everyKindOfRecordIsTried() {
        Set<Class<?>> kinds = new HashSet<>();
        for (int kind = 0; kind < RandomFrames.KINDS; kind++) {
            kinds.add(frames.record(kind).getClass());
        }
        assertThat(kinds).hasSize(ExtensionLayout.TYPE_GRAFT + 3);
    }

    @Test
    void decodedIsWhatWasEncodedAndAsLongAsItsSize() {
        for (int i = 0; i < FRAMES; i++) {
            Frame frame = frames.extended();
            byte[] bytes = encode(frame);

            assertThat(FrameCodec.decode(ByteBuffer.wrap(bytes)))
                    .as("frame %d", i)
                    .isEqualTo(frame);
        }
    }

    @Test
    void sizeOfAFrameIsThatOfItsParts() {
        for (int i = 0; i < FRAMES; i++) {
            Frame frame = frames.extended();
            List<ExtensionRecord> records = frame.extension().orElseThrow().records();
            int sum = records.stream().mapToInt(FrameCodec::size).sum();

            assertThat(FrameCodec.size(frame))
                    .isEqualTo(FrameCodec.size(Frame.classic(frame.carrier())) + FrameCodec.HEADER_BYTES + sum);
        }
    }

    @Test
    void signedFrameIsReadWithItsMacOnly() {
        FrameMac mac = new FrameMac(RING, NODE_ID);
        for (int i = 0; i < FRAMES; i++) {
            Frame frame = frames.extended();
            byte[] bytes = sign(frame, mac);

            Frame read = (Frame) FrameCodec.decode(ByteBuffer.wrap(bytes), mac);
            assertThat(read.carrier()).isEqualTo(frame.carrier());
            assertThat(read.extension().orElseThrow().records())
                    .isEqualTo(frame.extension().orElseThrow().records());
            assertThat(FrameCodec.decode(ByteBuffer.wrap(bytes))).isEqualTo(Refusal.UNAUTHENTIC);
        }
    }

    @Test
    void frameCutShortIsRefusedOrClassicOrEndsBetweenTwoRecords() {
        for (int i = 0; i < 1_000; i++) {
            Frame frame = frames.extended();
            byte[] bytes = encode(frame);
            for (int length = 0; length < bytes.length; length++) {
                assertThat(FrameCodec.decode(ByteBuffer.wrap(bytes, 0, length)))
                        .as("frame %d, %d bytes", i, length)
                        .isEqualTo(expectedOf(frame, length));
            }
        }
    }

    private static Decoded expectedOf(Frame frame, int length) {
        int carrierBytes = FrameCodec.size(Frame.classic(frame.carrier()));
        if (length < carrierBytes) {
            return length == 0 ? Refusal.EMPTY : Refusal.TRUNCATED;
        }
        if (length < carrierBytes + FrameCodec.HEADER_BYTES) {
            return Frame.classic(frame.carrier());
        }
        Extension extension = frame.extension().orElseThrow();
        int end = carrierBytes + FrameCodec.HEADER_BYTES;
        int whole = 0;
        while (end < length) {
            end += FrameCodec.size(extension.records().get(whole++));
        }
        return end > length
                ? Refusal.RECORD_OVERRUN
                : Frame.extended(
                        frame.carrier(),
                        new Extension(extension.header(), extension.records().subList(0, whole)));
    }

    @Test
    void signedFrameCutShortIsRefusedOrClassic() {
        FrameMac mac = new FrameMac(RING, NODE_ID);
        for (int i = 0; i < 200; i++) {
            Frame frame = frames.extended();
            byte[] bytes = sign(frame, mac);
            int carrierBytes = FrameCodec.size(Frame.classic(frame.carrier()));
            for (int length = carrierBytes; length < bytes.length; length++) {
                boolean classic = length < carrierBytes + FrameCodec.HEADER_BYTES;
                assertThat(FrameCodec.decode(ByteBuffer.wrap(bytes, 0, length), mac))
                        .isEqualTo(classic ? Frame.classic(frame.carrier()) : Refusal.UNAUTHENTIC);
            }
        }
    }

    /** Frames that were right once get far into the codec; what is still read can be written and read again. */
    @Test
    void spoiltFramesNeverThrow() {
        Random dice = new Random(2);
        FrameMac mac = new FrameMac(RING, NODE_ID);
        byte[][] corpus = new byte[4_000][];
        Arrays.setAll(corpus, i -> i % 8 == 0 ? sign(frames.extended(), mac) : encode(frames.extended()));
        Set<Refusal> refusals = new HashSet<>();
        int read = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = spoil(corpus[dice.nextInt(corpus.length)], dice);
            Decoded decoded = dice.nextInt(8) == 0
                    ? FrameCodec.decode(ByteBuffer.wrap(bytes), mac)
                    : FrameCodec.decode(ByteBuffer.wrap(bytes));
            if (decoded instanceof Frame frame) {
                read++;
                if (FrameCodec.size(frame) > bytes.length || !again(frame).equals(unsigned(frame))) {
                    throw new AssertionError("mutation " + i + " " + Arrays.toString(bytes));
                }
            } else {
                refusals.add((Refusal) decoded);
            }
        }
        assertThat(read).isBetween(MUTATIONS / 20, MUTATIONS * 19 / 20);
        assertThat(refusals).containsExactlyInAnyOrder(Refusal.values());
    }

    private static byte[] spoil(byte[] bytes, Random dice) {
        int length = dice.nextInt(4) == 0 ? dice.nextInt(bytes.length + 8) : bytes.length;
        byte[] spoilt = Arrays.copyOf(bytes, length);
        for (int left = length == 0 ? 0 : dice.nextInt(4); left > 0; left--) {
            int at = dice.nextInt(length);
            spoilt[at] = switch (dice.nextInt(3)) {
                case 0 -> (byte) (spoilt[at] ^ 1 << dice.nextInt(8));
                case 1 -> INTERESTING[dice.nextInt(INTERESTING.length)];
                default -> (byte) dice.nextInt();
            };
        }
        return spoilt;
    }

    private static Decoded again(Frame frame) {
        return FrameCodec.decode(ByteBuffer.wrap(encode(frame)));
    }

    private static Frame unsigned(Frame frame) {
        Extension extension = frame.extension().orElse(null);
        if (extension == null || !extension.header().isAuthentic()) {
            return frame;
        }
        Header header = extension.header();
        int flags = header.flags() & ~Header.FLAG_MAC;
        Header without = new Header(flags, header.nodeId(), header.clock(), header.token());
        return Frame.extended(frame.carrier(), new Extension(without, extension.records()));
    }

    private static byte[] encode(Frame frame) {
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(frame, out);
        if (out.hasRemaining()) {
            throw new AssertionError("shorter than its size: " + frame);
        }
        return out.array();
    }

    private static byte[] sign(Frame frame, FrameMac mac) {
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame) + FrameCodec.MAC_BYTES);
        FrameCodec.encode(frame, mac, NODE_ID, out);
        assertThat(out.hasRemaining()).isFalse();
        return out.array();
    }
}
