package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.NetAddress;

/** Sees each frame that good nodes send and read, and what it costs whom, and of whom they tell. */
final class Border implements Wire.Watcher {

    private final Agenda agenda;
    private final Map<NetAddress, SimulatedHost> good = new HashMap<>();
    private final Map<NetAddress, Ledger> ledgers = new HashMap<>();
    private final Proofs proofs = new Proofs();
    private final GuestWrites guestWrites = new GuestWrites();

    Border(Agenda agenda) {
        this.agenda = agenda;
    }

    void watch(Ours node) {
        good.put(node.address(), node.host());
        ledgers.put(node.address(), new Ledger(node.address()));
    }

    GuestWrites guestWrites() {
        return guestWrites;
    }

    private static Frame decode(Flight flight) {
        return FrameCodec.decode(ByteBuffer.wrap(flight.frame)) instanceof Frame frame ? frame : null;
    }

    @Override
    public void sent(Flight flight) {
        if (good.get(flight.from) != flight.sender) {
            // Of somebody else, or in the name of one of them.
            return;
        }
        Frame frame = decode(flight);
        proofs.sent(flight.from, flight.to, frame);
        frame.extension().ifPresent(extension -> lookAtPeers(flight.from, extension));
        if (!good.containsKey(flight.to) && !proofs.hasShown(flight.from, flight.to)) {
            ledgers.get(flight.from).sent(flight.to, flight.frame.length, agenda.nowNanos());
        }
    }

    /** Whoever can forge an address could else have all nodes turn to it. */
    private void lookAtPeers(NetAddress node, Extension extension) {
        for (ExtensionRecord record : extension.records()) {
            if (record instanceof LinkRecord.Peers peers) {
                for (NetAddress address : peers.addresses()) {
                    if (!proofs.hasShown(node, address)) {
                        throw new AssertionError(
                                node + " tells of " + address + ", which has not shown that it is there");
                    }
                }
            }
        }
    }

    @Override
    public void read(Flight flight) {
        if (!good.containsKey(flight.to)) {
            return;
        }
        boolean isGood = good.containsKey(flight.from);
        if (!isGood) {
            ledgers.get(flight.to).received(flight.from, flight.frame.length, agenda.nowNanos());
        }
        if (!proofs.hasShown(flight.to, flight.from)) {
            Frame frame = decode(flight);
            if (frame != null) {
                proofs.read(flight.to, flight.from, frame);
                boolean isBare = frame.extension().isEmpty();
                if (isBare && frame.carrier() instanceof Message.Put put && Loot.isOfGuests(put.hash())) {
                    guestWrites.read(flight.to, put.hash(), agenda.nowNanos());
                }
            }
        }
    }
}
