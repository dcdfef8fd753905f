package org.simpledht.core;

import java.util.List;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.Message;

/** Which paths can be used, and what becomes of tables and streams when one ends, turns out to lead to ourselves, or is one too many. */
final class Paths {

    private final List<Binding> bindings;
    private final PeerTable peers;
    private final Streams streams;
    private final PendingGets pending;
    private final Sender sender;
    private final Outbox outbox;

    Paths(List<Binding> bindings, PeerTable peers, Streams streams, PendingGets pending, Sender sender, Outbox outbox) {
        this.bindings = bindings;
        this.peers = peers;
        this.streams = streams;
        this.pending = pending;
        this.sender = sender;
        this.outbox = outbox;
    }

    /** The path itself, or the same address from another binding of the same transport; null if none of them reaches it. */
    Path reachable(Path path) {
        if (bindings.get(path.binding()).maxFrameBytes(path.remote()) > 0) {
            return path;
        }
        String scheme = bindings.get(path.binding()).scheme();
        for (int i = 0; i < bindings.size(); i++) {
            if (bindings.get(i).scheme().equals(scheme) && bindings.get(i).maxFrameBytes(path.remote()) > 0) {
                return new Path(i, path.remote());
            }
        }
        return null;
    }

    /** A frame with our own node id came from there. */
    void heardOurselves(Path from, Now now) {
        if (peers.markOwn(from, sender.isStream(from), now)) {
            if (streams.mustAnswerHello(from)) {
                // Our own end that opened this stream is to learn that the address it opened it to is its own.
                sender.sendHello(from, now);
            }
            disconnect(from);
        }
    }

    /** What a header asks for beside its records, unless its frame is older than another one: it may be a replay. */
    void obeyFlags(Path from, Peer peer, Header header, Now now) {
        if (header.has(Header.FLAG_LEAVING)) {
            List<Path> paths = List.copyOf(peer.paths());
            peers.drop(peer, now);
            paths.forEach(this::disconnect);
        } else if (header.has(Header.FLAG_PROBE)) {
            sender.extended(from, Message.KEEP_ALIVE, now);
        }
    }

    /** Of two streams to one node one is enough. */
    void closeSuperfluousStream(Path from, Peer peer, Now now) {
        if (peer.path().equals(from) || !peers.contains(peer)) {
            return;
        }
        Path superfluous = streams.superfluous(peer.path(), from, peer.nodeId(), now);
        if (superfluous != null) {
            // Where it led is still known, or a seed there would be dialled for ever.
            peer.avoid(superfluous);
            disconnect(superfluous);
        }
    }

    /** Ends a stream from our side; a path without connection has nothing to end. */
    void disconnect(Path path) {
        streams.closed(path);
        pending.forget(path);
        if (sender.isStream(path)) {
            outbox.add(new Outbox.Disconnect(path));
        }
    }

    /** A stream is gone, or could not be opened. */
    void closed(Path path, Now now) {
        boolean ours = streams.isOurs(path);
        streams.closed(path);
        pending.forget(path);
        Peer peer = peers.removePath(path, now);
        if (peer != null && peer.isHeard() && ours && !peers.contains(peer)) {
            // Its address is known because we opened the stream: the next KeepAlive opens another one.
            Peer again = peers.addCandidate(path, now);
            if (again != null) {
                again.vouchFor();
            }
        }
    }
}
