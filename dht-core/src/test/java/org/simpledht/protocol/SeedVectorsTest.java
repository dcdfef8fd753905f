package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.simpledht.testkit.Vector;

/** The frames of the protocol of 2017, right and wrong, against the codec. */
class SeedVectorsTest {

    static List<Vector> ok() {
        return Vector.classic().stream().filter(Vector::valid).toList();
    }

    static List<Vector> bad() {
        return Vector.classic().stream().filter(vector -> !vector.valid()).toList();
    }

    @Test
    void fileIsWhole() {
        assertThat(ok()).hasSize(8);
        assertThat(bad()).hasSize(12);
    }

    @ParameterizedTest
    @MethodSource("ok")
    void okIsEncodedToTheSameBytes(Vector vector) {
        Frame frame = (Frame) decode(vector.bytes().toBytes());
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(frame, out);

        assertThat(out.hasRemaining()).isFalse();
        assertThat(out.array()).isEqualTo(vector.bytes().toBytes());
        assertThat(frame.extension()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ok")
    void okWithATailIsTheSameFrame(Vector vector) {
        byte[] bytes = vector.bytes().toBytes();
        byte[] longTail = Arrays.copyOf(bytes, bytes.length + 60_000);
        byte[] secondMessage = Arrays.copyOf(bytes, bytes.length + 9);

        assertThat(decode(longTail)).isEqualTo(decode(bytes));
        assertThat(decode(secondMessage)).isEqualTo(decode(bytes));
    }

    @ParameterizedTest
    @MethodSource("ok")
    void okWithAnExtensionCutInItsHeaderIsTheSameFrame(Vector vector) {
        byte[] bytes = vector.bytes().toBytes();
        byte[] cut = Arrays.copyOf(bytes, bytes.length + ExtensionLayout.HEADER_BYTES - 1);
        ByteBuffer.wrap(cut).putInt(bytes.length, ExtensionLayout.MAGIC);

        assertThat(decode(cut)).isEqualTo(decode(bytes));
    }

    @ParameterizedTest
    @MethodSource("ok")
    void okIsRefusedAtEachTruncation(Vector vector) {
        byte[] bytes = vector.bytes().toBytes();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(decode(Arrays.copyOf(bytes, length)))
                    .as("first %d bytes", length)
                    .isEqualTo(length == 0 ? Refusal.EMPTY : Refusal.TRUNCATED);
        }
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badIsRefused(Vector vector) {
        assertThat(decode(vector.bytes().toBytes())).isInstanceOf(Refusal.class);
    }

    private static Decoded decode(byte[] bytes) {
        return FrameCodec.decode(ByteBuffer.wrap(bytes));
    }
}
