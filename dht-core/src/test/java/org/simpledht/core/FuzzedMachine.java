package org.simpledht.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.testkit.OriginalWire;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/**
 * A machine to which happens what bytes decide, in virtual time, and the surroundings that every machine has: frames come from
 * six ends of which two are streams, clocks step, nobody ticks for a while. Every frame that it sends is looked at.
 */
abstract class FuzzedMachine implements Outbox.Door {

    private static final int[] WAITS_MILLIS = {0, 1, 5, 20, 50, 100, 300, 500, 1_000, 1_500, 2_500, 4_000, 10_000};
    private static final int[] PAUSES_MILLIS = {0, 1_900, 2_100, 5_000, 11_000, 60_000, 601_000, 3_599_000, 7_300_000};
    private static final long[] STEPS_MILLIS = {
        1, -1, 900, -1_100, 5_000, -5_000, 11_000, -11_000, 3_600_000, -90_000_000
    };

    /** As often as this a machine may want a tick at once before it counts as spinning. */
    private static final int MOST_TICKS_AT_ONCE = 4;

    private static final int MOST_TICKS = 100;
    private static final int MOST_EVENTS = 400;
    private static final int STREAMS_FROM = 4;
    private static final int FARS = 6;
    private static final int STRANGERS_FROM = 240;
    private static final int SAME_TURN = 0x80;
    private static final int OWN_EVENTS_FROM = 14;
    private static final int KINDS = 22;

    /** For all machines, one after the other: to make new ones would take longer than all else. */
    private static final ByteBuffer INCOMING = ByteBuffer.allocate(1 << 17);

    private static final ByteBuffer OUTGOING = ByteBuffer.allocate(1 << 17);

    final FuzzInput input;
    final FuzzedFrames frames;
    final List<FuzzedFar> fars = new ArrayList<>();
    private final Map<Path, FuzzedFar> byPath = new HashMap<>();
    private final Map<String, Long> said = new HashMap<>();
    private long elapsedNanos;
    private long steppedMillis;
    private long lastHeaderClock;
    private boolean hasJustTicked;

    FuzzedMachine(byte[] bytes) {
        input = new FuzzInput(bytes);
        for (int i = 0; i < FARS; i++) {
            int binding = i < STREAMS_FROM ? MachineFixture.UDP : MachineFixture.TCP;
            boolean isV6 = i == 3;
            Path path = new Path(binding, isV6 ? MachineFixture.address6(i + 1) : MachineFixture.address(i + 1));
            // Some are larger than the machine's own, as who closes one of two streams depends on that.
            fars.add(new FuzzedFar(path, i % 2 == 0 ? 1_000 + i : 9_000 + i));
            byPath.put(path, fars.get(i));
        }
        frames = new FuzzedFrames(input, fars, this::now, this::held);
    }

    abstract Machine machine();

    abstract Meta held(Hash key);

    /** Something that only this machine can do. */
    abstract void happen(int kind);

    /** All that must hold after each turn. */
    abstract void look();

    /** What takes too long to be looked at after each turn. */
    abstract void lookAtEnd();

    /** A frame, valid or not, is about to be received. */
    abstract void comes(Path from, ByteBuffer bytes);

    /** A frame was sent. */
    abstract void went(Path to, Frame frame, int bytes);

    final Now now() {
        return new Now(
                MachineFixture.START.nanos() + elapsedNanos,
                MachineFixture.START.unixMillis() + TimeUnit.NANOSECONDS.toMillis(elapsedNanos) + steppedMillis);
    }

    final long elapsedNanos() {
        return elapsedNanos;
    }

    /** Whether all that is due by now has been done. */
    final boolean hasJustTicked() {
        return hasJustTicked;
    }

    final FuzzedFar far() {
        return fars.get(input.below(FARS));
    }

    /** One of those ends, or another one that nobody has heard before. */
    private FuzzedFar speaker() {
        int which = input.octet();
        if (which < STRANGERS_FROM) {
            return fars.get(which % FARS);
        }
        int host = input.octet();
        Path path = new Path(MachineFixture.UDP, MachineFixture.address(host).withPort(which));
        return byPath.computeIfAbsent(path, p -> new FuzzedFar(p, 20_000 + host));
    }

    /** Lives as long as there are decisions. */
    final void live() {
        for (int events = 0; input.hasMore() && events < MOST_EVENTS; events++) {
            int event = input.octet();
            int kind = (event & ~SAME_TURN) % KINDS;
            if (kind < OWN_EVENTS_FROM) {
                befall(kind);
            } else {
                happen(kind - OWN_EVENTS_FROM);
            }
            if ((event & SAME_TURN) == 0) {
                endTurn();
            }
        }
        endTurn();
        lookAtEnd();
    }

