package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameMac;
import org.simpledht.protocol.KeyRing;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** With a cluster key, a frame without a valid MAC changes nothing. */
class ClusterKeyTest {

    private static final Hash KEY = MachineFixture.KEY;
    private static final Content HELLO = MachineFixture.HELLO;
    private static final Content OTHER = MachineFixture.OTHER;
    private static final long ANYBODY = 0;
    private static final long SECONDS_30 = 30_000L << 16;
    private static final long SECONDS_10 = 10_000L << 16;

    private final NodeFixture node = new NodeFixture(NodeFixture.settings(
            NodeFixture.OWN_ID, MachineFixture.BINDINGS, 0, Optional.of(Signer.RING), NodeFixture.WIDE));
    private final Far alice = node.udp("alice").signs(Signer.RING);
    private final Far bob = node.tcp("bob").signs(Signer.RING);
    private final Far client = node.udp("client").signs(Signer.RING);
    private final Far stranger = node.udp("stranger");

    @BeforeEach
    void aNeighbourEachAndAClientAreThere() {
        alice.greets();
        node.accepted(bob);
        bob.greets();
        client.tells(Header.FLAG_CLIENT, Message.KEEP_ALIVE);
        node.put(KEY, HELLO);
        node.get(1, Hash.parse("7"), 60_000);
        node.discover(node.udp("candidate"));
        node.pass(50);
        // What may be said of it is said.
        stranger.keepsAlive();
        node.out();
    }

    private List<String> state() {
        return StateOf.machine(node.machine(), Seal.class, Counter.Board.class, FrameMac.class);
    }

    private void changesNothing(Far from, byte[] bytes, String what) {
        changesNothing(state(), from, bytes, what);
    }

    private void changesNothing(List<String> before, Far from, byte[] bytes, String what) {
        from.sends(bytes);
        assertThat(node.out()).as(what).isEmpty();
        List<String> after = state();
        if (!after.equals(before)) {
            after.removeAll(new HashSet<>(before));
            fail(what + " changes " + after);
        }
    }

    @Test
    void theStateIsLookedAt() {
        List<String> before = state();
        assertThat(before).hasSizeGreaterThan(300);
        alice.tells(Message.KEEP_ALIVE);
        assertThat(state()).isNotEqualTo(before);
    }

    /** Of every kind, as one who has the key would say it. */
    private Frame any(RandomGenerator dice) {
        Hash hash = new Hash(dice.nextInt(50));
        Content content = Content.of(new byte[dice.nextInt(40)]);
        Message carrier =
                switch (dice.nextInt(6)) {
                    case 0 -> new Message.Get(KEY);
                    case 1 -> new Message.Put(hash, content);
                    case 2 -> new Message.IHave(hash);
                    case 3 -> new Message.Discover(MachineFixture.address(100 + dice.nextInt(100)));
                    default -> Message.KEEP_ALIVE;
                };
        Meta meta = node.written(hash, content);
        ExtensionRecord record =
                switch (dice.nextInt(6)) {
                    case 0 -> MachineFixture.GREETING;
                    case 1 -> new ExtensionRecord.Push(meta.key(), meta.clock(), meta.life(), content);
                    case 2 -> new ExtensionRecord.Metas(List.of(meta));
                    case 3 -> new ExtensionRecord.Ask(List.of(KEY));
                    case 4 -> new LinkRecord.Flow(dice.nextLong(), dice.nextInt(), dice.nextInt());
                    default -> new ExtensionRecord.Stamp(meta.clock(), meta.life());
                };
        long[] ids = {alice.id(), bob.id(), client.id(), 77, NodeFixture.OWN_ID};
        return Signer.frame(dice.nextInt(256), ids[dice.nextInt(ids.length)], node.nextHeaderClock(), carrier, record);
    }

