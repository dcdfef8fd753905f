package org.simpledht.examples.reliability;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How many bytes a node sends to an address that never answers, for each byte that seems to come from there. */
final class Reflection {

    private static final int SECONDS = 3;
    private static final int PER_SECOND = 1_000;

    /** What guests get beyond three times of what they sent: per second and at once, to one network. */
    private static final int BUDGET_PER_SECOND = 8 << 10;

    private static final int BUDGET_AT_ONCE = 16 * BUDGET_PER_SECOND;

    private final Attack attack;
    private long sent;
    private long received;
    private int answers;

    private Reflection(Attack attack) {
        this.attack = attack;
    }

    /**
     * @param network the attacker's address is in a network of its own, since all in one share a budget
     */
    static Reflection measure(Attack attack, int port, int network) throws IOException {
        Reflection reflection = new Reflection(attack);
        InetSocketAddress node = new InetSocketAddress("127.0.0.1", port);
        SplittableRandom dice = new SplittableRandom(network);
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
        try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress("127.77." + network + ".1", 0)).configureBlocking(false);
            long startNanos = System.nanoTime();
            for (int i = 0; i < SECONDS * PER_SECOND; i++) {
                reflection.sent += channel.send(attack.datagram(dice), node);
                reflection.receive(channel, buffer);
                long dueNanos = startNanos + i * TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
                LockSupport.parkNanos(Math.max(0, dueNanos - System.nanoTime()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
            reflection.receive(channel, buffer);
        }
        return reflection;
    }

    private void receive(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (channel.receive(buffer) != null) {
            received += buffer.position();
            answers++;
            buffer.clear();
        }
    }

    boolean isAnswered() {
        return answers > 0;
    }

    /** Bytes out for each byte in, beyond the guests' budget. */
    double factor() {
        return Math.max(0, received - BUDGET_AT_ONCE - (SECONDS + 1) * (double) BUDGET_PER_SECOND) / sent;
    }

    @Override
    public String toString() {
        return String.format("| %s | %,d | %,d | %.2f |", attack, sent, received, factor());
    }
}
