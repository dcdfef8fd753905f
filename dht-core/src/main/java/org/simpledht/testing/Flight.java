package org.simpledht.testing;

import org.simpledht.types.NetAddress;

/** A frame on its way; as an event, its arrival. Nobody changes it, so that a repeated frame is the same one twice. */
final class Flight implements Runnable {

    final SimulatedHost sender;
    final NetAddress from;
    final NetAddress to;
    final byte[] frame;
    final long digest;

    private final Wire wire;

    /** The sender is the host that it really comes from, whatever its source address says. */
    Flight(Wire wire, SimulatedHost sender, NetAddress from, NetAddress to, byte[] frame) {
        this.wire = wire;
        this.sender = sender;
        this.from = from;
        this.to = to;
        this.frame = frame;
        digest = Trace.digest(from, to, frame);
    }

    @Override
    public void run() {
        wire.arrive(this);
    }
}
