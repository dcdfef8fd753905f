package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that the user named: tried for ever, found again, and left in peace while they are there. */
class SeedsTest {

    private final NodeFixture node = new NodeFixture(NodeFixture.settings(1, NodeFixture.WIDE));
    private final Far alice = node.udp("alice");
    private final Far alice2 = node.udp("alice2");

    @Test
    void nameIsLookedUpAtOnceAndThenWithABackOffUpToThirtySeconds() {
        assertThat(resolutionsWithin(100_000))
                .containsExactly(0L, 1_000L, 3_000L, 7_000L, 15_000L, 31_000L, 61_000L, 91_000L);
    }

    @Test
    void allAddressesOfTheNameAreContactedAtOnce() {
        node.tick();
        node.out();
        node.resolved(0, alice, alice2);

        assertThat(node.out()).containsExactly("+KeepAlive [Hello 4000] to alice", "+KeepAlive [Hello 4000] to alice2");
    }

    @Test
    void addressThatCannotBeReachedFromHereIsLeftOut() {
        Far nowhere = node.neighbour("nowhere", new Path(0, MachineFixture.WILDCARD));
        node.tick();
        node.out();
        node.resolved(0, nowhere, alice);

        assertThat(node.out()).containsExactly("+KeepAlive [Hello 4000] to alice");
    }

    @Test
    void seedThatAnswersIsNotLookedUpAgain() {
        node.tick();
        node.resolved(0, alice, alice2);
        alice.tells(KEEP_ALIVE);
        node.out();
        for (int i = 0; i < 100; i++) {
            node.pass(1_000);
            alice.tells(KEEP_ALIVE);
        }

        assertThat(node.out()).doesNotContain("resolve 0");
    }

    @Test
    void seedThatIsLostIsLookedUpAnewFromTheShortestBackOff() {
        node.tick();
        node.resolved(0, alice);
        alice.tells(KEEP_ALIVE);
        node.pass(10_000);
        node.out();

        assertThat(resolutionsWithin(10_000)).containsExactly(11_000L, 12_000L, 14_000L, 18_000L);
    }

    @Test
    void seedThatMovedIsFoundAtItsNewAddress() {
        node.tick();
        node.resolved(0, alice);
        alice.tells(KEEP_ALIVE);
        node.pass(12_000);
        node.out();
        node.resolved(0, alice2);

        assertThat(node.out()).containsExactly("+KeepAlive [Hello 4000] to alice2");
    }

    @Test
    void nameThatResolvesToNothingIsTriedAgain() {
        node.tick();
        node.resolved(0);
        node.out();

        assertThat(resolutionsWithin(2_900)).containsExactly(1_000L);
    }

    @Test
    void nameThatIsBeingLookedUpIsNotAskedForAgain() {
        node.tick();
        assertThat(node.out()).containsExactly("resolve 0");
        for (int i = 0; i < 100; i++) {
            node.pass(1_000);
        }
        assertThat(node.out()).isEmpty();
        node.resolved(0);

        assertThat(resolutionsWithin(30_000)).hasSize(1);
    }

    @Test
    void ownAddressAsASeedIsDone() {
        node.tick();
        node.resolved(0, alice);
        alice.withId(NodeFixture.OWN_ID).tells(KEEP_ALIVE);
        node.out();

        assertThat(resolutionsWithin(60_000)).isEmpty();
        assertThat(node.sizes().candidates()).isZero();
    }

    @Test
    void ownAddressAsASeedIsDoneOverStreamsToo() {
        Far front = node.neighbour("front", new Path(MachineFixture.TCP, MachineFixture.address(200)));
        Far back = node.neighbour(
                "back", new Path(MachineFixture.TCP, MachineFixture.address(200).withPort(40_000)));
        node.tick();
        node.resolved(0, front);
        node.accepted(back);
        back.withId(NodeFixture.OWN_ID).tells(KEEP_ALIVE, MachineFixture.GREETING);
        assertThat(node.out()).containsSubsequence("+KeepAlive [Hello 4000] to back", "disconnect back");
        front.withId(NodeFixture.OWN_ID).tells(KEEP_ALIVE, MachineFixture.GREETING);

        assertThat(resolutionsWithin(60_000)).isEmpty();
    }

    @Test
    void seedsAreIndependent() {
        NodeFixture two = new NodeFixture(NodeFixture.settings(2, NodeFixture.WIDE));
        Far bob = two.udp("bob");
        two.tick();
        assertThat(two.out()).containsExactly("resolve 0", "resolve 1");
        two.resolved(0);
        two.resolved(1, bob);
        bob.tells(KEEP_ALIVE);
        two.pass(2_900);

        assertThat(two.out()).contains("resolve 0").doesNotContain("resolve 1");
    }

    private List<Long> resolutionsWithin(long millis) {
        List<Long> when = new ArrayList<>();
        long end = node.millis() + millis;
        node.tick();
        while (true) {
            if (node.out().contains("resolve 0")) {
                when.add(node.millis());
                node.resolved(0);
            }
            if (node.millis() >= end) {
                return when;
            }
            node.pass(100);
        }
    }
}
