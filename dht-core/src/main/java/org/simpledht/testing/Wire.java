package org.simpledht.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.simpledht.types.NetAddress;

/**
 * A frame's way: through its sender's line and the one that all share, then the weather, then its link, if that is clogged, then the
 * delay; at last, unless the link is cut, into the receiver's buffer.
 */
final class Wire {

    private final Agenda agenda;
    private final Trace trace;
    private final Weather weather;
    private final Hosts hosts;
    private final Map<NetAddress, Receiver> receivers = new HashMap<>();
    private final Map<NetAddress, SimulatedStreams> streams = new HashMap<>();
    private final List<AttachedPeer> eavesdroppers = new ArrayList<>();
    private final Line shared = new Line();
    private Line.Bandwidth eachHost;
    private boolean hasRouters;
    private Watcher watcher = new Watcher() {};

    /** Whoever gets what is sent to an address. */
    interface Receiver {
        SimulatedHost host();

        void receive(NetAddress from, byte[] frame);
    }

    /** Who counts what goes over the wire: it hears who has really sent a frame, which no eavesdropper can. */
    interface Watcher {
        /** A frame has set out, and may still get lost. */
        default void sent(Flight flight) {}

        /** Whom it was for is about to read it. */
        default void read(Flight flight) {}
    }

    Wire(Agenda agenda, Trace trace, Weather weather, Hosts hosts) {
        this.agenda = agenda;
        this.trace = trace;
        this.weather = weather;
        this.hosts = hosts;
    }

    boolean isTaken(NetAddress address) {
        return receivers.containsKey(address);
    }

    void listen(NetAddress address, Receiver receiver) {
        receivers.put(address, receiver);
    }

    void hangUp(NetAddress address) {
        receivers.remove(address);
    }

    // Streams, whose ports are not those of datagrams

    boolean isTakenByStreams(NetAddress address) {
        return streams.containsKey(address);
    }

    void listen(NetAddress address, SimulatedStreams listener) {
        streams.put(address, listener);
    }

    void hangUpStreams(NetAddress address) {
        streams.remove(address);
    }

    /** Who takes connections there; null if nobody does. */
    SimulatedStreams streamsAt(NetAddress address) {
        return streams.get(address);
    }

    /** How long one part of a stream takes; a full line is waited for. */
    long streamNanos(SimulatedHost sender, SimulatedLink link, int bytes) {
        long now = agenda.nowNanos();
        long left = sender.line().leaveInTime(now, bytes, eachHost);
        return shared.leaveInTime(left, bytes, null) - now + weather.delayNanos(link);
    }

    long delayNanos(SimulatedLink link) {
        return weather.delayNanos(link);
    }

    boolean isLost(SimulatedLink link) {
        return weather.copies(link) == 0;
    }

    void trace(Fate fate, Flight flight) {
        trace.frame(agenda.nowNanos(), fate, flight);
    }

    Agenda agenda() {
        return agenda;
    }

    Hosts hosts() {
        return hosts;
    }

    boolean isInUse(SimulatedHost host) {
        return receivers.values().stream().anyMatch(receiver -> receiver.host() == host)
                || streams.values().stream().anyMatch(listener -> listener.host() == host);
    }

    // Who listens to what is not for him

    void watch(Watcher by) {
        watcher = by;
    }

    void overhear(AttachedPeer eavesdropper) {
        eavesdroppers.add(eavesdropper);
    }

    void ignore(AttachedPeer eavesdropper) {
        eavesdroppers.remove(eavesdropper);
    }

    /** How fast each host's line is that has no bandwidth of its own; null for no limit. */
    void bandwidth(Line.Bandwidth bandwidth) {
        eachHost = bandwidth;
    }

    /** How fast all hosts are together; null for no limit. */
    void sharedBandwidth(Line.Bandwidth bandwidth) {
        shared.bandwidth(bandwidth);
    }

    /** A frame sets out. The sender's host decides about its link, whatever source the frame names. */
    void send(SimulatedHost sender, NetAddress from, NetAddress to, byte[] frame) {
        Router router = sender.router();
        boolean isTranslated = router != null && hosts.at(from) == sender;
        NetAddress seen = isTranslated ? router.out(from, to) : from;
        Flight flight = new Flight(this, sender, seen, to, frame);
        watcher.sent(flight);
        long now = agenda.nowNanos();
        long left = sender.line().leave(now, frame.length, eachHost);
        if (left >= 0) {
            left = shared.leave(left, frame.length, null);
        }
        if (left < 0) {
            trace.frame(now, Fate.LINE_FULL, flight);
            return;
        }
        for (AttachedPeer eavesdropper : eavesdroppers) {
            eavesdropper.overhear(sender, flight);
        }
        long replayIn = weather.replayInNanos();
        if (replayIn >= 0) {
            int season = weather.replaySeason();
            agenda.in(left - now + replayIn, () -> replay(flight, season));
        }
        SimulatedLink link = sender.linkTo(hosts, to);
        int copies = weather.copies(link);
        trace.frame(now, copies == 0 ? Fate.LOST : Fate.SENT, flight);
        for (int i = 0; i < copies; i++) {
            if (link == null || !link.isClogged()) {
                fly(flight, link, left - now);
            } else {
                trace.frame(now, link.hold(flight) ? Fate.HELD : Fate.CLOGGED, flight);
            }
        }
    }

    /** Has a frame arrive after its delay, and as much later as its line takes. */
    void fly(Flight flight, SimulatedLink link, long lineNanos) {
        agenda.in(lineNanos + weather.delayNanos(link), flight);
    }

    private void replay(Flight flight, int season) {
        if (season == weather.replaySeason()) {
            trace.frame(agenda.nowNanos(), Fate.REPLAYED, flight);
            arrive(flight);
        }
    }

    void arrive(Flight flight) {
        Receiver receiver = receiverOf(flight);
        if (receiver == null) {
            trace.frame(agenda.nowNanos(), Fate.NOBODY, flight);
            return;
        }
        SimulatedLink link = flight.sender.linkTo(receiver.host());
        if (link != null && link.isCut()) {
            trace.frame(agenda.nowNanos(), Fate.CUT_OFF, flight);
        } else {
            receiver.host().turns().arrive(flight, receiver);
        }
    }

    /** The host takes a frame out of its buffer. Whoever it was for may have hung up meanwhile. */
    void read(Flight flight) {
        read(flight, receiverOf(flight));
    }

    private Receiver receiverOf(Flight flight) {
        Receiver receiver = receivers.get(flight.to);
        if (receiver != null || !hasRouters) {
            return receiver;
        }
        SimulatedHost host = hosts.at(flight.to);
        Router router = host == null ? null : host.router();
        NetAddress inside = router == null ? null : router.in(flight.from, flight.to);
        return inside == null ? null : receivers.get(inside);
    }

    /** Some host is behind one from now on. */
    void hasRouters() {
        hasRouters = true;
    }

    void read(Flight flight, Receiver receiver) {
        trace.frame(agenda.nowNanos(), receiver == null ? Fate.NOBODY : Fate.RECEIVED, flight);
        if (receiver != null) {
            watcher.read(flight);
            receiver.receive(flight.from, flight.frame);
        }
    }

    void overflow(Flight flight) {
        trace.frame(agenda.nowNanos(), Fate.BUFFER_FULL, flight);
    }
}
