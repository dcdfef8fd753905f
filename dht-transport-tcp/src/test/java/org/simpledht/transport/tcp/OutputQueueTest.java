package org.simpledht.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputQueueTest {

    private final Pipe pipe = new Pipe();
    private final ByteBuffer staging = ByteBuffer.allocateDirect(64);

    @Test
    void manyFramesLeaveInOneWrite() throws IOException {
        OutputQueue queue = new OutputQueue(1000);
        queue.offer(frame(1, 2, 3));
        queue.offer(frame());
        queue.offer(frame(4));

        assertThat(queue.writeTo(pipe, staging)).isTrue();
        assertThat(pipe.writes).isEqualTo(1);
        assertThat(pipe.bytes.toByteArray()).containsExactly(0, 0, 0, 3, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1, 4);
    }

    @Test
    void frameBeyondTheBoundIsRefusedWhole() throws IOException {
        OutputQueue queue = new OutputQueue(10);
        assertThat(queue.offer(frame(1, 2))).isTrue();
        assertThat(queue.offer(frame(3))).isFalse();
        assertThat(queue.offer(frame())).isTrue();
        assertThat(queue.offer(frame())).isFalse();

        queue.writeTo(pipe, staging);
        assertThat(pipe.bytes.toByteArray()).containsExactly(0, 0, 0, 2, 1, 2, 0, 0, 0, 0);
    }

    @Test
    void whatWasWrittenMakesRoom() throws IOException {
        OutputQueue queue = new OutputQueue(10);
        queue.offer(frame(1, 2, 3, 4, 5, 6));
        pipe.room = 5;
        assertThat(queue.writeTo(pipe, staging)).isFalse();
        assertThat(queue.offer(frame(7))).isTrue();
        assertThat(queue.offer(frame())).isFalse();

        pipe.room = 100;
        assertThat(queue.writeTo(pipe, staging)).isTrue();
        assertThat(pipe.bytes.toByteArray()).containsExactly(0, 0, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 0, 1, 7);
    }

    @Test
    void offeredBufferStaysAsItWas() {
        ByteBuffer frame = frame(1, 2, 3).position(1);
        new OutputQueue(100).offer(frame);
        assertThat(frame).isEqualTo(frame(2, 3));
    }

    @Test
    void bytesComeOutAsTheyWentInHoweverTheChannelTakesThem() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            OutputQueue queue = new OutputQueue(5_000);
            ByteArrayOutputStream expected = new ByteArrayOutputStream();
            Pipe slow = new Pipe();
            for (int i = 0; i < 300; i++) {
                byte[] content = new byte[random.nextInt(10) == 0 ? random.nextInt(3_000) : random.nextInt(100)];
                random.nextBytes(content);
                if (queue.offer(ByteBuffer.wrap(content))) {
                    expected.writeBytes(
                            ByteBuffer.allocate(4).putInt(content.length).array());
                    expected.writeBytes(content);
                }
                slow.room = random.nextInt(300);
                queue.writeTo(slow, staging);
            }
            slow.room = Integer.MAX_VALUE;
            assertThat(queue.writeTo(slow, staging)).isTrue();
            assertThat(slow.bytes.toByteArray()).as("seed %d", seed).isEqualTo(expected.toByteArray());
        }
    }

    @Test
    void emptyQueueHoldsNoLargeBuffer() throws IOException {
        OutputQueue queue = new OutputQueue(1_000_000);
        assertThat(queue.bufferedBytes()).isZero();
        queue.offer(ByteBuffer.allocate(60_000));
        assertThat(queue.bufferedBytes()).isBetween(60_004, 120_008);

        assertThat(queue.writeTo(pipe, staging)).isTrue();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.bufferedBytes()).isZero();
    }

    private static ByteBuffer frame(int... bytes) {
        ByteBuffer frame = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            frame.put((byte) b);
        }
        return frame.flip();
    }

    /** A channel that takes as much as it has room for. */
    private static final class Pipe implements WritableByteChannel {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int room = Integer.MAX_VALUE;
        int writes;

        @Override
        public int write(ByteBuffer source) {
            writes++;
            byte[] taken = new byte[Math.min(room, source.remaining())];
            source.get(taken);
            room -= taken.length;
            bytes.writeBytes(taken);
            return taken.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
