package org.simpledht.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.simpledht.types.NetAddress;

/** The ports of one host: those of datagrams and those of streams are not the same. */
final class Ports {

    /** Where the first one listens who does not care. */
    static final int FIRST = 4_000;

    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int LAST_EPHEMERAL = 60_999;

    private final Wire wire;
    private byte[] address;
    private final List<NetAddress> bound = new ArrayList<>();
    private int ephemeral = FIRST_EPHEMERAL;

    Ports(Wire wire, byte[] address) {
        this.wire = wire;
        this.address = address;
    }

    /** Those that are bound from now on are of that address. */
    void address(byte[] moved) {
        address = moved;
    }

    /** A port for datagrams; 0 for any. */
    NetAddress bind(int port) throws IOException {
        NetAddress local = free(port, wire::isTaken);
        bound.add(local);
        return local;
    }

    /** A port for streams; 0 for any. */
    NetAddress bindStreams(int port) throws IOException {
        return free(port, wire::isTakenByStreams);
    }

    private NetAddress free(int port, Predicate<NetAddress> isTaken) throws IOException {
        NetAddress local = NetAddress.of(address, port == 0 ? FIRST : port);
        while (port == 0 && isTaken.test(local)) {
            local = local.withPort(local.port() + 1);
        }
        if (isTaken.test(local)) {
            throw new IOException("address already in use: " + local);
        }
        return local;
    }

    /** Where a connection comes from that is begun here. */
    NetAddress ephemeral() {
        ephemeral = ephemeral == LAST_EPHEMERAL ? FIRST_EPHEMERAL : ephemeral + 1;
        return NetAddress.of(address, ephemeral);
    }

    void release(NetAddress local) {
        bound.remove(local);
        wire.hangUp(local);
    }

    void releaseAll() {
        bound.forEach(wire::hangUp);
        bound.clear();
    }
}
