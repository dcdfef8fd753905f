package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.simpledht.core.store.Lease;
import org.simpledht.protocol.Meta;
import org.simpledht.testkit.OriginalWire;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Hears every frame that nodes of ours send: an original could read each of them, and survives how they come. */
final class Wiretap implements UnchangingPeer {

    private static final int DATAGRAM_BYTES = 1_200;
    private static final int PUT_OVERHEAD_BYTES = 11;
    private static final int GET = 0;
    private static final int KEEP_ALIVE = 2;
    private static final int FLAGS_OFFSET = 6;
    private static final int MAC = 1;
    private static final int MAC_BYTES = 16;
    private static final int ID_OFFSET = 9;
    private static final int CLOCK_OFFSET = 17;
    private static final int RECORDS_OFFSET = 33;
    private static final int RECORD_HEADER_BYTES = 3;
    private static final int METAS = 1;
    private static final int PUSH = 2;
    private static final int GETS = 4;
    private static final int LIST = 8;
    private static final int CHUNK_GET = 11;
    private static final int PUT = 1;
    private static final int DISCOVER = 4;

    private final Set<NetAddress> originals;
    private final Set<NetAddress> ours;
    private final Writes writes;
    private final Map<NetAddress, Map<NetAddress, Burst>> heavy = new HashMap<>();
    private final Map<NetAddress, Long> askedNanos = new HashMap<>();
    private final Map<Long, Long> clocks = new HashMap<>();
    private NetAddress listensTo;
    private Hash listensFor;
    private boolean isTold;
    private final Set<NetAddress> haveTold = new HashSet<>();
    private final Set<Question> questions = new HashSet<>();
    private long bytes;

    /** What others send is their business. */
    Wiretap(Set<NetAddress> originals, Set<NetAddress> ours, Writes writes) {
        this.originals = originals;
        this.ours = ours;
        this.writes = writes;
    }

    private record Question(NetAddress from, NetAddress to, Hash key) {}

    /** Bytes of all frames so far. */
    long bytes() {
        return bytes;
    }

    @Override
    public void overhear(NetAddress from, NetAddress to, byte[] frame, Line line) {
        if (isBare(frame)) {
            // Also of those who are not watched because somebody forges their frames.
            Content content = Content.of(Arrays.copyOfRange(frame, PUT_OVERHEAD_BYTES, frame.length));
            writes.mayBeRepeated(to, hash(frame), content);
        }
        if (!ours.contains(from)) {
            return;
        }
        bytes += frame.length;
        String invalid = OriginalWire.read(frame, NOTHING);
        if (invalid != null) {
            throw new AssertionError(from + " sends what no original can read: " + invalid);
        }
        if (frame.length > DATAGRAM_BYTES && frame[0] != PUT) {
            throw new AssertionError(from + " sends " + frame.length + " bytes of type " + frame[0]);
        }
        if (frame[0] == KEEP_ALIVE && frame.length > CLOCK_OFFSET + Long.BYTES) {
            lookAtClock(from, ByteBuffer.wrap(frame));
            lookAtRecords(from, to, frame, line.nowNanos());
        }
        if (frame[0] == GET && ours.contains(from)) {
            questions.add(new Question(from, to, hash(frame)));
        } else if (isBare(frame) && ours.contains(to)) {
            putWithoutVersion(from, to, frame);
        }
        if (originals.contains(to) && (frame[0] == PUT || frame[0] == DISCOVER)) {
            count(from, to, line.nowNanos());
        }
    }

    /** Each frame of one node has a later clock than the last, but where the node's own has gone back too far to go on from that. */
    private void lookAtClock(NetAddress from, ByteBuffer frame) {
        long clock = frame.getLong(CLOCK_OFFSET);
        Long before = clocks.put(frame.getLong(ID_OFFSET), clock);
        boolean isLater = before == null || Long.compareUnsigned(clock, before) > 0;
        if (!isLater && (before >>> Short.SIZE) - (clock >>> Short.SIZE) <= Lease.TOLERANCE_MILLIS) {
            throw new AssertionError(from + " sends a frame of " + clock + " after one of " + before);
        }
    }

