package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.simpledht.types.NetAddress;

/** Somebody who writes down what arrives, and sends what it is told to: numbered frames of one size. */
final class Mailbox implements SimulatedPeer {

    private final List<Integer> numbers = new ArrayList<>();
    private final List<Duration> times = new ArrayList<>();
    private Line line;

    /** At a host of its own, ready to send. */
    static Mailbox at(SimulatedNetwork network, String host) {
        Mailbox mailbox = new Mailbox();
        network.attach(host, mailbox);
        network.advance(Duration.ZERO);
        return mailbox;
    }

    void send(Mailbox to, int number, int bytes) {
        send(to.address(), number, bytes);
    }

    void send(NetAddress to, int number, int bytes) {
        byte[] frame = new byte[bytes];
        frame[0] = (byte) number;
        line.send(to, frame);
    }

    /** Frames of 100 bytes, numbered from 0. */
    void sendMany(Mailbox to, int count) {
        for (int i = 0; i < count; i++) {
            send(to, i, 100);
        }
    }

    NetAddress address() {
        return line.address();
    }

    /** What has arrived, in order. */
    List<Integer> numbers() {
        return numbers;
    }

    /** When it has. */
    List<Duration> times() {
        return times;
    }

    @Override
    public void receive(NetAddress from, byte[] frame, Line itsLine) {
        numbers.add((int) frame[0]);
        times.add(Duration.ofNanos(itsLine.nowNanos()));
    }

    @Override
    public void wake(Line itsLine) {
        line = itsLine;
    }
}
