package org.simpledht.examples.chaos;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A relay's datagrams. Who has sent one that comes from another relay is told by that relay's address. */
final class Datagrams {

    private static final int LARGEST = 65_507;

    /** Datagrams that wait for their time; what is more is lost, as in a router. */
    private static final int MOST_WAITING = 4_000;

    private final int node;
    private final Link out;
    private final Link in;
    private final DatagramSocket others;
    private final Map<Integer, DatagramSocket> as = new HashMap<>();
    private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(1);

    Datagrams(int node, int count, Link out, Link in) throws IOException {
        this.node = node;
        this.out = out;
        this.in = in;
        others = new DatagramSocket(new InetSocketAddress(Addresses.ofRelay(node), Addresses.PORT));
        for (int other = 1; other <= count; other++) {
            if (other != node) {
                as.put(other, new DatagramSocket(new InetSocketAddress(Addresses.ofNode(other), Addresses.PORT)));
            }
        }
    }

    void begin() throws IOException {
        InetAddress ours = InetAddress.getByName(Addresses.ofNode(node));
        new Thread(() -> carry(others, in, ours)).start();
        for (Map.Entry<Integer, DatagramSocket> other : as.entrySet()) {
            InetAddress relay = InetAddress.getByName(Addresses.ofRelay(other.getKey()));
            new Thread(() -> carry(other.getValue(), out, relay)).start();
        }
    }

    private void carry(DatagramSocket socket, Link link, InetAddress to) {
        byte[] buffer = new byte[LARGEST];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
            } catch (IOException e) {
                // An answer to what was sent before: nobody was there.
                continue;
            }
            DatagramSocket sender =
                    socket == others ? as.get(Addresses.node(packet.getAddress().getAddress())) : others;
            int copies = sender == null ? 0 : link.copies();
            for (int copy = 0; copy < copies; copy++) {
                byte[] bytes = Arrays.copyOf(buffer, packet.getLength());
                link.touch(bytes, bytes.length);
                if (later.getQueue().size() < MOST_WAITING) {
                    later.schedule(() -> send(sender, bytes, to), link.delayNanos(), TimeUnit.NANOSECONDS);
                }
            }
        }
    }

    private static void send(DatagramSocket sender, byte[] bytes, InetAddress to) {
        try {
            sender.send(new DatagramPacket(bytes, bytes.length, to, Addresses.PORT));
        } catch (IOException e) {
            // Lost, as a datagram may be: the link is down.
        }
    }
}
