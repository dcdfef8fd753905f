package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.TCP;
import static org.simpledht.core.MachineFixture.UDP;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Where neighbours say that they can be reached: nobody is told of it before they have shown it. */
class ClaimsTest {

    private static final NetAddress CLAIMED = NetAddress.of(new byte[] {10, 0, 3, 1}, 5_000);
    private static final NetAddress OTHER = CLAIMED.withPort(5_001);
    private static final int SMALL_BYTES = 100;

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far carol = node.udp("carol");
    private final Far there = node.neighbour("there", new Path(UDP, CLAIMED)).withId(alice.id());
    private final List<Far> alive = new ArrayList<>(List.of(alice, carol));

    @Test
    void whoeverIsAtAClaimedAddressIsAskedThreeTimesAndNeverToldOf() {
        meet(alice, CLAIMED);
        stay(120);

        assertThat(to(there)).hasSize(3).allMatch(line -> line.startsWith("+KeepAlive PROBE"));
        assertThat(there.heardBytes()).isLessThanOrEqualTo(3 * SMALL_BYTES);
        assertThat(carol.toldOf()).contains(alice.address()).doesNotContain(CLAIMED);
    }

    @Test
    void whatWasLostIsAskedAgainThreeTimesAfterTenMinutes() {
        meet(alice, CLAIMED);
        stay(590);
        assertThat(to(there)).hasSize(3);
        stay(60);

        assertThat(to(there)).hasSize(3);
    }

    @Test
    void whoAnswersFromThereIsToldOfThereAndReachedAsBefore() {
        meet(alice, CLAIMED);
        node.pass(1_000);
        there.tells(KEEP_ALIVE);
        node.out();
        int before = carol.toldOf().size();
        stay(30);

        assertThat(carol.toldOf().subList(before, carol.toldOf().size()))
                .contains(CLAIMED)
                .doesNotContain(alice.address());
        assertThat(to(there)).isEmpty();
        assertThat(node.machine().peers(node.now()).get(1).path()).isEqualTo(alice.path());
    }

    @Test
    void whatWasShownIsAskedAgainAfterFiveMinutesAndCountsForTen() {
        meet(alice, CLAIMED);
        node.pass(1_000);
        Hash first = node.nonceOfLastQuestion(there.path());
        there.tells(KEEP_ALIVE);
        node.out();
        stay(290);
        assertThat(to(there)).isEmpty();
        stay(20);
        assertThat(to(there)).hasSize(3);
        assertThat(node.nonceOfLastQuestion(there.path()))
                .as("the last one may be known elsewhere")
                .isNotEqualTo(first);
        stay(150);
        assertThat(lastToldOf(90)).contains(CLAIMED).doesNotContain(alice.address());

        stay(60);
        assertThat(lastToldOf(90)).contains(alice.address()).doesNotContain(CLAIMED);
    }

    @Test
    void whoShowsItAgainAndAgainIsToldOfThere() {
        meet(alice, CLAIMED);
        node.pass(1_000);
        there.tells(KEEP_ALIVE);
        for (int i = 0; i < 6; i++) {
            node.out();
            stay(302);
            assertThat(to(there)).isNotEmpty();
            there.tells(KEEP_ALIVE);
        }

        assertThat(lastToldOf(30)).contains(CLAIMED).doesNotContain(alice.address());
    }

    /** Of whom somebody is told from now on. */
    private List<NetAddress> lastToldOf(int seconds) {
        int before = carol.toldOf().size();
        stay(seconds);
        return carol.toldOf().subList(before, carol.toldOf().size());
    }

    @Test
    void answerFromWhereItIsSeenShowsNothing() {
        meet(alice, CLAIMED);
        node.pass(1_000);
        alice.tells(KEEP_ALIVE);
        stay(30);

        assertThat(carol.toldOf()).contains(alice.address()).doesNotContain(CLAIMED);
    }

    @Test
    void somebodyElsesAnswerFromThereShowsNothing() {
        meet(alice, CLAIMED);
        node.pass(1_000);
        Far other = node.neighbour("other", there.path());
        other.greets();
        alive.add(other);
        node.out();
        stay(30);

        assertThat(node.out()).noneMatch(line -> line.contains("PROBE"));
        assertThat(carol.toldOf()).contains(alice.address());
    }

