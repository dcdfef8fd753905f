package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * A machine in virtual time, with made-up bindings and neighbours. Frames go in and come out as bytes; what came out is
 * kept as lines to be read, in a {@link Transcript}.
 *
 * @param <M> which machine
 */
class MachineFixture<M extends Machine> implements Outbox.Door {

    /** Index of the binding without connections. */
    static final int UDP = 0;

    /** Index of the binding with connections. */
    static final int TCP = 1;

    static final NetAddress WILDCARD = NetAddress.of(new byte[16], 4000);
    static final List<Binding> BINDINGS = List.of(
            new Binding("udp", false, WILDCARD, 65_507, 65_527), new Binding("tcp", true, WILDCARD, 66_560, 66_560));

    /** Close to where a count of nanoseconds overflows: an origin is arbitrary. */
    static final Now START = new Now(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(7), 1_700_000_000_000L);

    static final Hash KEY = Hash.parse("2a");
    static final Content HELLO = Content.ofText("hello");
    static final Content OTHER = Content.ofText("other");

    /** Who a neighbour is, in words of its own: of the same network, with the same lease. */
    static final ExtensionRecord.Hello GREETING =
            new ExtensionRecord.Hello(4_000, 66_560, 3_600, Cluster.UNNAMED.hash());

    /** As often as this a machine may ask for a tick at once before it counts as spinning. */
    private static final int MOST_TICKS_AT_ONCE = 3;

    private final M machine;
    private final Map<Path, Far> neighbours = new LinkedHashMap<>();
    private final Transcript transcript = new Transcript();
    private final List<String> bytes = new ArrayList<>();
    private final Map<Path, Hash> nonces = new HashMap<>();
    private BiConsumer<Path, byte[]> wire = (to, frame) -> {};
    private Consumer<Path> hangUp = path -> {};
    private long elapsedNanos;
    private long wallAheadMillis;
    private long headerClocks;

    MachineFixture(M machine) {
        this.machine = machine;
    }

    final M machine() {
        return machine;
    }

    final Now now() {
        Now unstepped = nowUnstepped();
        return new Now(unstepped.nanos(), unstepped.unixMillis() + wallAheadMillis);
    }

    /** By everybody else's clock. */
    final Now nowUnstepped() {
        return new Now(START.nanos() + elapsedNanos, START.unixMillis() + elapsedNanos / 1_000_000);
    }

    /** Of this machine alone. */
    final void stepWallClock(long millis) {
        wallAheadMillis += millis;
    }

    /** A header clock that is newer than all before, whoever's: one process may speak from several addresses. */
    final long nextHeaderClock() {
        return (nowUnstepped().unixMillis() << 16) + ++headerClocks;
    }

    // Neighbours

    /** One at an IPv4 address of its own, reached without connection. */
    final Far udp(String name) {
        return neighbour(name, new Path(UDP, address(neighbours.size() + 1)));
    }

    /** One at an IPv4 address of its own, reached by a connection. */
    final Far tcp(String name) {
        return neighbour(name, new Path(TCP, address(neighbours.size() + 1)));
    }

    final Far neighbour(String name, Path path) {
        Far far = new Far(this, name, path);
        neighbours.put(path, far);
        return far;
    }

    /** On a private network, where many may be neighbours. */
    static NetAddress address(int last) {
        return NetAddress.of(new byte[] {10, 0, 2, (byte) last}, 4000);
    }

    /** What a neighbour says who knows many more than there are places for, so that what is written is relayed. */
    static LinkRecord.Peers others() {
        return new LinkRecord.Peers(
                IntStream.range(100, 200).mapToObj(MachineFixture::address).toList());
    }

