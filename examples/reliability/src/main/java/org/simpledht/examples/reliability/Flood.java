package org.simpledht.examples.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Datagrams of all kinds from many addresses, as many per second as are asked for or as this machine sends. */
final class Flood implements Runnable {

    private static final int SOURCES = 64;
    private static final int AT_ONCE = 200;
    private static final int PREPARED = 4_096;

    private final InetSocketAddress node;
    private final int perSecond;
    private final long seconds;
    private volatile long sent;

    Flood(int port, int perSecond, long seconds) {
        node = new InetSocketAddress("127.0.0.1", port);
        this.perSecond = perSecond;
        this.seconds = seconds;
    }

    @Override
    public void run() {
        SplittableRandom dice = new SplittableRandom(1);
        List<DatagramChannel> sources = new ArrayList<>();
        try {
            for (int i = 0; i < SOURCES; i++) {
                sources.add(DatagramChannel.open().bind(new InetSocketAddress("127." + (100 + i) + ".1.1", 0)));
            }
            send(sources, prepare(dice), dice);
            for (DatagramChannel source : sources) {
                source.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made before, as the node's processor is to be busy and not ours. */
    private static List<ByteBuffer> prepare(SplittableRandom dice) {
        List<ByteBuffer> datagrams = new ArrayList<>();
        Attack[] attacks = Attack.values();
        for (int i = 0; i < PREPARED; i++) {
            ByteBuffer datagram = attacks[i % attacks.length].datagram(dice);
            ByteBuffer direct = ByteBuffer.allocateDirect(datagram.remaining());
            datagrams.add(direct.put(datagram).flip());
        }
        return datagrams;
    }

    private void send(List<DatagramChannel> sources, List<ByteBuffer> datagrams, SplittableRandom dice)
            throws IOException {
        long startNanos = System.nanoTime();
        long endNanos = startNanos + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() - endNanos < 0) {
            long due = (System.nanoTime() - startNanos) / 1_000 * perSecond / 1_000_000;
            for (int i = 0; i < AT_ONCE && sent < due; i++) {
                ByteBuffer datagram = datagrams.get(dice.nextInt(PREPARED)).duplicate();
                sources.get(dice.nextInt(SOURCES)).send(datagram, node);
                sent++;
            }
        }
    }

    long sent() {
        return sent;
    }
}
