package org.simpledht.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The hash of 32 bytes against the reference vectors, and against a plain one of any length that is held to them: key 00 to
 * 0f, message 00 to length − 1, the result as a number.
 */
class SipHash24Test {

    private static final byte[] KEY = PrimitivesVectorsTest.counting(16);

    @ParameterizedTest
    @CsvSource({
        "0, 726fdb47dd0e0e31",
        "1, 74f839c593dc67fd",
        "7, ab0200f58b01d137",
        "8, 93f5f5799a932462",
        // The example that the paper works out.
        "15, a129ca6149be45e5",
        "16, 3f2acc7f57c29bdb",
        "32, 7127512f72f27cce",
        "33, a7f32346f95978e3",
        "40, 0e3ea96b5304a7d0",
        "63, 958a324ceb064572"
    })
    void plainOneKeepsToTheReference(int length, String hash) {
        assertThat(Long.toHexString(plain(KEY, PrimitivesVectorsTest.counting(length))))
                .isEqualTo(hash.replaceFirst("^0", ""));
    }

    @Test
    void metaOfTheReferencesBytesHasTheReferencesHash() {
        Meta meta = Meta.read(ByteBuffer.wrap(PrimitivesVectorsTest.counting(Meta.BYTES)));

        assertThat(new SipHash24(KEY).of(meta)).isEqualTo(0x7127512f72f27cceL);
    }

    @Test
    void anyMetaHasTheHashOfItsBytes() {
        Random dice = new Random(2012);
        byte[] key = new byte[16];
        byte[] bytes = new byte[Meta.BYTES];
        for (int i = 0; i < 10_000; i++) {
            dice.nextBytes(key);
            dice.nextBytes(bytes);
            assertThat(new SipHash24(key).of(Meta.read(ByteBuffer.wrap(bytes)))).isEqualTo(plain(key, bytes));
        }
    }

    @Test
    void keyOfAnotherLengthIsNone() {
        assertThatThrownBy(() -> new SipHash24(new byte[15])).isInstanceOf(IllegalArgumentException.class);
    }

    private static long plain(byte[] key, byte[] message) {
        ByteBuffer k = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        long k0 = k.getLong(0);
        long k1 = k.getLong(8);
        long[] v = {
            k0 ^ 0x736f6d6570736575L, k1 ^ 0x646f72616e646f6dL, k0 ^ 0x6c7967656e657261L, k1 ^ 0x7465646279746573L
        };
        int padded = (message.length / 8 + 1) * 8;
        ByteBuffer words = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        words.put(message).put(padded - 1, (byte) message.length).rewind();
        while (words.hasRemaining()) {
            long word = words.getLong();
            v[3] ^= word;
            rounds(v, 2);
            v[0] ^= word;
        }
        v[2] ^= 0xff;
        rounds(v, 4);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void rounds(long[] v, int count) {
        for (int i = 0; i < count; i++) {
            v[0] += v[1];
            v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
            v[0] = Long.rotateLeft(v[0], 32);
            v[2] += v[3];
            v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
            v[0] += v[3];
            v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
            v[2] += v[1];
            v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
            v[2] = Long.rotateLeft(v[2], 32);
        }
    }
}
