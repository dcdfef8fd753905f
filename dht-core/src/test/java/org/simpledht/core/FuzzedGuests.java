package org.simpledht.core;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.SipHash24;
import org.simpledht.types.IpNetwork;
import org.simpledht.types.NetAddress;

/**
 * What becomes of addresses that have shown nothing, told from frames alone: how much went there, and whether anybody there was
 * taken for more than a guest (docs/PROTOCOL.md, "Validation").
 */
final class FuzzedGuests {

    private static final int CREDIT = 3;
    private static final int GREETING_BYTES = 256;
    private static final int GREETINGS = 4;
    private static final int GREETING_SECONDS = 5;
    private static final int NODE_BURST = 4;
    private static final int NETWORK_BURST = 16;
    private static final int NETWORK_BITS_V4 = 24;
    private static final int NETWORK_BITS_V6 = 48;
    private static final long SHOWN_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** What is known of an address. */
    private static final class Guest {
        private long receivedBytes;
        private long sentBytes;
        private long beyondBytes;
        private long namings;
        private boolean isKnown;
        private boolean hasShown;
        private long shownNanos;
    }

    private final GateSettings settings;
    private final List<Binding> bindings;
    private final Now start;
    private final Cookies cookies;
    private final Map<NetAddress, Guest> guests = new HashMap<>();
    private final Map<NetAddress, Long> beyondOfNetworks = new HashMap<>();
    private final Map<Long, NetAddress> told = new HashMap<>();
    private final Set<NetAddress> shownElsewhere = new HashSet<>();
    private long beyond;

    FuzzedGuests(GateSettings settings, List<Binding> bindings, Now start) {
        this.settings = settings;
        this.bindings = bindings;
        this.start = start;
        byte[] secret = ByteBuffer.allocate(SipHash24.KEY_BYTES)
                .putLong(settings.secret0())
                .putLong(settings.secret1())
                .array();
        cookies = new Cookies(new SipHash24(secret), start);
    }

    private Guest guest(NetAddress address) {
        return guests.computeIfAbsent(address, a -> new Guest());
    }

    private boolean isExempt(Path path) {
        return bindings.get(path.binding()).stream() || isTrusted(path.remote());
    }

    private boolean isTrusted(NetAddress address) {
        for (IpNetwork network : settings.trusted()) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether who speaks from there has ever shown that it receives there, or need not. */
    boolean hasShown(Path path) {
        Guest guest = guests.get(path.remote());
        return isExempt(path) || guest != null && guest.hasShown;
    }

    /** Whether somebody has shown that he receives there, from there or, by its cookie, from elsewhere. */
    private boolean mayBeToldOf(NetAddress address) {
        Guest guest = guests.get(address);
        return isTrusted(address) || guest != null && guest.hasShown || shownElsewhere.contains(address);
    }

    /** The user has named it: it is greeted for as long as it is waited for. */
    void named(NetAddress address) {
        Guest guest = guest(address.orLoopback());
        guest.isKnown = true;
        guest.namings++;
    }

    void comes(Path from, ByteBuffer bytes, Now now) {
        int size = bytes.remaining();
        Frame frame = FrameCodec.decode(bytes) instanceof Frame valid ? valid : null;
        Extension extension = frame == null ? null : frame.extension().orElse(null);
        if (extension != null && told.containsKey(extension.header().token())) {
            shownElsewhere.add(told.get(extension.header().token()));
        }
        if (isExempt(from)) {
            return;
        }
        Guest guest = guest(from.remote());
        guest.receivedBytes += size;
        long shown = 0;
        if (extension != null && extension.header().nodeId() != 0) {
            shown = extension.header().token();
        } else if (frame != null && frame.carrier() instanceof Message.Get get) {
            shown = get.hash().bits();
        }
        if (cookies.isOf(from.remote(), shown, now)) {
            guest.hasShown = true;
            guest.isKnown = true;
            guest.shownNanos = now.nanos();
            guest.receivedBytes = 0;
            guest.sentBytes = 0;
            guest.beyondBytes = 0;
        }
    }

    /** A frame has gone there. */
    void went(Path to, Frame frame, int bytes, Now now) {
        frame.extension().ifPresent(extension -> extension.records().forEach(record -> lookAt(to, record)));
        if (to.binding() == MachineFixture.UDP && frame.carrier() instanceof Message.Discover discover) {
            tells(discover.peer());
        }
        if (isExempt(to)) {
            return;
        }
        Guest guest = guest(to.remote());
        if (guest.hasShown && now.since(guest.shownNanos) < SHOWN_NANOS) {
            return;
        }
        guest.sentBytes += bytes;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(now.since(start.nanos())) + 1;
        long greetings = guest.isKnown ? guest.namings + seconds : GREETINGS + seconds / GREETING_SECONDS;
        long credit = CREDIT * guest.receivedBytes + GREETING_BYTES * greetings;
        long more = guest.sentBytes - credit - guest.beyondBytes;
        if (more <= 0) {
            return;
        }
        guest.beyondBytes += more;
        beyond += more;
        int bits = to.remote().isV6() ? NETWORK_BITS_V6 : NETWORK_BITS_V4;
        long ofNetwork = beyondOfNetworks.merge(to.remote().inNetwork(bits), more, Long::sum);
        FuzzedMachine.require(
                ofNetwork <= settings.guestBytesPerNetwork() * (NETWORK_BURST + seconds),
                "more to guests of one network than their budget");
        FuzzedMachine.require(
                beyond <= settings.guestBytesPerSecond() * (NODE_BURST + seconds), "more to guests than their budget");
    }

    private void lookAt(Path to, ExtensionRecord record) {
        if (record instanceof ExtensionRecord.Token token) {
            told.put(token.cookie(), to.remote());
        } else if (to.binding() == MachineFixture.UDP && record instanceof LinkRecord.Peers peers) {
            peers.addresses().forEach(this::tells);
        }
    }

    private void tells(NetAddress address) {
        FuzzedMachine.require(mayBeToldOf(address), "tells of an address that has shown nothing");
    }
}