    private void befall(int kind) {
        switch (kind) {
            case 0 -> {
                Path from = speaker().path();
                receive(from, ByteBuffer.wrap(input.some()));
            }
            case 1 -> pass(WAITS_MILLIS[input.below(WAITS_MILLIS.length)]);
            case 2 -> {
                // What was said before is sent before.
                machine().outbox().drain(this);
                elapsedNanos += TimeUnit.MILLISECONDS.toNanos(PAUSES_MILLIS[input.below(PAUSES_MILLIS.length)]);
            }
            case 3 -> steppedMillis += STEPS_MILLIS[input.below(STEPS_MILLIS.length)];
            case 4 -> machine().accepted(stream(), now());
            case 5 -> machine().closed(stream(), "connection reset", now());
            default -> {
                FuzzedFar from = speaker();
                receive(from.path(), encoded(frames.frame(from)));
            }
        }
    }

    private Path stream() {
        return fars.get(STREAMS_FROM + input.below(FARS - STREAMS_FROM)).path();
    }

    private ByteBuffer encoded(Frame frame) {
        FrameCodec.encode(frame, INCOMING.clear());
        return INCOMING.flip();
    }

    private void receive(Path from, ByteBuffer frame) {
        comes(from, frame.duplicate());
        machine().receive(from, frame, now());
    }

    /** Lets time pass, and ticks whenever the machine wants it. */
    private void pass(long millis) {
        long endNanos = elapsedNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        int atOnce = 0;
        for (int ticks = 0; ticks < MOST_TICKS; ticks++) {
            long wait = machine().nanosUntilTick(now());
            require(wait >= 0, "wants a tick in the past");
            if (wait > endNanos - elapsedNanos) {
                break;
            }
            atOnce = wait == 0 ? atOnce + 1 : 0;
            require(atOnce <= MOST_TICKS_AT_ONCE, "spins");
            elapsedNanos += wait;
            machine().tick(now());
            hasJustTicked = true;
            endTurn();
            hasJustTicked = false;
        }
        elapsedNanos = endNanos;
    }

    private void endTurn() {
        machine().endTurn(now());
        machine().outbox().drain(this);
        look();
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    // What comes out

    /** What the machine counts, and what came out, by names. */
    final Map<String, Long> counted() {
        Map<String, Long> counted = new HashMap<>(machine().counters().snapshot());
        counted.putAll(said);
        return counted;
    }

    /** It said something of that kind. */
    final void said(Object kind) {
        said.merge("said " + kind, 1L, Long::sum);
    }

    @Override
    public final void send(Path to, Frame frame, long receiverId) {
        int size = FrameCodec.size(frame);
        FrameCodec.encode(frame, OUTGOING.clear());
        OUTGOING.flip();
        require(OUTGOING.remaining() == size, "another size than was said");
        require(FrameCodec.decode(OUTGOING.duplicate()).equals(frame), "read again it is another frame");
        byte[] bytes = new byte[size];
        OUTGOING.get(bytes);
        require(OriginalWire.read(bytes, NOBODY) == null, "what no original can read");
        Binding binding = MachineFixture.BINDINGS.get(to.binding());
        require(size <= binding.maxFrameBytes(to.remote()), "larger than the way there, or to no host");
        require(
                binding.stream() || frame.carrier() instanceof Message.Put || size <= FrameCodec.DATAGRAM_BYTES,
                "a datagram of " + size + " bytes");
        said(frame.carrier().getClass());
        frame.extension().ifPresent(extension -> {
            lookAtClock(extension);
            extension.records().forEach(record -> said(record.getClass()));
        });
        went(to, frame, size);
        FuzzedFar far = byPath.get(to);
        if (far != null) {
            far.hears(frame, size);
        }
    }

    private void lookAtClock(Extension extension) {
        long clock = extension.header().clock();
        boolean hasGoneBack = HeaderClock.isFarAhead(lastHeaderClock, HeaderClock.millis(clock));
        require(
                hasGoneBack || Long.compareUnsigned(clock, lastHeaderClock) > 0,
                "a header clock that is no later than the last");
        lastHeaderClock = clock;
    }

    @Override
    public void disconnect(Path path) {
        require(MachineFixture.BINDINGS.get(path.binding()).stream(), "ends what is no stream");
    }

    @Override
    public void resolve(int seed) {
        require(seed == 0, "a seed that there is not");
    }

    @Override
    public void peerJoined(PeerView peer) {
        said("joined");
    }

    @Override
    public void peerLost(PeerView peer) {
        said("lost");
    }

    @Override
    public void changed(Hash key, Optional<Content> before, Optional<Content> after, ChangeReason reason) {
        said(reason);
        require(after.isPresent() == (reason == ChangeReason.PUT), "holds something or not after " + reason);
    }

    @Override
    public void noticed(Path path, Notice notice) {
        said(notice);
    }

    private static final OriginalWire.Receiver NOBODY = new OriginalWire.Receiver() {
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
