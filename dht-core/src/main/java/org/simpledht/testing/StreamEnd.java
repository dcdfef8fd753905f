package org.simpledht.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/**
 * One end of a simulated connection, and what travels from it to the other: in order, nothing twice, and what gets lost is sent again
 * until it arrives or the connection breaks. A cut or clogged link in either direction stalls it, since nothing is acknowledged.
 */
final class StreamEnd {

    private static final long RESEND_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long BREAKS_AFTER_NANOS = TimeUnit.SECONDS.toNanos(60);

    private enum Kind {
        OPEN,
        FRAME,
        END
    }

    private record Segment(Kind kind, Flight flight, long readyNanos) {}

    private final SimulatedStreams owner;
    private final Wire wire;
    private final NetAddress local;
    private final NetAddress remote;
    private final Deque<Segment> output = new ArrayDeque<>();
    private StreamEnd other;
    private boolean established;
    private boolean carrying;
    private long stalledSinceNanos = -1;
    private long outputBytes;
    private boolean leaving;
    private boolean gone;

    private StreamEnd(SimulatedStreams owner, Wire wire, NetAddress local, NetAddress remote) {
        this.owner = owner;
        this.wire = wire;
        this.local = local;
        this.remote = remote;
    }

    /** Begins a connection to somewhere. */
    static StreamEnd dial(SimulatedStreams owner, Wire wire, NetAddress local, NetAddress remote) {
        StreamEnd end = new StreamEnd(owner, wire, local, remote);
        end.enqueue(Kind.OPEN, new byte[0]);
        return end;
    }

    /** The other end of a connection that somebody has begun. */
    StreamEnd accepted(SimulatedStreams by) {
        StreamEnd end = new StreamEnd(by, wire, remote, local);
        end.other = this;
        end.established = true;
        return end;
    }

    NetAddress remote() {
        return remote;
    }

    /** Bytes that the other side has not read yet. */
    long outputBytes() {
        return outputBytes;
    }

    void send(byte[] frame) {
        outputBytes += frame.length;
        owner.buffered(frame.length);
        enqueue(Kind.FRAME, frame);
    }

    /** Ends the connection behind what was sent, and hears of nothing any more. */
    void leave() {
        leaving = true;
        enqueue(Kind.END, new byte[0]);
    }

    /** Its machine is gone, without a word. */
    void crash() {
        gone = true;
        output.clear();
    }

    private void enqueue(Kind kind, byte[] frame) {
        Flight flight = new Flight(wire, owner.host(), local, remote, frame);
        long now = wire.agenda().nowNanos();
        wire.trace(Fate.SENT, flight);
        output.add(new Segment(kind, flight, now + wire.streamNanos(owner.host(), link(), frame.length)));
        carry();
    }

    /** The foremost travels; all others wait behind it, for the handshake too. */
    private void carry() {
        Segment head = output.peek();
        if (!carrying && !gone && head != null && (established || head.kind == Kind.OPEN)) {
            carrying = true;
            wire.agenda().in(head.readyNanos - wire.agenda().nowNanos(), this::arrive);
        }
    }

    private void arrive() {
        carrying = false;
        Segment head = output.peek();
        if (gone || head == null) {
            return;
        }
        if (isBlocked() || wire.isLost(link())) {
            wire.trace(Fate.LOST, head.flight);
            resend(head.kind);
            return;
        }
        stalledSinceNanos = -1;
        output.remove();
        switch (head.kind) {
            case OPEN -> open();
            case FRAME -> deliver(head.flight);
            case END -> end();
            default -> throw new IllegalStateException("no such segment: " + head.kind);
        }
        carry();
    }

    private void resend(Kind kind) {
        long now = wire.agenda().nowNanos();
        if (stalledSinceNanos < 0) {
            stalledSinceNanos = now;
        }
        long patience = kind == Kind.OPEN ? owner.limits().frameTimeout().toNanos() : BREAKS_AFTER_NANOS;
        if (now - stalledSinceNanos < patience) {
            carrying = true;
            wire.agenda().in(RESEND_NANOS, this::arrive);
        } else {
            fail(kind == Kind.OPEN ? TransportFault.CONNECT_FAILED : TransportFault.CONNECTION_LOST, "no answer");
        }
    }

    private SimulatedLink link() {
        return owner.host().linkTo(wire.hosts(), remote);
    }

    private boolean isBlocked() {
        SimulatedHost there = wire.hosts().at(remote);
        return there == null || isBlocked(link()) || isBlocked(there.linkTo(owner.host()));
    }

    private static boolean isBlocked(SimulatedLink link) {
        return link != null && (link.isCut() || link.isClogged());
    }

    private void open() {
        SimulatedStreams listener = wire.streamsAt(remote);
        other = listener == null ? null : listener.accept(this);
        back(() -> {
            if (other == null) {
                fail(TransportFault.CONNECT_FAILED, "connection refused");
            } else {
                established = true;
                carry();
            }
        });
    }

    private void deliver(Flight flight) {
        if (other.gone) {
            back(() -> fail(TransportFault.CONNECTION_LOST, "connection reset"));
            return;
        }
        other.owner.whenItReads(() -> {
            outputBytes -= flight.frame.length;
            owner.buffered(-flight.frame.length);
            if (!other.leaving) {
                wire.trace(Fate.RECEIVED, flight);
                other.owner.received(other, flight.frame);
            }
        });
    }

    private void end() {
        gone = true;
        if (!other.gone) {
            other.owner.whenItReads(() -> other.fail(null, "closed by the other side"));
        }
    }

    /** An answer needs its time, too. */
    private void back(Runnable answer) {
        SimulatedHost there = wire.hosts().at(remote);
        wire.agenda().in(wire.delayNanos(there.linkTo(owner.host())), answer);
    }

    private void fail(TransportFault fault, String reason) {
        if (gone) {
            return;
        }
        gone = true;
        owner.buffered(-outputBytes);
        output.clear();
        owner.whenItReads(() -> owner.lost(this, fault, reason));
    }
}