    @Test
    void addressOfAPeerIsNotAskedOnAnothersWord() {
        Far bob = node.udp("bob");
        bob.greets();
        alive.add(bob);
        meet(alice, bob.address());
        stay(30);

        assertThat(to(bob)).noneMatch(line -> line.contains("PROBE"));
        assertThat(carol.toldOf()).contains(alice.address());
    }

    @Test
    void whoTakesTheAddressOverIsToldOfInstead() {
        meet(alice, CLAIMED);
        node.pass(1_000);
        there.tells(KEEP_ALIVE);
        Far other = node.neighbour("other", there.path());
        other.greets();
        alive.add(other);
        node.pass(1_000);
        int before = carol.toldOf().size();
        stay(30);

        assertThat(carol.toldOf().subList(before, carol.toldOf().size())).contains(alice.address(), CLAIMED);
    }

    @Test
    void forgedAnswerFromThereShowsNothing() {
        NodeFixture wary = new NodeFixture(WaryFixture.wary());
        Far victim = wary.neighbour("victim", new Path(UDP, CLAIMED));
        Far liar = wary.udp("liar");
        Far friend = wary.udp("friend");
        for (Far far : List.of(liar, friend)) {
            far.says(far.id());
            far.greets();
            far.showsCookie();
            far.greets();
        }
        liar.greets(CLAIMED);
        for (int second = 0; second < 60; second++) {
            wary.pass(1_000);
            liar.greets(CLAIMED);
            friend.tells(KEEP_ALIVE);
            victim.withId(liar.id()).tells(Header.FLAG_NEIGHBOUR, KEEP_ALIVE);
        }

        assertThat(friend.toldOf()).contains(liar.address()).doesNotContain(CLAIMED);
    }

    @Test
    void manyClaimsOfOneAddressAreAskedAsSeldomAsHearsay() {
        NodeFixture wary = new NodeFixture(WaryFixture.wary());
        Far victim = wary.neighbour("victim", new Path(UDP, CLAIMED));
        List<Far> liars = new ArrayList<>();
        for (int i = 0; i < Places.MOST; i++) {
            Far liar = wary.udp("liar" + i);
            liar.says(liar.id());
            liar.greets();
            liar.showsCookie();
            liar.greets(CLAIMED);
            liars.add(liar);
        }
        for (int second = 0; second < 30; second++) {
            wary.pass(1_000);
            liars.forEach(liar -> liar.greets(CLAIMED));
        }

        // Three at once, then one in 5 s.
        assertThat(victim.heardBytes()).isPositive().isLessThanOrEqualTo(9 * SMALL_BYTES);
    }

    @Test
    void anotherClaimIsNotAskedWithinAMinute() {
        Far elsewhere = node.neighbour("elsewhere", new Path(UDP, OTHER));
        meet(alice, CLAIMED);
        stay(20);
        alice.greets(OTHER);
        stay(20);
        assertThat(to(elsewhere)).isEmpty();

        stay(21);
        alice.greets(OTHER);
        stay(5);
        assertThat(to(elsewhere)).isNotEmpty();
    }

    @Test
    void whoTakesAClaimBackMakesAnotherOneNoSooner() {
        for (NetAddress between : List.of(alice.address().withPort(0), NetAddress.of(new byte[4], 5_000))) {
            meet(alice, CLAIMED);
            stay(2);
            alice.greets();
            alice.greets(OTHER);
            alice.greets(between);
            alice.greets(OTHER);
            stay(20);

            assertThat(node.out()).noneMatch(line -> line.contains("PROBE") && line.endsWith(OTHER.toString()));
        }
    }

    @Test
    void claimThatIsTakenBackAndMadeAgainIsAskedNoMoreOften() {
        meet(alice, CLAIMED);
        stay(10);
        assertThat(to(there)).hasSize(3);
        for (int i = 0; i < 20; i++) {
            alice.greets();
            alice.greets(CLAIMED);
            stay(5);
        }

        assertThat(to(there)).isEmpty();
    }

    @Test
    void whoLeavesAndComesBackAsSomebodyElseMakesAnotherClaimNoSooner() {
        Far elsewhere = node.neighbour("elsewhere", new Path(UDP, OTHER));
        meet(alice, CLAIMED);
        stay(10);
        assertThat(to(there)).hasSize(3);
        alice.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        alice.withId(77).greets(OTHER);
        stay(10);
        assertThat(to(elsewhere)).isEmpty();

        alice.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        alice.withId(78).greets(CLAIMED);
        stay(10);
        assertThat(to(there)).isEmpty();
    }

