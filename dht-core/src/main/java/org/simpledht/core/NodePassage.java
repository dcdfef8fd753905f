package org.simpledht.core;

/** Of a node: what the {@link Gate} lets, and what is kept of peers. */
final class NodePassage implements Passage {

    private final Gate gate;
    private final PeerTable peers;
    private final Seal seal;

    NodePassage(Gate gate, PeerTable peers, Seal seal) {
        this.gate = gate;
        this.peers = peers;
        this.seal = seal;
    }

    @Override
    public boolean lets(Path to, int bytes, Now now) {
        return gate.lets(to, bytes, now);
    }

    @Override
    public boolean isFree(Path to, Now now) {
        return gate.isFree(to, now);
    }

    @Override
    public long tokenFor(Path to) {
        Peer peer = peers.at(to);
        return peer == null ? 0 : peer.way(to).token();
    }

    @Override
    public long cookieFor(Path to, Now now) {
        if (gate.isExempt(to)) {
            return 0;
        }
        long cookie = gate.cookie(to, now);
        Peer peer = peers.at(to);
        return peer != null && peer.way(to).shown() == cookie ? 0 : cookie;
    }

    @Override
    public long nodeIdAt(Path to) {
        Peer peer = peers.at(to);
        return peer == null || peer.nodeId() == 0 ? seal.senderAt(to) : peer.nodeId();
    }
}
