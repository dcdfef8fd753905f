package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.types.Hash;

/** How long, how often and of whom a node asks for a version that neighbours have announced. */
class WantsTest {

    private static final String GETS = "+KeepAlive [Gets 2a] to ";

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");
    private final Meta version = node.written(KEY, HELLO);

    @Test
    void firstRequestWaitsForThePushThatIsUsuallyOnItsWay() {
        alice.announces(version);
        node.pass(59);
        assertThat(node.said()).isEmpty();
        node.pass(1);

        assertThat(node.said()).containsExactly(GETS + "alice");
    }

    @Test
    void firstRequestWaitsLongerWherePushesComeAfterTheRequestAndNoLongerThanTwiceAsLong() {
        for (int i = 1; i <= 30; i++) {
            Meta late = node.written(new Hash(i), HELLO);
            alice.announces(late);
            node.pass(200);
            alice.pushes(late, HELLO);
            bob.pushes(late, HELLO);
        }
        node.out();
        alice.announces(version);
        node.pass(158);
        assertThat(node.said()).noneMatch(line -> line.contains("Gets"));
        node.pass(2);
        assertThat(node.said()).anyMatch(line -> line.contains("Gets 2a"));
    }

    @Test
    void firstRequestComesSoonerAgainWherePushesComeInTime() {
        firstRequestWaitsLongerWherePushesComeAfterTheRequestAndNoLongerThanTwiceAsLong();
        for (int i = 100; i < 1_100; i++) {
            Meta inTime = node.written(new Hash(i), HELLO);
            alice.announces(inTime);
            alice.pushes(inTime, HELLO);
        }
        node.out();
        alice.announces(node.written(Hash.parse("2b"), HELLO));
        node.pass(70);

        assertThat(node.said()).anyMatch(line -> line.contains("Gets 2b"));
    }

    @Test
    void whoHasNoEagerLinkThoughThereAreOthersExpectsNoPushAndAsksAtOnce() {
        alice.tells(KEEP_ALIVE, ExtensionRecord.PRUNE, MachineFixture.others());
        node.out();
        alice.announces(version);
        node.pass(0);

        assertThat(node.saidWhen()).containsExactly("0 " + GETS + "alice");
    }

