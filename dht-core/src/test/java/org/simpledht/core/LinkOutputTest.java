package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** How what is to go to a neighbour is put into frames, in which order, and what becomes of what there is no room for. */
class LinkOutputTest {

    private static final Hash KEY2 = Hash.parse("2b");
    private static final Hash KEY3 = Hash.parse("2c");
    private static final Content LARGE = Content.of(new byte[1_000]);

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final List<Integer> sizes = new ArrayList<>();

    @BeforeEach
    void meet() {
        alice.greets();
        node.out();
        node.connect((to, frame) -> sizes.add(frame.length));
    }

    @Test
    void recordsOfOneTurnShareAFrame() {
        putWithinTheTurn(KEY, HELLO);
        putWithinTheTurn(KEY2, HELLO);
        alice.tells(KEEP_ALIVE, new ExtensionRecord.Ask(List.of(KEY, KEY3)));

        assertThat(node.said())
                .containsExactly("+KeepAlive [has 2a, no 2c] [Push 2a hello] [Push 2b hello] [Flow] to alice");
    }

    @Test
    void framesAreFullButNeverLongerThanADatagramMayBe() {
        for (int i = 0; i < 100; i++) {
            putWithinTheTurn(new Hash(i), Content.of(new byte[100]));
        }
        node.drain();

        assertThat(sizes).hasSizeGreaterThan(5).allMatch(size -> size <= FrameCodec.DATAGRAM_BYTES);
        assertThat(sizes.subList(0, sizes.size() - 1)).allMatch(size -> size > FrameCodec.DATAGRAM_BYTES - 200);
    }

    @Test
    void contentThatFillsAFrameIsPushedAndALargerOneAnnounced() {
        List<Integer> pushed = new ArrayList<>();
        for (int size = 1_050; size < 1_150; size++) {
            node.put(new Hash(size), Content.of(new byte[size]));
            if (node.said().get(0).contains("Push")) {
                pushed.add(size);
            }
            alice.echoes();
        }

        assertThat(pushed).isEqualTo(IntStream.range(1_050, 1_099).boxed().toList());
        assertThat(sizes)
                .as("room is kept for a cookie and a MAC")
                .contains(FrameCodec.DATAGRAM_BYTES
                        - FrameCodec.size(new ExtensionRecord.Token(0))
                        - FrameCodec.MAC_BYTES);
    }

    @Test
    void whatIsNewGoesFirstAndWhatWasAskedForTakesItsTurn() {
        node.put(KEY, HELLO);
        node.put(KEY2, HELLO);
        node.put(KEY3, HELLO);
        alice.echoes();
        int more = fillTheWindow();
        node.out();
        Meta older = Meta.of(KEY2, node.now().unixMillis() - 9_000 << 16, 3_600, OTHER);
        alice.tells(
                KEEP_ALIVE,
                new TreeRecord.Listing(Prefix.of(0, 4), List.of()),
                new ExtensionRecord.Metas(List.of(older)),
                new ExtensionRecord.Gets(List.of(Meta.nothing(KEY).version())),
                new ExtensionRecord.Ask(List.of(KEY3)));
        assertThat(node.said()).as("what controls goes in any case").containsExactly("+KeepAlive [has 2c] to alice");
        alice.echoes();
        String all = String.join("\n", node.said());

        assertThat(all.indexOf("[Push 2a")).isBetween(all.indexOf("<1000 bytes>"), all.lastIndexOf("<1000 bytes>"));
        assertThat(all.indexOf("has 2b")).isBetween(0, all.lastIndexOf("<1000 bytes>"));
        assertThat(more).isGreaterThan(10);
    }

