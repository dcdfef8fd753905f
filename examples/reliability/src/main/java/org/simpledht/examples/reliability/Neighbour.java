package org.simpledht.examples.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An honest peer as of 2017: a sign of life each second, an answer to the challenge, and a look at how regular the node's own are. */
final class Neighbour implements Runnable {

    private static final byte GET = 0;
    private static final byte KEEP_ALIVE = 2;
    private static final byte I_HAVE = 3;

    private final InetSocketAddress node;
    private volatile boolean stopping;
    private volatile long longestGapNanos;
    private long lastNanos;

    Neighbour(int port) {
        node = new InetSocketAddress("127.0.0.1", port);
    }

    @Override
    public void run() {
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress("127.0.0.9", 0)).configureBlocking(false);
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
            long nextNanos = System.nanoTime();
            while (!stopping) {
                if (System.nanoTime() - nextNanos >= 0) {
                    channel.send(ByteBuffer.wrap(new byte[] {KEEP_ALIVE}), node);
                    nextNanos += TimeUnit.SECONDS.toNanos(1);
                }
                for (buffer.clear(); channel.receive(buffer) != null; buffer.clear()) {
                    hear(channel, buffer.flip());
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void hear(DatagramChannel channel, ByteBuffer frame) throws IOException {
        byte type = frame.get(0);
        if (type == I_HAVE) {
            channel.send(
                    ByteBuffer.allocate(9).put(GET).putLong(frame.getLong(1)).flip(), node);
        } else if (type == KEEP_ALIVE) {
            long now = System.nanoTime();
            longestGapNanos = lastNanos == 0 ? 0 : Math.max(longestGapNanos, now - lastNanos);
            lastNanos = now;
        }
    }

    long longestGapMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestGapNanos);
    }

    void stop() {
        stopping = true;
    }
}
