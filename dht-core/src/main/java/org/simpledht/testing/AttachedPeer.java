package org.simpledht.testing;

import org.simpledht.types.NetAddress;

/** Connects a {@link SimulatedPeer} with the network. */
final class AttachedPeer implements SimulatedNetwork.Receiver, SimulatedPeer.Line {

    private final SimulatedNetwork network;
    private final SimulatedHost host;
    private final NetAddress local;
    private final SimulatedPeer peer;

    AttachedPeer(SimulatedNetwork network, SimulatedHost host, NetAddress local, SimulatedPeer peer) {
        this.network = network;
        this.host = host;
        this.local = local;
        this.peer = peer;
    }

    @Override
    public SimulatedHost host() {
        return host;
    }

    @Override
    public void receive(NetAddress from, byte[] frame) {
        host.when(() -> peer.receive(from, frame.clone(), this));
    }

    @Override
    public NetAddress address() {
        return local;
    }

    @Override
    public long nowNanos() {
        return network.agenda().nowNanos();
    }

    @Override
    public void send(NetAddress to, byte[] frame) {
        sendForged(local, to, frame);
    }

    @Override
    public void sendForged(NetAddress from, NetAddress to, byte[] frame) {
        network.send(host, from, to, frame.clone());
    }

    @Override
    public void wakeIn(long nanos) {
        network.agenda().in(nanos, () -> host.when(() -> peer.wake(this)));
    }
}
