package org.simpledht.transport.udp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.simpledht.transport.StreamLimits;
import org.simpledht.transport.TransportContext;
import org.simpledht.transport.TransportFault;
import org.simpledht.types.NetAddress;

/** Keeps what a transport of datagrams reports. What registering does is the test's affair. */
abstract class Reports implements TransportContext {

    final List<NetAddress> senders = new ArrayList<>();
    final List<TransportFault> faults = new ArrayList<>();
    final List<Throwable> causes = new ArrayList<>();

    @Override
    public final void received(NetAddress from, ByteBuffer frame) {
        senders.add(from);
    }

    @Override
    public final void fault(TransportFault fault, NetAddress remote, Throwable cause) {
        faults.add(fault);
        causes.add(cause);
    }

    @Override
    public final StreamLimits streamLimits() {
        throw new AssertionError("UDP has no streams");
    }

    @Override
    public final boolean offer(NetAddress from, ByteBuffer frame) {
        throw new AssertionError("UDP has no thread of its own");
    }

    @Override
    public final void accepted(NetAddress remote) {
        throw new AssertionError("UDP has no connections");
    }

    @Override
    public final void closed(NetAddress remote, String reason) {
        throw new AssertionError("UDP has no connections");
    }
}
