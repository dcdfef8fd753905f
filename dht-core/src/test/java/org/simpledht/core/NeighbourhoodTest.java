package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.simpledht.core.MachineFixture.GREETING;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.NetAddress;

/** Who has a place, who is told that there is none, and who is asked. */
class NeighbourhoodTest {

    private final NodeFixture node = new NodeFixture();
    private final List<Far> first = new ArrayList<>();

    @Test
    void tenHaveAPlaceAndTheEleventhIsToldOfOthers() {
        fill();
        Far late = node.udp("late");
        late.greets();

        assertThat(node.out()).containsExactly("+KeepAlive NO_ROOM [Hello 4000] to late");
        assertThat(late.toldOf())
                .hasSize(8)
                .isSubsetOf(first.stream().map(Far::address).toList());
        assertThat(node.sizes().peers()).isEqualTo(10);
    }

    @Test
    void whoHasNoPlaceIsToldNothing() {
        fill();
        Far late = node.udp("late");
        late.greets();
        node.out();
        node.put(KEY, HELLO);
        node.pass(3_000);

        assertThat(to(late)).isEmpty();
    }

    @Test
    void whoThinksThatItHasAPlaceIsToldOnceASecond() {
        fill();
        Far late = node.udp("late");
        late.tells(Header.FLAG_NEIGHBOUR, KEEP_ALIVE);
        late.tells(Header.FLAG_NEIGHBOUR, KEEP_ALIVE);
        assertThat(to(late)).hasSize(1);
        node.pass(900);
        late.tells(Header.FLAG_NEIGHBOUR, KEEP_ALIVE);

        assertThat(to(late)).as("it may have got lost").hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void whatAsksForNothingIsNotAnswered() {
        fill();
        Far late = node.udp("late");
        late.tells(KEEP_ALIVE);
        node.pass(2_000);

        assertThat(to(late)).isEmpty();
    }

    @Test
    void forWhoBegsAnotherOneMakesRoomButNoneOfTheTwoOldest() {
        for (int run = 0; run < 20; run++) {
            NodeFixture fixture = new NodeFixture(NodeFixture.settings(0, NodeFixture.WIDE), run);
            List<Far> ten = tenOf(fixture);
            Far late = fixture.udp("late");
            late.tells(Header.FLAG_PLEASE, KEEP_ALIVE, GREETING);
            assertThat(fixture.events()).contains("joined late");
            fixture.pass(1_000);
            List<String> told = fixture.out().stream()
                    .filter(line -> line.contains("NO_ROOM"))
                    .toList();

            assertThat(told).hasSize(1);
            assertThat(told.get(0))
                    .doesNotEndWith(ten.get(0).name())
                    .doesNotEndWith(ten.get(1).name());
            assertThat(fixture.sizes().peers()).isEqualTo(10);
        }
    }

    /** Or else all that hang from it would be without a tree until the next round. */
    @Test
    void noneOfTheTreeMakesRoomWhileThereAreOthers() {
        for (int run = 0; run < 20; run++) {
            NodeFixture fixture = new NodeFixture(NodeFixture.settings(0, NodeFixture.WIDE), run);
            List<Far> ten = tenOf(fixture);
            Far leaf = ten.remove(5);
            ten.forEach(NeighbourhoodTest::hangsFromUs);
            fixture.udp("late").tells(Header.FLAG_PLEASE, KEEP_ALIVE, GREETING);
            fixture.pass(1_000);

            assertThat(fixture.out())
                    .filteredOn(line -> line.contains("NO_ROOM"))
                    .singleElement(STRING)
                    .endsWith(leaf.name());
        }
    }

    @Test
    void whereAllAreOfTheTreeNobodyMakesRoomButForOneThatWasLost() {
        Far lost = node.udp("lost");
        lost.greets();
        node.pass(11_000);
        fill();
        first.forEach(NeighbourhoodTest::hangsFromUs);
        Far late = node.udp("late");
        late.tells(Header.FLAG_PLEASE, KEEP_ALIVE, GREETING);
        assertThat(node.out()).contains("+KeepAlive NO_ROOM [Hello 4000] to late");

        lost.greets();
        assertThat(node.events()).contains("joined lost");
    }

    /** Or else who reaches nobody else would never hear of anything. Who only changes a neighbour for another one does not come again. */
    @Test
    void oneOfTheTreeMakesRoomForWhoBegsOnceMore() {
        fill();
        first.forEach(NeighbourhoodTest::hangsFromUs);
        Far late = node.udp("late");
        Far other = node.udp("other");
        begs(late);
        begs(other);
        stayFor(1_000);
        begs(late);
        assertThat(node.events()).as("the same question").doesNotContain("joined late");

        stayFor(4_000);
        begs(other);
        begs(late);
        assertThat(node.events()).contains("joined late").doesNotContain("joined other");
    }

    @Test
    void oneOfTheTreeMakesRoomForWhomTheUserNames() {
        fill();
        first.forEach(NeighbourhoodTest::hangsFromUs);
        Far named = node.udp("named");
        node.discover(named);
        named.greets();

        assertThat(node.events()).contains("joined named");
    }

    private static void begs(Far far) {
        far.tells(Header.FLAG_PLEASE, KEEP_ALIVE, GREETING);
    }

    private static void hangsFromUs(Far far) {
        far.hangsFromUs(-1, 1, 1);
    }

    @Test
    void forAnotherWhoBegsRoomIsMadeFiveSecondsLater() {
        fill();
        node.udp("b1").tells(Header.FLAG_PLEASE, KEEP_ALIVE, GREETING);
        Far second = node.udp("b2");
        second.tells(Header.FLAG_PLEASE, KEEP_ALIVE, GREETING);
        assertThat(node.events()).contains("joined b1").doesNotContain("joined b2");
        stayFor(5_000);
        second.tells(Header.FLAG_PLEASE, KEEP_ALIVE, GREETING);

        assertThat(node.events()).contains("joined b2");
    }

    @Test
    void whoHasNoRoomForUsIsNoPeerAndOthersThatItNamesAreAsked() {
        Far alice = node.udp("alice");
        Far bob = node.udp("bob");
        node.discover(alice);
        node.out();
        alice.tells(Header.FLAG_NO_ROOM, KEEP_ALIVE, GREETING, new LinkRecord.Peers(List.of(bob.address())));

        assertThat(node.out()).containsExactly("+KeepAlive [Hello 4000] to bob");
        node.pass(1_000);
        assertThat(node.sizes().peers()).isZero();
        assertThat(to(alice)).isEmpty();
    }

    @Test
    void whoHasTooFewAsksAgainWhoHadNoRoom() {
        Far alice = node.udp("alice");
        node.discover(alice);
        alice.tells(Header.FLAG_NO_ROOM, KEEP_ALIVE, GREETING);
        node.pass(4_900);
        node.out();
        node.pass(1_200);

        assertThat(to(alice)).containsExactly("+KeepAlive [Hello 4000] to alice");
    }

    @Test
    void whoKnowsOnlyOneAsksItWhomItKnows() {
        Far alice = node.udp("alice");
        alice.greets();
        node.pass(1_000);

        assertThat(alice.timesToldOfOthers()).isPositive();
        assertThat(alice.toldOf()).isEmpty();
    }

    @Test
    void fiveAreAskedAtOnce() {
        Far alice = node.udp("alice");
        alice.greets();
        List<NetAddress> many = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            many.add(node.udp("x" + i).address());
        }
        node.out();
        alice.tells(KEEP_ALIVE, new LinkRecord.Peers(many));
        assertThat(asked()).isEqualTo(5);
        node.pass(1_000);

        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void neighbourThatWasLostComesBackThoughAllPlacesAreTaken() {
        Far lost = node.udp("lost");
        lost.greets();
        node.pass(11_000);
        fill();
        lost.greets();

        assertThat(node.events()).contains("joined lost");
    }

    @Test
    void placeOfWhoIsSilentForFourSecondsIsGivenToAnother() {
        fill();
        Far late = node.udp("late");
        node.pass(3_900);
        late.greets();
        assertThat(node.events()).doesNotContain("joined late");
        node.pass(200);
        late.greets();

        assertThat(node.events()).contains("joined late");
    }

    @Test
    void whoSpeaksSeldomIsPatientWithOthers() {
        NodeSettings usual = NodeFixture.settings(0, NodeFixture.WIDE);
        NodeSettings seldom = new NodeSettings(
                usual.nodeId(),
                usual.bindings(),
                List.of(),
                0,
                NodeFixture.seconds(10),
                NodeFixture.seconds(100),
                usual.pendingGetNanos(),
                usual.idleStreamNanos(),
                usual.leaseMillis(),
                usual.gate(),
                usual.cluster(),
                usual.keys(),
                usual.bounds());
        NodeFixture fixture = new NodeFixture(seldom);
        tenOf(fixture);
        Far late = fixture.udp("late");
        fixture.pass(39_900);
        late.greets();
        assertThat(fixture.events()).doesNotContain("joined late");
        fixture.pass(200);
        late.greets();

        assertThat(fixture.events()).contains("joined late");
    }

    private void fill() {
        first.addAll(tenOf(node));
    }

    private static List<Far> tenOf(NodeFixture fixture) {
        List<Far> ten = new ArrayList<>();
        for (int i = 0; i < Places.MOST; i++) {
            Far far = fixture.udp("n" + i);
            far.greets();
            ten.add(far);
        }
        fixture.out();
        return ten;
    }

    /** They all speak each second. */
    private void stayFor(long millis) {
        for (long passed = 0; passed < millis; passed += 1_000) {
            first.forEach(far -> far.tells(KEEP_ALIVE));
            node.pass(1_000);
        }
    }

    private List<String> to(Far far) {
        return node.out().stream()
                .filter(line -> line.endsWith(" to " + far.name()))
                .toList();
    }

    private long asked() {
        return node.out().stream()
                .filter(line -> line.contains("[Hello") && line.contains(" to x"))
                .count();
    }
}
