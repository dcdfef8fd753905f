package org.simpledht.testing;

import org.simpledht.types.NetAddress;

/** Connects a {@link SimulatedPeer} with the network. */
final class AttachedPeer implements Wire.Receiver, SimulatedPeer.Line {

    private final Wire wire;
    private final Agenda agenda;
    private final SimulatedHost host;
    private final NetAddress local;
    private final SimulatedPeer peer;
    private final boolean changesFrames;
    private final int life;

    AttachedPeer(Wire wire, Agenda agenda, SimulatedHost host, NetAddress local, SimulatedPeer peer) {
        this.wire = wire;
        this.agenda = agenda;
        this.host = host;
        this.local = local;
        this.peer = peer;
        changesFrames = !(peer instanceof UnchangingPeer);
        life = host.turns().life();
        wire.listen(local, this);
        host.turns().attached(this);
        if (peer instanceof SimulatedPeer.Eavesdropper) {
            wire.overhear(this);
        }
        wakeIn(0);
    }

    @Override
    public SimulatedHost host() {
        return host;
    }

    @Override
    public void receive(NetAddress from, byte[] frame) {
        peer.receive(from, own(frame), this);
    }

    void overhear(SimulatedHost sender, Flight flight) {
        if (sender != host && !host.turns().standsStill()) {
            ((SimulatedPeer.Eavesdropper) peer).overhear(flight.from, flight.to, own(flight.frame), this);
        }
    }

    private byte[] own(byte[] frame) {
        return changesFrames ? frame.clone() : frame;
    }

    @Override
    public NetAddress address() {
        return local;
    }

    @Override
    public long nowNanos() {
        return agenda.nowNanos();
    }

    @Override
    public void send(NetAddress to, byte[] frame) {
        sendForged(local, to, frame);
    }

    @Override
    public void sendForged(NetAddress from, NetAddress to, byte[] frame) {
        wire.send(host, from, to, own(frame));
    }

    @Override
    public void wakeIn(long nanos) {
        agenda.in(nanos, () -> host.turns().whenAwake(this::wake));
    }

    private void wake() {
        // With its machine a peer is gone, too.
        if (life == host.turns().life()) {
            peer.wake(this);
        }
    }
}
