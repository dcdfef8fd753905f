package org.simpledht.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class ContentTest {

    @Test
    void contentsAreComparedByTheirBytes() {
        assertThat(Content.of(new byte[] {1, 2}))
                .isEqualTo(Content.of(new byte[] {1, 2}))
                .hasSameHashCodeAs(Content.of(new byte[] {1, 2}))
                .isNotEqualTo(Content.of(new byte[] {1, 3}))
                .isNotEqualTo(null);
    }

    @Test
    void arraysAreCopiedBothWays() {
        byte[] bytes = {1, 2};
        Content content = Content.of(bytes);
        bytes[0] = 9;
        content.toBytes()[1] = 9;

        assertThat(content.toBytes()).containsExactly(1, 2);
    }

    @Test
    void readTakesACopyAndAdvancesTheBuffer() {
        byte[] bytes = {1, 2, 3, 4};
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        Content content = Content.read(buffer, 3);
        bytes[0] = 9;

        assertThat(content.toBytes()).containsExactly(1, 2, 3);
        assertThat(buffer.remaining()).isEqualTo(1);
    }

    @Test
    void bufferIsReadOnlyAndAlwaysWhole() {
        Content content = Content.of(new byte[] {1, 2});
        content.asBuffer().get();

        assertThat(content.asBuffer().remaining()).isEqualTo(2);
        assertThatThrownBy(() -> content.asBuffer().put((byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void writingBeyondTheRoomFails() {
        assertThatThrownBy(() -> Content.of(new byte[2]).writeTo(ByteBuffer.allocate(1)))
                .isInstanceOf(BufferOverflowException.class);
    }

    @Test
    void textIsUtf8() {
        assertThat(Content.ofText("é").toBytes()).containsExactly(0xc3, 0xa9);
        assertThat(Content.of(new byte[] {(byte) 0xc3, (byte) 0xa9}).toText()).isEqualTo("é");
        assertThat(Content.of(new byte[] {-1}).toText()).isEqualTo("\ufffd");
    }

    @Test
    void nothingIsAContentToo() {
        assertThat(Content.of(new byte[0])).isSameAs(Content.EMPTY).isEqualTo(Content.ofText(""));
        assertThat(Content.read(ByteBuffer.allocate(0), 0).size()).isZero();
    }

    @Test
    void wordsTellTheSizeAlone() {
        assertThat(Content.ofText("secret")).hasToString("Content[6 bytes]");
    }
}
