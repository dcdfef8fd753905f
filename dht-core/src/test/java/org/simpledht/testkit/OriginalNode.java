package org.simpledht.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/**
 * The original of 2017 as a model without sockets, clock or threads: as fragile as it was measured to be, and dead where
 * it died. Whoever keeps this one alive may hope to keep an original alive.
 *
 * <p>It lives from wake-up to wake-up. At each it is handed the datagrams that came since the last one: how many share a
 * wake-up decides about its life, because its internal queue is emptied between wake-ups only.
 *
 * <p>Where the measurements leave a choice: Puts, Discovers and the tick share one queue, in any mixture. The tick comes
 * before what is read. A wake-up in which it dies sends nothing. Being told of a peer that it has is no life of that peer.
 */
public final class OriginalNode {

    /** What its socket can reach. */
    public enum Family {
        /** Bound to an IPv4 address. */
        V4_ONLY,
        /** Bound to an IPv6 address, which on Linux reaches IPv4 as well. */
        DUAL
    }

    static final long PEER_LIFE_NANOS = TimeUnit.SECONDS.toNanos(10);
    static final long VALUE_LIFE_NANOS = TimeUnit.SECONDS.toNanos(30);
    static final int QUEUE_CAPACITY = 2;

    private static final int MAX_V4_DATAGRAM_BYTES = 65_507;
    private static final int MAX_V6_DATAGRAM_BYTES = 65_527;

    private final Family family;
    private final Map<Peer, Long> lastHeardNanos = new LinkedHashMap<>();
    private final Map<Long, Value> values = new LinkedHashMap<>();
    private final List<Pending> pending = new ArrayList<>();
    private String death = "";

    public OriginalNode(Family family) {
        this.family = family;
    }

    /**
     * What it does when it runs.
     *
     * @param nowNanos monotonic, of any origin
     * @param received what came since the last wake-up, in order
     * @param tickDue true once a second
     * @return what it sends, in order; nothing if it is dead, or dies
     */
    public List<Datagram> wakeUp(long nowNanos, List<Datagram> received, boolean tickDue) {
        if (isDead()) {
            return List.of();
        }
        Turn turn = new Turn(nowNanos);
        try {
            if (tickDue) {
                turn.tick();
            }
            received.forEach(turn::receive);
            return turn.out;
        } catch (Panic panic) {
            death = panic.getMessage();
            return List.of();
        }
    }

    /** To be called by whoever really sends, when the system refuses: the original does not survive that. */
    public void sendFailed(NetAddress to, String why) {
        if (!isDead()) {
            death = "sending to " + to + " failed: " + why;
        }
    }

    public boolean isDead() {
        return !death.isEmpty();
    }

    /** What killed it; empty while it lives. */
    public String causeOfDeath() {
        return death;
    }

    /** Whether it would answer a Get for that hash. */
    public boolean holds(long hash) {
        return values.containsKey(hash);
    }

    /** What it would answer a Get for that hash with. */
    public Optional<Content> content(long hash) {
        return Optional.ofNullable(values.get(hash)).map(value -> Content.of(value.content));
    }

    /** Gets that wait, without any limit. */
    public int pendingGets() {
        return pending.size();
    }

    /** Peers as it counts them: one address in two notations is two. */
    public int peers() {
        return lastHeardNanos.size();
    }

    /**
     * @param v6 the address is in the notation of IPv6, be it IPv4 mapped into it; it tells apart what {@link NetAddress}
     *     takes as one
     */
    private record Peer(NetAddress address, boolean v6) {}

    private record Value(byte[] content, long putNanos) {}

    private record Pending(long hash, Peer asker) {}

    /** The end of the process, exit code 101. */
    private static final class Panic extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Panic(String message) {
            super(message, null, false, false);
        }
    }

    private final class Turn implements OriginalWire.Receiver {
        private final long nowNanos;
        private final List<Datagram> out = new ArrayList<>();
        private int queued;
        private Peer source;

        Turn(long nowNanos) {
            this.nowNanos = nowNanos;
        }

        void tick() {
            enqueue("its tick");
            values.values().removeIf(value -> nowNanos - value.putNanos > VALUE_LIFE_NANOS);
            broadcast(OriginalWire.keepAlive());
        }

        void receive(Datagram datagram) {
            // A dual socket reports IPv4 sources mapped into IPv6.
            source = new Peer(datagram.remote(), family == Family.DUAL);
            String invalid = OriginalWire.read(datagram.bytes().toBytes(), this);
            if (invalid != null) {
                throw new Panic("invalid datagram from " + datagram.remote() + ": " + invalid);
            }
        }

        @Override
        public void get(long hash) {
            heardOfSource();
            Value value = values.get(hash);
            if (value == null) {
                pending.add(new Pending(hash, source));
            } else {
                send(source, OriginalWire.put(hash, value.content));
            }
        }

        @Override
        public void put(long hash, byte[] content) {
            heardOfSource();
            enqueue("a Put");
            values.put(hash, new Value(content, nowNanos));
            pending.removeIf(get -> {
                if (get.hash == hash) {
                    send(get.asker, OriginalWire.put(hash, content));
                }
                return get.hash == hash;
            });
            broadcast(OriginalWire.iHave(hash));
        }

        @Override
        public void keepAlive() {
            heardOfSource();
        }

        @Override
        public void iHave(long hash) {
            heardOfSource();
            if (!values.containsKey(hash)) {
                send(source, OriginalWire.get(hash));
            }
        }

        @Override
        public void discover(byte[] address, int port) {
            heardOfSource();
            enqueue("a Discover");
            lastHeardNanos.putIfAbsent(new Peer(NetAddress.of(address, port), address.length == 16), nowNanos);
        }

        private void heardOfSource() {
            lastHeardNanos.put(source, nowNanos);
        }

        private void enqueue(String what) {
            queued++;
            if (queued > QUEUE_CAPACITY) {
                throw new Panic("burst: " + what + " met a queue that holds " + QUEUE_CAPACITY);
            }
        }

        private void broadcast(byte[] message) {
            lastHeardNanos.values().removeIf(heard -> nowNanos - heard > PEER_LIFE_NANOS);
            lastHeardNanos.keySet().forEach(peer -> send(peer, message));
        }

        private void send(Peer to, byte[] message) {
            NetAddress address = to.address;
            if (to.v6 && family == Family.V4_ONLY) {
                throw new Panic("sending to " + address + " failed: IPv6, from an IPv4 socket");
            }
            if (address.port() == 0) {
                throw new Panic("sending to " + address + " failed: port 0");
            }
            if (isBroadcast(address)) {
                throw new Panic("sending to " + address + " failed: broadcast address");
            }
            if (message.length > (address.isV6() ? MAX_V6_DATAGRAM_BYTES : MAX_V4_DATAGRAM_BYTES)) {
                throw new Panic("sending to " + address + " failed: " + message.length + " bytes are too many");
            }
            out.add(Datagram.of(address, message));
        }
    }

    /** The two that every Linux host refuses; that of another subnet is known to the system alone: {@link #sendFailed}. */
    private static boolean isBroadcast(NetAddress address) {
        byte[] bytes = address.address();
        boolean loopbackNet = bytes[0] == 127;
        return !address.isV6() && (loopbackNet || bytes[0] == -1) && bytes[1] == -1 && bytes[2] == -1 && bytes[3] == -1;
    }
}