    /** What somebody without the key can make of a genuine frame, or without any. */
    private byte[] forged(Frame frame, RandomGenerator dice) {
        byte[] signed = Signer.sign(Signer.RING, frame, dice.nextBoolean() ? ANYBODY : NodeFixture.OWN_ID);
        switch (dice.nextInt(6)) {
            case 0 -> {
                return Far.encode(Frame.classic(frame.carrier()));
            }
            case 1 -> {
                return Far.encode(frame);
            }
            case 2 -> {
                return Arrays.copyOf(signed, dice.nextInt(signed.length));
            }
            case 3 -> {
                return Arrays.copyOf(signed, signed.length + 1 + dice.nextInt(20));
            }
            case 4 -> {
                return Signer.sign(Signer.OTHER_RING, frame, NodeFixture.OWN_ID);
            }
            default -> {
                signed[dice.nextInt(signed.length)] ^= (byte) (1 << dice.nextInt(Byte.SIZE));
                return signed;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void frameWithoutAValidMacChangesNothing(long seed) {
        RandomGenerator dice = new SplittableRandom(seed);
        Far[] sources = {alice, bob, client, stranger};
        List<String> before = state();
        for (int i = 0; i < 200; i++) {
            changesNothing(before, sources[dice.nextInt(sources.length)], forged(any(dice), dice), "frame " + i);
        }
        assertThat(node.counted(Counter.FRAMES_UNSIGNED)).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void frameForAnotherNodeChangesNothing(long seed) {
        RandomGenerator dice = new SplittableRandom(seed);
        List<String> before = state();
        for (int i = 0; i < 50; i++) {
            changesNothing(before, alice, Signer.sign(Signer.RING, any(dice), NodeFixture.OWN_ID + 1), "frame " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void frameOutOfTimeChangesNothing(long seed) {
        RandomGenerator dice = new SplittableRandom(seed);
        List<String> before = state();
        for (int i = 0; i < 50; i++) {
            Frame frame = any(dice);
            Header header = frame.extension().orElseThrow().header();
            long difference = i % 2 == 0 ? -SECONDS_30 - (1 << 16) : SECONDS_10 + (2 << 16);
            Frame stale = Signer.frame(
                    header.flags(),
                    header.nodeId(),
                    header.clock() + difference,
                    frame.carrier(),
                    frame.extension().orElseThrow().records().toArray(ExtensionRecord[]::new));
            changesNothing(before, alice, Signer.sign(Signer.RING, stale, NodeFixture.OWN_ID), "frame " + i);
        }
        assertThat(node.counted(Counter.FRAMES_STALE)).isEqualTo(50);
    }

    @Test
    void frameIsHeardUntilItIsThirtySecondsOldOrTenAhead() {
        long clock = node.nextHeaderClock();
        alice.tellsAt(clock - SECONDS_30, 0, Message.KEEP_ALIVE);
        alice.tellsAt(clock + SECONDS_10, 0, Message.KEEP_ALIVE);

        assertThat(node.counted(Counter.FRAMES_STALE)).isZero();
    }

    @Test
    void whatItSaidItselfIsNotHeardFromOthers() {
        List<byte[]> said = new ArrayList<>();
        node.connect((to, frame) -> said.add(frame));
        node.pass(2_000);
        node.put(KEY, OTHER);
        node.tick();
        node.out();

        assertThat(said).hasSizeGreaterThan(3);
        for (byte[] frame : said) {
            changesNothing(alice, frame, "reflected by a neighbour");
            if (!(Signer.read(frame, new FrameMac(Signer.RING, ANYBODY)) instanceof Frame)) {
                changesNothing(bob, frame, "reflected by a neighbour over a stream");
            }
            changesNothing(stranger, frame, "reflected by a stranger");
        }
    }

    @Test
    void whatANeighbourSaidIsNotHeardFromElsewhere() {
        Frame frame = Signer.frame(Header.FLAG_NEIGHBOUR, alice.id(), node.nextHeaderClock(), Message.KEEP_ALIVE);
        byte[] signed = Signer.sign(Signer.RING, frame, NodeFixture.OWN_ID);
        alice.sends(signed);
        node.out();

        changesNothing(stranger, signed, "repeated from an address of nobody");
        changesNothing(bob, signed, "repeated from the address of another neighbour");
        assertThat(node.counted(Counter.FRAMES_REPEATED)).isEqualTo(2);
    }

    @Test
    void whoHasTheKeyIsServed() {
        assertThat(node.machine().peers(node.now())).hasSize(2);
        Meta written = node.written(Hash.parse("9"), OTHER);
        alice.pushes(written, OTHER);
        assertThat(node.machine().store().get(Hash.parse("9"), node.now().unixMillis()))
                .contains(OTHER);
        assertThat(node.counted(Counter.FRAMES_STALE)).isZero();
    }

    @Test
    void originalIsNotServed() {
        stranger.gets(KEY);
        stranger.puts(Hash.parse("8"), OTHER);
        node.pass(20_000);

        assertThat(node.out()).noneMatch(line -> line.endsWith("to stranger"));
        assertThat(node.machine().store().meta(Hash.parse("8")).isNothing()).isTrue();
    }

    @Test
    void everyFrameIsSignedForItsAddressee() {
        List<byte[]> toAlice = new ArrayList<>();
        List<byte[]> toTheCandidate = new ArrayList<>();
        node.connect((to, frame) -> (to.equals(alice.path()) ? toAlice : toTheCandidate).add(frame));
        client.tells(Header.FLAG_CLIENT, new Message.Get(KEY));
        node.pass(3_000);

        FrameMac asAlice = new FrameMac(Signer.RING, alice.id());
        FrameMac asAnybody = new FrameMac(Signer.RING, 99);
        assertThat(toAlice).isNotEmpty().allSatisfy(frame -> {
            assertThat(Signer.read(frame, asAlice)).isInstanceOf(Frame.class);
            assertThat(asAlice.wasForThisNode()).isTrue();
        });
        assertThat(toTheCandidate)
                .anySatisfy(frame -> assertThat(Signer.read(frame, asAnybody)).isInstanceOf(Frame.class));
    }

    @Test
    void writeOfAClientCountsOnce() {
        Hash hash = Hash.parse("5");
        long clock = node.nextHeaderClock();
        byte[] first = write(clock, hash, HELLO);
        client.sends(first);
        node.pass(1_000);
        client.sends(write(node.nextHeaderClock(), hash, OTHER));
        node.out();

        changesNothing(client, first, "said again");
        changesNothing(stranger, first, "said again from elsewhere");
        assertThat(node.machine().store().get(hash, node.now().unixMillis())).contains(OTHER);
        assertThat(node.counted(Counter.WRITES_REPLAYED)).isEqualTo(2);
    }

    private byte[] write(long clock, Hash hash, Content content) {
        Frame frame = Signer.frame(Header.FLAG_CLIENT, client.id(), clock, new Message.Put(hash, content));
        return Signer.sign(Signer.RING, frame, NodeFixture.OWN_ID);
    }

    @Test
    void writeOfAClientThatIsForAnybodyIsNone() {
        long clock = node.nextHeaderClock();
        Message put = new Message.Put(Hash.parse("5"), HELLO);
        List<ExtensionRecord> removal = List.of(new ExtensionRecord.Metas(List.of(Meta.nothing(KEY))));
        for (Frame frame : List.of(
                Signer.frame(Header.FLAG_CLIENT, client.id(), clock, put),
                Signer.frame(Header.FLAG_CLIENT, client.id(), clock + 1, Message.KEEP_ALIVE, removal.get(0)),
                Signer.frame(
                        Header.FLAG_CLIENT,
                        client.id(),
                        clock + 2,
                        new Message.Discover(MachineFixture.address(200))))) {
            changesNothing(client, Signer.sign(Signer.RING, frame, ANYBODY), frame.toString());
        }
    }

    @Test
    void whatIsWrongIsSaidOnceAMinute() {
        node.pass(60_000);
        node.out();
        for (int i = 0; i < 50; i++) {
            stranger.keepsAlive();
            stranger.sends(Signer.sign(Signer.OTHER_RING, any(new SplittableRandom(i)), ANYBODY));
            node.sleep(100);
        }
        assertThat(node.events()).filteredOn(line -> line.startsWith("noticed")).hasSize(1);
        node.sleep(60_000);
        stranger.keepsAlive();
        assertThat(node.events()).contains("noticed OTHER_KEY of stranger");
    }

    @Test
    void clockThatStaysWrongIsSaid() {
        for (int i = 0; i < 4; i++) {
            alice.tellsAt(node.nextHeaderClock() - 2 * SECONDS_30, 0, Message.KEEP_ALIVE);
            node.sleep(900);
        }
        assertThat(node.events()).containsOnlyOnce("noticed FRAMES_STALE of alice");
    }

    @Test
    void whatOnlyCameLateIsNotSaid() {
        for (int i = 0; i < 4; i++) {
            alice.tellsAt(node.nextHeaderClock() - 2 * SECONDS_30, 0, Message.KEEP_ALIVE);
            alice.tells(Message.KEEP_ALIVE);
            node.sleep(900);
        }
        assertThat(node.events()).noneMatch(line -> line.startsWith("noticed"));
    }

    @Test
    void nodeWithoutKeySaysThatItLacksOne() {
        NodeFixture bare = new NodeFixture();
        Far keyed = bare.udp("keyed").signs(Signer.RING);
        for (int i = 0; i < 10; i++) {
            keyed.greets();
            bare.pass(1_000);
        }
        assertThat(bare.events()).containsExactly("noticed KEY_MISSING of keyed");
        assertThat(bare.machine().peers(bare.now())).isEmpty();
    }

    @Test
    void keysAreReplacedWhileItRuns() {
        node.machine().seal().replace(KeyRing.of(Signer.key(1), Signer.key(2)));
        Meta written = node.written(Hash.parse("9"), OTHER);
        alice.signs(Signer.OTHER_RING).pushes(written, OTHER);
        assertThat(node.machine().store().get(Hash.parse("9"), node.now().unixMillis()))
                .contains(OTHER);
        node.out();
        node.machine().seal().replace(Signer.OTHER_RING);

        Frame old = Signer.frame(0, alice.id(), node.nextHeaderClock(), Message.KEEP_ALIVE);
        changesNothing(alice, Signer.sign(Signer.RING, old, NodeFixture.OWN_ID), "of the removed key");
    }
}