    @Test
    void whatIsListedIsAskedForAtOnce() {
        node.pass(300);
        alice.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(version)));
        node.pass(0);

        assertThat(node.saidWhen()).containsExactly("300 " + GETS + "alice");
    }

    @Test
    void whatIsListedAfterItWasAnnouncedIsAskedForAtOnce() {
        node.pass(300);
        alice.announces(version);
        bob.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(version)));
        node.pass(0);

        assertThat(node.saidWhen()).containsExactly("300 " + GETS + "alice");
    }

    @Test
    void requestIsRepeatedWithABackOffOfAtMostASecondAndGivenUpAfterTwelveTries() {
        alice.announces(version);
        for (int second = 0; second < 20; second++) {
            node.pass(1_000);
            alice.tells(KEEP_ALIVE);
        }
        List<Long> when = node.saidWhen().stream()
                .filter(line -> line.endsWith(GETS + "alice"))
                .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                .toList();

        assertThat(when).hasSize(12).startsWith(60L);
        List<Long> least = new ArrayList<>(List.of(200L, 400L, 800L));
        IntStream.range(0, 8).forEach(i -> least.add(1_000L));
        for (int i = 0; i < 11; i++) {
            // Up to 50 ms are random, and up to 5 ms go by so that many are looked at together.
            assertThat(when.get(i + 1) - when.get(i)).isBetween(least.get(i), least.get(i) + 55);
        }
        assertThat(node.sizes().wants()).isZero();
        assertThat(node.counted(Counter.WANTS_GIVEN_UP)).isEqualTo(1);
    }

    @Test
    void repetitionsGoRoundTheAnnouncers() {
        alice.announces(version);
        bob.announces(version);
        node.pass(2_900);

        assertThat(node.said())
                .containsExactly(GETS + "alice", GETS + "bob", GETS + "alice", GETS + "bob", GETS + "alice");
    }

    @Test
    void fourAnnouncersAreRemembered() {
        List<Far> six = IntStream.range(0, 6).mapToObj(i -> node.udp("n" + i)).toList();
        six.forEach(far -> far.announces(version));
        node.pass(9_000);

        assertThat(node.said().stream().distinct()).containsExactly(GETS + "n0", GETS + "n1", GETS + "n2", GETS + "n3");
    }

    @Test
    void announcerThatIsGoneIsNotAsked() {
        alice.announces(version);
        bob.announces(version);
        bob.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        node.pass(3_000);

        assertThat(node.said()).isNotEmpty().containsOnly(GETS + "alice");
    }

    @Test
    void withoutAnybodyToAskItIsGivenUp() {
        alice.announces(version);
        alice.tells(Header.FLAG_LEAVING, KEEP_ALIVE);
        node.pass(3_000);

        assertThat(node.said()).isEmpty();
        assertThat(node.sizes().wants()).isZero();
    }

    @Test
    void largerVersionTakesThePlaceOfTheSmallerOneAndOfItsAnnouncers() {
        alice.announces(version);
        node.pass(700);
        node.out();
        bob.announces(later());
        node.pass(2_000);

        assertThat(node.said()).isNotEmpty().containsOnly(GETS + "bob");
    }

    @Test
    void pushOfALargerVersionIsWaitedForHoweverLongTheSmallerOneHasBeenAskedFor() {
        alice.announces(version);
        node.pass(1_400);
        node.out();
        bob.announces(later());
        node.pass(59);
        assertThat(node.said()).isEmpty();
        node.pass(1);

        assertThat(node.said()).containsExactly(GETS + "bob");
    }

    @Test
    void smallerVersionIsNotAskedFor() {
        bob.announces(later());
        alice.announces(version);
        node.pass(2_000);

        assertThat(node.said()).isNotEmpty().containsOnly(GETS + "bob");
    }

    @Test
    void smallerVersionThatArrivesEndsNothing() {
        bob.announces(later());
        alice.pushes(version, HELLO);
        node.out();
        node.pass(500);

        assertThat(node.said()).contains(GETS + "bob");
    }

    @Test
    void arrivalEndsTheQuestionsWhoeverSentIt() {
        alice.announces(version);
        bob.pushes(version, HELLO);
        node.out();
        node.pass(3_000);

        assertThat(node.said()).noneMatch(line -> line.contains("Gets"));
        assertThat(node.sizes().wants()).isZero();
    }

    @Test
    void largerVersionThatIsWrittenHereEndsTheQuestions() {
        alice.announces(version);
        node.put(KEY, OTHER);
        node.out();
        node.pass(3_000);

        assertThat(node.said()).noneMatch(line -> line.contains("Gets"));
        assertThat(node.sizes().wants()).isZero();
    }

    @Test
    void oneNeighbourNamesAtMostOneThousandAndTwentyFour() {
        announce(alice, 0, 1_100);
        assertThat(node.sizes().wants()).isEqualTo(1_024);
        assertThat(node.counted(Counter.WANTS_REFUSED)).isEqualTo(76);
        announce(bob, 2_000, 10);

        assertThat(node.sizes().wants()).isEqualTo(1_034);
    }

    @Test
    void allTogetherNameAtMostFourThousandAndNinetySix() {
        for (int i = 0; i < 5; i++) {
            announce(node.udp("n" + i), 10_000 * i, 1_000);
        }

        assertThat(node.sizes().wants()).isEqualTo(4_096);
        assertThat(node.counted(Counter.WANTS_REFUSED)).isEqualTo(904);
    }

    @Test
    void whatHasComeLeavesRoomForMore() {
        announce(alice, 0, 1_024);
        alice.pushes(node.written(new Hash(7), HELLO), HELLO);
        announce(alice, 5_000, 1);

        assertThat(node.sizes().wants()).isEqualTo(1_024);
        assertThat(node.counted(Counter.WANTS_REFUSED)).isZero();
    }

    private void announce(Far far, int first, int count) {
        for (int i = first; i < first + count; i += 25) {
            far.announces(IntStream.range(i, Math.min(i + 25, first + count))
                    .mapToObj(key -> node.written(new Hash(key), HELLO))
                    .toArray(Meta[]::new));
        }
    }

    private Meta later() {
        return Meta.of(KEY, version.clock() + 1, version.life(), OTHER);
    }
}