    @Test
    void whoComesFromOnePortAfterTheOtherMakesTenClaimsAMinute() {
        carol.greets();
        for (int i = 0; i < 60; i++) {
            Far port = node.neighbour(
                            "port " + i,
                            new Path(UDP, MachineFixture.address(200).withPort(10_000 + i)))
                    .withId(10_000 + i);
            port.greets(CLAIMED.withPort(6_000 + i));
            stay(1);
            port.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        }

        assertThat(node.out().stream().filter(line -> line.contains("PROBE")))
                .as("ten at once, and ten in the minute")
                .hasSizeBetween(10, 20);
    }

    @Test
    void whoIsStartedAnewIsToldOfWhereItClaimsToBeOnceItHasShownItAgain() {
        meet(alice, CLAIMED);
        node.pass(1_000);
        there.tells(KEEP_ALIVE);
        alice.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        alice.withId(77).greets(CLAIMED);
        assertThat(lastToldOf(10)).contains(alice.address()).doesNotContain(CLAIMED);
        there.withId(77).tells(KEEP_ALIVE);

        assertThat(lastToldOf(30)).contains(CLAIMED).doesNotContain(alice.address());
    }

    @Test
    void whatIsNoAddressIsNotAsked() {
        List<NetAddress> nobodys = List.of(
                CLAIMED.withPort(0),
                NetAddress.of(new byte[] {(byte) 224, 0, 0, 1}, 5_000),
                NetAddress.of(new byte[4], 5_000));
        for (int i = 0; i < nobodys.size(); i++) {
            Far far = node.udp("claimant" + i);
            meet(far, nobodys.get(i));
            alive.add(far);
        }
        stay(20);

        assertThat(node.out()).noneMatch(line -> line.contains("PROBE"));
    }

    @Test
    void whoIsLostIsLookedForThere() {
        meet(alice, CLAIMED);
        node.pass(1_000);
        there.tells(KEEP_ALIVE);
        alive.remove(alice);
        stay(12);
        assertThat(node.events()).contains("lost there");
        stay(10);

        assertThat(to(there)).isNotEmpty();
        assertThat(to(alice)).isEmpty();
    }

    @Test
    void connectionToThereShowsItAndOneFromThereDoesNot() {
        Far bob = node.neighbour("bob", new Path(TCP, MachineFixture.address(50).withPort(40_000)));
        Far friend = node.neighbour(
                "friend", new Path(TCP, MachineFixture.address(51).withPort(40_000)));
        List.of(bob, friend).forEach(node::accepted);
        alive.clear();
        alive.addAll(List.of(bob, friend));
        // It claims the very port that its connection comes from.
        bob.greets(bob.address());
        friend.greets();
        stay(10);
        assertThat(friend.toldOf()).contains(bob.address().withPort(4_000)).doesNotContain(bob.address());

        Far dialled = node.neighbour("dialled", new Path(TCP, CLAIMED)).withId(bob.id());
        stay(60);
        bob.greets(CLAIMED);
        node.out();
        stay(2);
        assertThat(to(dialled)).first().asString().contains("[Hello 4000]");
        dialled.greets(CLAIMED);
        assertThat(node.out()).contains("disconnect dialled");
        node.closed(dialled);
        int before = friend.toldOf().size();
        friend.tells(KEEP_ALIVE, new LinkRecord.Peers(List.of(CLAIMED, OTHER)));
        assertThat(node.out())
                .as("whom a neighbour tells of is asked, but not where another one is known to be")
                .noneMatch(line -> line.endsWith(" to dialled"))
                .anyMatch(line -> line.contains("[Hello 4000]") && line.contains(":5001"));
        stay(30);
        assertThat(friend.toldOf().subList(before, friend.toldOf().size()))
                .contains(CLAIMED)
                .doesNotContain(bob.address().withPort(4_000));
    }

    private void meet(Far far, NetAddress claimed) {
        carol.greets();
        far.greets(claimed);
        node.out();
    }

    /** Those who live speak each second. */
    private void stay(int seconds) {
        for (int i = 0; i < seconds; i++) {
            alive.forEach(far -> far.tells(KEEP_ALIVE));
            node.pass(1_000);
        }
    }

    /** Also empties what was kept. */
    private List<String> to(Far far) {
        return node.out().stream()
                .filter(line -> line.endsWith(" to " + far.name()))
                .toList();
    }
}
