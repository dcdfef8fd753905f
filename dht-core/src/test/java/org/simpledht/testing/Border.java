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
    private final Originals originals;
    private final Writes writes;
    private final boolean areKnown;
    private final Map<NetAddress, Ours> good = new HashMap<>();
    private final Map<Ours, Ledger> ledgers = new HashMap<>();
    private final Proofs proofs = new Proofs();
    private final GuestWrites guestWrites = new GuestWrites();

    /**
     * @param areKnown whether good nodes know each other for what they are, and say nothing to each other without its version
     */
    Border(Agenda agenda, Originals originals, Writes writes, boolean areKnown) {
        this.agenda = agenda;
        this.originals = originals;
        this.writes = writes;
        this.areKnown = areKnown;
    }

    void watch(Ours node) {
        node.addresses().forEach(address -> good.put(address, node));
    }

    /**
     * Another life of a good node: nobody has shown it anything, whatever the one before knew. So its budgets are whole again, as
     * nothing that it does not remember can count; and so is what somebody else must show it.
     */
    void begins(Ours node) {
        proofs.forget(node.address());
        ledgers.put(node, new Ledger(node.name(), agenda.nowNanos()));
    }

    GuestWrites guestWrites() {
        return guestWrites;
    }

    private static Frame decode(Flight flight) {
        return FrameCodec.decode(ByteBuffer.wrap(flight.frame)) instanceof Frame frame ? frame : null;
    }

    @Override
    public void sent(Flight flight) {
        Ours node = good.get(flight.from);
        Ours to = good.get(flight.to);
        if (node == null || node.host() != flight.sender) {
            // Of somebody else, or in the name of one of them.
            if (to != null && originals.isOf(flight)) {
                heardWithoutVersion(to, decode(flight));
            }
            return;
        }
        Frame frame = decode(flight);
        if (to != null && !areKnown) {
            heardWithoutVersion(to, frame);
        }
        proofs.sent(node.address(), flight.to, frame);
        boolean hasShown = proofs.hasShown(node.address(), flight.to);
        originals.sent(node, flight, frame);
        frame.extension().ifPresent(extension -> lookAtPeers(node.address(), extension));
        if (to == null && !hasShown) {
            ledgers.get(node).sent(flight.to, flight.frame.length, agenda.nowNanos());
        }
    }

    /** Who has not asked for it in this life takes it for a fresh write. */
    private void heardWithoutVersion(Ours to, Frame frame) {
        if (frame.extension().isEmpty() && frame.carrier() instanceof Message.Put put) {
            writes.mayBeRepeated(to.address(), put.hash(), put.content());
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
        Ours node = good.get(flight.to);
        if (node == null || !node.isUp()) {
            return;
        }
        if (!good.containsKey(flight.from)) {
            ledgers.get(node).received(flight.from, flight.frame.length, agenda.nowNanos());
        }
        boolean isOriginal = originals.isOne(flight.from);
        boolean hasShown = proofs.hasShown(node.address(), flight.from);
        Frame frame = hasShown && !isOriginal ? null : decode(flight);
        if (frame == null) {
            return;
        }
        if (isOriginal) {
            originals.read(node, flight.from, frame);
        }
        if (!hasShown) {
            proofs.read(node.address(), flight.from, frame);
            boolean isBare = frame.extension().isEmpty();
            if (isBare && frame.carrier() instanceof Message.Put put && Loot.isOfGuests(put.hash())) {
                guestWrites.read(node.address(), put.hash(), agenda.nowNanos());
            }
        }
    }
}
