package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.transport.StreamLimits;

class FrameReaderTest {

    private static final HexFormat HEX = HexFormat.of();

    private final FrameReader reader = new FrameReader();

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "'', ''",
        "00000000, '|'",
        "00000001aa, 'aa|'",
        "00000003aabbcc, 'aabbcc|'",
        "00000001aa00000000000000020102, 'aa||0102|'",
        "00000001aa00, 'aa|…'",
        "00000001aa00000002, 'aa|…'",
        "00000001aa0000000201, 'aa|…'",
        "00010401, '!'",
        "7fffffff, '!'",
        "80000000, '!'",
        "ffffffff, '!'",
        "00000001aaffffffff00000001bb, 'aa|!'",
    })
    void bytesAreCutIntoFrames(String hex, String expected) {
        byte[] wire = HEX.parseHex(hex);
        for (int step = 1; step <= Math.max(1, wire.length); step++) {
            assertThat(cut(new FrameReader(), wire, step))
                    .as("%d bytes at a time", step)
                    .isEqualTo(expected);
        }
    }

    /** Frames end with a bar, a begun one is an ellipsis, broken framing an exclamation mark. */
    private static String cut(FrameReader reader, byte[] wire, int step) {
        StringBuilder seen = new StringBuilder();
        for (int from = 0; from < wire.length; from += step) {
            for (byte[] frame : feed(reader, ByteBuffer.wrap(wire, from, Math.min(step, wire.length - from)))) {
                seen.append(HEX.formatHex(frame)).append('|');
            }
        }
        return seen.append(reader.isMidFrame() ? "…" : "")
                .append(reader.isBroken() ? "!" : "")
                .toString();
    }

    private static List<byte[]> feed(FrameReader reader, ByteBuffer input) {
        List<byte[]> frames = new ArrayList<>();
        for (ByteBuffer frame = reader.next(input); frame != null; frame = reader.next(input)) {
            byte[] copy = new byte[frame.remaining()];
            frame.get(copy);
            frames.add(copy);
        }
        return frames;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 65_536, 66_564, 100_000})
    void largestFrameIsAccepted(int step) {
        byte[] content = random(StreamLimits.MAX_FRAME_BYTES);
        byte[] wire = wire(content);
        List<byte[]> frames = new ArrayList<>();
        for (int from = 0; from < wire.length; from += step) {
            frames.addAll(feed(reader, ByteBuffer.wrap(wire, from, Math.min(step, wire.length - from))));
        }
        assertThat(frames).containsExactly(content);
        assertThat(reader.isMidFrame()).isFalse();
    }

    @Test
    void anyFramesInAnyPiecesComeOutAsTheyWentIn() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<byte[]> sent = IntStream.range(0, 1 + random.nextInt(20))
                    .mapToObj(i -> random(random.nextInt(4) == 0 ? 0 : random.nextInt(3000)))
                    .toList();
            ByteBuffer wire = ByteBuffer.allocateDirect(
                    sent.stream().mapToInt(frame -> frame.length + 4).sum());
            sent.forEach(frame -> wire.put(wire(frame)));
            wire.flip();
            FrameReader fresh = new FrameReader();
            List<byte[]> received = new ArrayList<>();
            while (wire.hasRemaining()) {
                int bytes = Math.min(wire.remaining(), 1 + random.nextInt(4000));
                received.addAll(feed(fresh, wire.slice(wire.position(), bytes)));
                wire.position(wire.position() + bytes);
            }
            assertThat(received).as("seed %d", seed).containsExactlyElementsOf(sent);
        }
    }

    @Test
    void bufferGrowsWithWhatArrivedAndNotByThePromisedLength() {
        feed(reader, ByteBuffer.wrap(HEX.parseHex("00010400")));
        assertThat(reader.bufferedBytes()).isLessThanOrEqualTo(256);

        feed(reader, ByteBuffer.allocate(10_000));
        assertThat(reader.bufferedBytes()).isBetween(10_000, 20_100);
    }

    @Test
    void tooLongALengthAllocatesNothing() {
        feed(reader, ByteBuffer.wrap(HEX.parseHex("7fffffff00")));
        assertThat(reader.isBroken()).isTrue();
        assertThat(reader.bufferedBytes()).isZero();
    }

    @Test
    void bufferIsReleasedWithItsFrame() {
        byte[] wire = wire(random(5_000));
        feed(reader, ByteBuffer.wrap(wire, 0, 4_000));
        assertThat(reader.isMidFrame()).isTrue();

        feed(reader, ByteBuffer.wrap(wire, 4_000, wire.length - 4_000));
        assertThat(reader.bufferedBytes()).isZero();
    }

    private static byte[] random(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    private static byte[] wire(byte[] frame) {
        return ByteBuffer.allocate(4 + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array();
    }
}