    static NetAddress address6(int last) {
        byte[] bytes = {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) last};
        return NetAddress.of(bytes, 4000);
    }

    // What happens

    final void receive(Path from, byte[] frame) {
        // In the midst of a larger buffer, which is overwritten at once: nothing may be kept of it.
        byte[] room = new byte[frame.length + 5];
        System.arraycopy(frame, 0, room, 2, frame.length);
        machine.receive(from, ByteBuffer.wrap(room, 2, frame.length).slice(), now());
        Arrays.fill(room, (byte) 0x55);
        drain();
    }

    final void accepted(Far far) {
        acceptedPath(far.path());
    }

    final void acceptedPath(Path path) {
        machine.accepted(path, now());
        drain();
    }

    final void closed(Far far) {
        closedPath(far.path());
    }

    final void closedPath(Path path) {
        machine.closed(path, "connection reset", now());
        drain();
    }

    final void leave() {
        machine.leave(now());
        drain();
    }

    /** Lets time pass, and ticks whenever the machine wants it. */
    final void pass(long millis) {
        long endNanos = elapsedNanos + TimeUnit.MILLISECONDS.toNanos(millis);
        int atOnce = 0;
        while (true) {
            long wait = machine.nanosUntilTick(now());
            if (wait > endNanos - elapsedNanos) {
                elapsedNanos = endNanos;
                return;
            }
            atOnce = wait == 0 ? atOnce + 1 : 0;
            assertThat(atOnce).as("ticks asked for at once").isLessThanOrEqualTo(MOST_TICKS_AT_ONCE);
            elapsedNanos += wait;
            tick();
        }
    }

    /** Lets time pass without a tick, as on a machine that is suspended. */
    final void sleep(long millis) {
        elapsedNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    final void tick() {
        machine.tick(now());
        drain();
    }

    final void drain() {
        machine.endTurn(now());
        machine.outbox().drain(this);
    }

    // What came of it

    /** As {@link Transcript#out}. */
    final List<String> out() {
        return transcript.out();
    }

    /** As {@link Transcript#said}. */
    final List<String> said() {
        return transcript.said();
    }

    /** As {@link Transcript#saidWhen}. */
    final List<String> saidWhen() {
        return transcript.saidWhen();
    }

    /** As {@link Transcript#signsOfLifeWhen}. */
    final List<String> signsOfLifeWhen() {
        return transcript.signsOfLifeWhen();
    }

    /** As {@link Transcript#events}. */
    final List<String> events() {
        return transcript.events();
    }

    final long millis() {
        return TimeUnit.NANOSECONDS.toMillis(elapsedNanos);
    }

    final long counted(Counter counter) {
        return machine.counters().snapshot().get(key(counter));
    }

    private static String key(Counter counter) {
        Counter.Board one = new Counter.Board();
        one.add(counter);
        return one.snapshot().entrySet().stream()
                .filter(entry -> entry.getValue() == 1)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    /** Every frame that ever came out, in hexadecimal digits behind its path. */
    final List<String> bytes() {
        return bytes;
    }

    /** Has frames delivered as well. */
    final void connect(BiConsumer<Path, byte[]> whereTo) {
        wire = whereTo;
    }

    /** Has frames delivered and connections ended as well. */
    final void connect(BiConsumer<Path, byte[]> whereTo, Consumer<Path> ended) {
        wire = whereTo;
        hangUp = ended;
    }

    // The door

    @Override
    public final void send(Path to, Frame frame, long receiverId) {
        ByteBuffer bare = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(frame, bare);
        assertThat(bare.hasRemaining()).isFalse();
        assertThat(FrameCodec.decode(bare.flip())).isEqualTo(frame);
        ByteBuffer encoded =
                ByteBuffer.allocate(FrameCodec.size(frame) + (machine.seal().hasKey() ? FrameCodec.MAC_BYTES : 0));
        machine.seal().write(frame, receiverId, encoded);
        assertThat(encoded.hasRemaining()).isFalse();
        encoded.flip();
        boolean small = frame.carrier() instanceof Message.Put || encoded.limit() <= FrameCodec.DATAGRAM_BYTES;
        assertThat(small).as("%d bytes of %s", encoded.limit(), frame).isTrue();
        bytes.add(to + " " + HexFormat.of().formatHex(encoded.array()));
        note(Wording.of(frame) + " to " + name(to));
        frame.extension().ifPresent(extension -> extension.records().forEach(record -> noteNonce(to, record)));
        Far far = neighbours.get(to);
        if (far != null) {
            far.hears(frame, encoded.limit());
        }
        wire.accept(to, encoded.array());
    }

    private void noteNonce(Path to, ExtensionRecord record) {
        if (record instanceof ExtensionRecord.Ask ask) {
            nonces.put(to, ask.keys().get(ask.keys().size() - 1));
        }
    }

    /** What the last question to that path was told apart by. */
    final Hash nonceOfLastQuestion(Path to) {
        return nonces.get(to);
    }

    @Override
    public final void disconnect(Path path) {
        note("disconnect " + name(path));
        hangUp.accept(path);
    }

    @Override
    public final void resolve(int seed) {
        note("resolve " + seed);
    }

    @Override
    public final void peerJoined(PeerView peer) {
        note("joined " + name(peer.path()));
    }

    @Override
    public final void peerLost(PeerView peer) {
        note("lost " + name(peer.path()));
    }

    @Override
    public final void changed(Hash key, Optional<Content> before, Optional<Content> after, ChangeReason reason) {
        if (reason == ChangeReason.PUT) {
            note("stored " + Wording.of(key) + " " + Wording.of(after.orElseThrow()));
        } else {
            note(reason.name().toLowerCase(Locale.ROOT) + " " + Wording.of(key));
        }
    }

    @Override
    public final void noticed(Path path, Notice notice) {
        note("noticed " + notice + " of " + name(path));
    }

    @Override
    public final void finished(long ticket, Outcome outcome) {
        note("finished " + ticket + " " + outcome.kind()
                + (outcome.kind() == Outcome.Kind.COUNTED ? " " + outcome.count() : "")
                + outcome.content().map(content -> " " + Wording.of(content)).orElse(""));
    }

    private void note(String text) {
        transcript.note(millis(), text);
    }

    private String name(Path path) {
        Far far = neighbours.get(path);
        return far == null ? path.remote().toString() : far.name();
    }
}
