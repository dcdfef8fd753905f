package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.BINDINGS;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.LinkRecord.Trunk;
import org.simpledht.protocol.Message;

/** Where a node hangs itself in the tree, by what its neighbours say of where they are. */
class TrunkTest {

    private static final int SELF = 50;
    private static final int SMALL = 7;
    private static final int SMALLER = 3;

    private final NodeFixture node =
            new NodeFixture(NodeFixture.settings((long) SELF << 32 | 1, BINDINGS, 0, NodeFixture.WIDE));
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");
    private final Far carol = node.udp("carol");

    @BeforeEach
    void meet() {
        alice.greets();
        bob.greets();
        carol.greets();
    }

    @Test
    void whoKnowsNoSmallerIdIsTheRootAndBeginsARoundEachFourSeconds() {
        node.pass(1_000);
        int round = alice.nearIsAt().round();
        assertThat(alice.nearIsAt()).isEqualTo(new Trunk(SELF, round, 0, false));

        for (int i = 0; i < 4; i++) {
            pass(1_000);
        }
        assertThat(alice.nearIsAt().round()).isEqualTo(round + 1);
    }

    @Test
    void smallestRootWinsAndOfTheWaysToItTheShortest() {
        alice.isAt(SMALL, 9, 0);
        assertThat(alice.nearIsAt()).isEqualTo(new Trunk(SMALL, 9, 1, true));

        bob.isAt(SMALLER, 4, 5);
        pass(200);
        assertThat(alice.nearIsAt()).isEqualTo(new Trunk(SMALLER, 4, 6, false));
        assertThat(bob.nearIsAt()).isEqualTo(new Trunk(SMALLER, 4, 6, true));

        carol.isAt(SMALLER, 4, 2);
        pass(200);
        assertThat(carol.nearIsAt()).isEqualTo(new Trunk(SMALLER, 4, 3, true));
    }

    @Test
    void largerRootIsNone() {
        alice.isAt(SELF + 1, 9, 0);
        alice.isAt(-1, 9, 0);
        pass(1_000);

        assertThat(alice.nearIsAt().root()).isEqualTo(SELF);
    }

    @Test
    void wayThatIsNoShorterIsNotTaken() {
        alice.isAt(SMALL, 9, 2);
        bob.isAt(SMALL, 9, 2);
        carol.isAt(SMALL, 10, 2);
        pass(1_000);

        assertThat(alice.nearIsAt()).isEqualTo(new Trunk(SMALL, 9, 3, true));
    }

    @Test
    void parentThatIsTwoRoundsBehindIsLeft() {
        alice.isAt(SMALL, 9, 2);
        bob.isAt(SMALL, 11, 6);
        pass(200);

        assertThat(bob.nearIsAt()).isEqualTo(new Trunk(SMALL, 11, 7, true));
    }

    @Test
    void whoLosesItsParentHangsFromANearerOneOnly() {
        alice.isAt(SMALL, 9, 2);
        bob.isAt(SMALL, 9, 3);
        alice.isAt(SMALL, 9, Trunk.NO_WAY);
        pass(200);
        assertThat(bob.nearIsAt()).as("bob may be below").isEqualTo(new Trunk(SMALL, 9, Trunk.NO_WAY, false));

        carol.isAt(SMALL, 9, 2);
        pass(200);
        assertThat(carol.nearIsAt()).isEqualTo(new Trunk(SMALL, 9, 3, true));
    }

    @Test
    void laterRoundShowsThatItIsNotOurOwnWay() {
        alice.isAt(SMALL, 9, 2);
        bob.isAt(SMALL, 9, 3);
        alice.isAt(SMALL, 9, Trunk.NO_WAY);
        bob.isAt(SMALL, 10, 6);
        pass(200);

        assertThat(bob.nearIsAt()).isEqualTo(new Trunk(SMALL, 10, 7, true));
    }

    @Test
    void nobodyHangsFromItsChild() {
        alice.hangsFromUs(SMALL, 9, 2);
        pass(200);

        assertThat(alice.nearIsAt().isParent()).isFalse();
        assertThat(alice.nearIsAt().root()).isEqualTo(SELF);
    }

    @Test
    void silentParentIsNone() {
        alice.isAt(SMALL, 9, 2);
        bob.isAt(SMALL, 9, 2);
        for (int i = 0; i < 6; i++) {
            pass(1_000, bob, carol);
        }

        assertThat(bob.nearIsAt()).isEqualTo(new Trunk(SMALL, 9, 3, true));
    }