    private void lookAtRecords(NetAddress from, NetAddress to, byte[] frame, long nowNanos) {
        int at = RECORDS_OFFSET;
        int recordsEnd = frame.length - ((frame[FLAGS_OFFSET] & MAC) == 0 ? 0 : MAC_BYTES);
        while (at + RECORD_HEADER_BYTES <= recordsEnd) {
            int body = at + RECORD_HEADER_BYTES;
            int end = body + ((frame[at + 1] & 0xff) << Byte.SIZE | frame[at + 2] & 0xff);
            if (frame[at] == GETS || frame[at] == CHUNK_GET) {
                askedNanos.put(from, nowNanos);
            } else if (listensFor != null && from.equals(listensTo)) {
                isTold |= tells(frame, body, end, frame[at]);
            } else if (listensFor != null && to.equals(listensTo) && tells(frame, body, end, frame[at])) {
                haveTold.add(from);
            }
            at = end;
        }
    }

    /** A listing tells as well: who is asked just then what he holds need not be told again what the other one shows to have. */
    private boolean tells(byte[] frame, int body, int end, int type) {
        if (type != METAS && type != PUSH && type != LIST) {
            return false;
        }
        int prefixBytes = type == LIST ? 1 + (frame[body] + Byte.SIZE - 1) / Byte.SIZE : 0;
        int step = type == PUSH ? end - body : Meta.BYTES;
        for (int i = body + prefixBytes; i < end; i += step) {
            if (ByteBuffer.wrap(frame).getLong(i) == listensFor.bits()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a node tells somebody what it holds under a key is heard from now on. */
    void listen(NetAddress to, Hash key) {
        listensTo = to;
        listensFor = key;
        isTold = false;
        haveTold.clear();
    }

    boolean isTold() {
        return isTold;
    }

    /** Who has told that node what they hold under that key since. */
    Set<NetAddress> haveTold() {
        return haveTold;
    }

    /** When a node has last asked for something. */
    long askedNanos(NetAddress from) {
        return askedNanos.getOrDefault(from, 0L);
    }

    private static Hash hash(byte[] frame) {
        return new Hash(ByteBuffer.wrap(frame).getLong(1));
    }

    /** A Put of which nothing says which version it is: asked for in an earlier life, or sent again by somebody, it is a client's write. */
    private static boolean isBare(byte[] frame) {
        return frame.length >= PUT_OVERHEAD_BYTES
                && frame[0] == PUT
                && frame.length == PUT_OVERHEAD_BYTES + (ByteBuffer.wrap(frame).getShort(9) & 0xffff);
    }

    /** Who does not know its addressee says which version it is, unless it was asked: or else it would be a fresh write there. */
    private void putWithoutVersion(NetAddress from, NetAddress to, byte[] frame) {
        Hash key = hash(frame);
        if (!questions.contains(new Question(to, from, key))) {
            throw new AssertionError(from + " puts " + key + " to " + to + ", which has not asked for it");
        }
    }

    private void count(NetAddress from, NetAddress to, long nowNanos) {
        heavy.computeIfAbsent(to, t -> new HashMap<>())
                .computeIfAbsent(from, f -> new Burst())
                .sent(from + " to " + to, nowNanos);
    }

    @Override
    public void receive(NetAddress from, byte[] frame, Line line) {
        // Nobody knows it.
    }

    @Override
    public void wake(Line line) {
        // It listens.
    }

    /** Only whether it can be read matters. */
    static final OriginalWire.Receiver NOTHING = new OriginalWire.Receiver() {
        @Override
        public void get(long hash) {
            // Read.
        }

        @Override
        public void put(long hash, byte[] content) {
            // Read.
        }

        @Override
        public void keepAlive() {
            // Read.
        }

        @Override
        public void iHave(long hash) {
            // Read.
        }

        @Override
        public void discover(byte[] address, int port) {
            // Read.
        }
    };
}