    @Test
    void everythingUnderAPrefixGoesLastAndInOrderAsFastAsTheWindowLets() {
        for (int i = 0; i < 400; i++) {
            putWithinTheTurn(new Hash(i), LARGE);
        }
        node.drain();
        while (pushes(node.said()) > 0) {
            alice.echoes();
        }
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of()));
        List<String> all = new ArrayList<>(node.said());
        putWithinTheTurn(KEY, HELLO);
        alice.echoes();
        List<String> next = node.said();
        assertThat(next.get(0)).as("what is new overtakes").contains("[Push 2a hello]");
        while (!next.isEmpty()) {
            all.addAll(next);
            alice.echoes();
            next = node.said();
        }

        assertThat(pushes(all)).isEqualTo(401);
    }

    @Test
    void whatWaitsGoesAsItsNewestVersion() {
        fillTheWindow();
        node.put(KEY, HELLO);
        node.put(KEY, OTHER);
        node.out();
        alice.echoes();

        assertThat(node.said().stream().filter(line -> line.contains("Push 2a")))
                .singleElement()
                .asString()
                .contains("[Push 2a other]");
    }

    @Test
    void whatIsRemovedWhileItWaitsIsToldAsRemoved() {
        fillTheWindow();
        node.put(KEY, HELLO);
        node.machine().remove(KEY, node.now());
        node.drain();
        node.out();
        alice.echoes();

        assertThat(String.join("\n", node.said())).contains("has 2a").doesNotContain("Push 2a");
    }

    @Test
    void announcementsThatWaitAreBounded() {
        List<Meta> older = new ArrayList<>();
        for (int i = 0; i < 8_400; i++) {
            putWithinTheTurn(new Hash(0x10_000 + i), HELLO);
            older.add(Meta.of(new Hash(0x10_000 + i), node.now().unixMillis() - 9_000 << 16, 3_600, OTHER));
        }
        node.drain();
        while (pushes(node.said()) > 0) {
            alice.echoes();
        }
        fillTheWindow(600);
        for (int i = 0; i < 8_400; i += 30) {
            alice.announces(older.subList(i, i + 30).toArray(Meta[]::new));
        }

        assertThat(node.counted(Counter.OUTPUT_DROPPED)).isEqualTo(8_400 - 8_192);
    }

    @Test
    void manyAnnouncementsGoBeforeWhatIsNew() {
        List<Meta> older = new ArrayList<>();
        for (int i = 0; i < 1_020; i++) {
            putWithinTheTurn(new Hash(0x10_000 + i), HELLO);
            older.add(Meta.of(new Hash(0x10_000 + i), node.now().unixMillis() - 9_000 << 16, 3_600, OTHER));
        }
        node.drain();
        alice.echoes();
        fillTheWindow();
        for (int i = 0; i < 1_020; i += 30) {
            alice.announces(older.subList(i, i + 30).toArray(Meta[]::new));
        }
        assertThat(node.machine().isCongested(node.now())).isFalse();
        for (int i = 0; i < 10; i++) {
            alice.announces(Meta.of(new Hash(0x1_000 + i), node.now().unixMillis() - 9_000 << 16, 3_600, OTHER));
        }
        assertThat(node.machine().isCongested(node.now())).isTrue();
        node.out();
        alice.echoes();
        List<String> said = node.said();

        assertThat(said.get(0)).contains("has 10000").doesNotContain("Push");
        assertThat(node.machine().isCongested(node.now())).isFalse();
    }

    @Test
    void pushThatGotLostGoesAgain() {
        node.put(KEY, HELLO);
        assertThat(node.said()).containsExactly("+KeepAlive [Push 2a hello] [Flow] to alice");
        alice.echoesWithout(alice.received());

        assertThat(node.said()).containsExactly("+KeepAlive [Push 2a hello] [Flow] to alice");
    }

    @Test
    void whereLittleGotLostTheKeysAreAnnouncedAgain() {
        List.of(KEY, KEY2, KEY3).forEach(key -> putWithinTheTurn(key, LARGE));
        node.drain();
        assertThat(pushes(node.said())).isEqualTo(3);
        alice.echoesWithout(sizes.get(0));

        assertThat(node.said()).containsExactly("+KeepAlive [has 2a, has 2b, has 2c] to alice");
    }

    @Test
    void whatArrivedGoesNoMore() {
        node.put(KEY, HELLO);
        alice.echoes();
        node.out();
        node.pass(900);

        assertThat(node.out()).isEmpty();
    }

    @Test
    void whatIsNotEchoedIsAskedAbout() {
        node.put(KEY, HELLO);
        node.out();
        node.pass(950);

        assertThat(node.signsOfLifeWhen())
                .containsExactly(
                        "200 +KeepAlive [Flow] to alice",
                        "400 +KeepAlive [Flow] to alice",
                        "600 +KeepAlive [Flow] to alice",
                        "800 +KeepAlive [Flow] to alice");
    }

    /** Returns how many contents of 1,000 bytes had to wait. */
    private int fillTheWindow() {
        return fillTheWindow(150);
    }

    private int fillTheWindow(int count) {
        node.out();
        for (int i = 0; i < count; i++) {
            putWithinTheTurn(new Hash(0x1_000 + i), LARGE);
        }
        node.drain();
        return count - pushes(node.said());
    }

    private void putWithinTheTurn(Hash key, Content content) {
        node.machine().put(key, content, 0, node.now());
    }

    private static int pushes(List<String> lines) {
        return String.join("", lines).split("\\[Push", -1).length - 1;
    }
}