    @Test
    void rootThatBeginsNoRoundAnyMoreHasFallen() {
        alice.isAt(SMALL, 9, 2);
        for (int i = 0; i < 13; i++) {
            pass(1_000);
        }
        assertThat(alice.nearIsAt().root()).isEqualTo(SELF);

        bob.isAt(SMALL, 9, 1);
        pass(1_000);
        assertThat(bob.nearIsAt().root()).as("news of it is old").isEqualTo(SELF);

        bob.isAt(SMALL, 10, 1);
        pass(1_000);
        assertThat(bob.nearIsAt()).isEqualTo(new Trunk(SMALL, 10, 2, true));
    }

    @Test
    void afterAMinuteNewsOfARootThatWasGoneCountsAgain() {
        alice.isAt(SMALL, 9, 2);
        for (int i = 0; i < 14; i++) {
            pass(1_000);
        }
        for (int i = 0; i < 61; i++) {
            pass(1_000);
            alice.isAt(SELF, alice.nearIsAt().round(), 1);
        }
        bob.isAt(SMALL, 8, 1);
        pass(1_000);

        assertThat(bob.nearIsAt()).as("its rounds may have begun anew").isEqualTo(new Trunk(SMALL, 8, 2, true));
    }

    @Test
    void rootAnswersALieAboutItsRoundsWithALaterOne() {
        node.pass(1_000);
        alice.isAt(SELF, 30_000, 0);
        pass(200);

        assertThat(bob.nearIsAt()).isEqualTo(new Trunk(SELF, 30_001, 0, false));
    }

    @Test
    void changeIsToldAtOnceWheneverItIs() {
        for (int i = 0; i < 10; i++) {
            pass(1_000);
        }
        alice.isAt(SMALL, 9, 0);

        assertThat(alice.nearIsAt()).isEqualTo(new Trunk(SMALL, 9, 1, true));
    }

    @Test
    void whoIsFullIsNoParent() {
        alice.tells(Header.FLAG_NEIGHBOUR | Header.FLAG_FULL, Message.KEEP_ALIVE, new Trunk(SMALL, 9, 0, false));
        bob.isAt(SMALL, 9, 3);
        pass(200);

        assertThat(bob.nearIsAt()).isEqualTo(new Trunk(SMALL, 9, 4, true));
    }

    @Test
    void roundsBeginAnewAfterTheLast() {
        alice.isAt(SMALL, 0xffff, 2);
        alice.isAt(SMALL, 0, 2);
        pass(1_000);

        assertThat(alice.nearIsAt()).isEqualTo(new Trunk(SMALL, 0, 3, true));
    }

    @Test
    void overtakenWordIsIgnored() {
        alice.isAt(SMALL, 9, 2);
        alice.isAt(SMALL, 8, Trunk.NO_WAY);
        pass(1_000);

        assertThat(alice.nearIsAt()).isEqualTo(new Trunk(SMALL, 9, 3, true));
    }

    @Test
    void whoChangesAlwaysMakesNobodyTalkAlways() {
        node.out();
        IntStream.range(0, 1_000).forEach(i -> alice.isAt(i % 2 == 0 ? SMALL : SMALLER, 9, 2));

        assertThat(node.out()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void onlyParentAndChildrenArePushedTo() {
        alice.isAt(SMALL, 9, 0);
        bob.isAt(SMALL, 9, 0);
        carol.hangsFromUs(SMALL, 9, 2);
        pass(1_000);
        node.out();
        alice.pushes(node.written(KEY, HELLO), HELLO);

        assertThat(node.said()).hasSize(1).allMatch(line -> line.contains("Push") && line.endsWith("to carol"));
    }

    @Test
    void linkThatOthersNeedStaysEagerWhateverComesTwice() {
        alice.isAt(SMALL, 9, 0);
        bob.hangsFromUs(SMALL, 9, 2);
        alice.tells(Message.KEEP_ALIVE, MachineFixture.others());
        pass(1_000);
        node.out();
        for (int i = 0; i < 30; i++) {
            var meta = node.written(KEY, HELLO);
            alice.pushes(meta, HELLO);
            bob.pushes(meta, HELLO);
            pass(100);
        }

        assertThat(node.said()).noneMatch(line -> line.contains("Prune"));
    }

    /** Time passes, and these are heard. */
    private void pass(long millis, Far... heard) {
        node.pass(millis);
        for (Far each : heard) {
            each.tells(Message.KEEP_ALIVE);
        }
    }

    private void pass(long millis) {
        pass(millis, alice, bob, carol);
    }
}
