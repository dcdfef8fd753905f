package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.core.MachineFixture.others;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What a node does when a neighbour pushes, announces or asks for a version, and what of it the others hear. */
class GossipTest {

    private static final int LEASE_SECONDS = (int) (NodeFixture.LEASE_MILLIS / 1_000);

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");
    private final Meta version = node.written(KEY, HELLO);

    @BeforeEach
    void meet() {
        alice.greets();
        bob.greets();
        node.out();
    }

    /** Neighbours n0, n1 … that want to be told instead of pushed to. */
    private List<Far> lazy(int count) {
        List<Far> lazy =
                IntStream.range(0, count).mapToObj(i -> node.udp("n" + i)).toList();
        lazy.forEach(each -> each.tells(KEEP_ALIVE, ExtensionRecord.PRUNE));
        return lazy;
    }

    @Test
    void pushThatIsNewIsStoredAndPushedToTheOthers() {
        alice.pushes(version, HELLO);

        assertThat(node.out()).containsExactly("stored 2a hello", "+KeepAlive [Push 2a hello] [Flow] to bob");
        assertThat(node.machine().store().meta(KEY)).isEqualTo(version);
    }

    @Test
    void stampedPutIsAPush() {
        alice.tells(new Message.Put(KEY, HELLO), new ExtensionRecord.Stamp(version.clock(), version.life()));

        assertThat(node.out()).containsExactly("stored 2a hello", "+KeepAlive [Push 2a hello] [Flow] to bob");
    }

    @Test
    void putWithoutStampCouldOnlyBeACopy() {
        alice.tells(new Message.Put(KEY, HELLO));

        assertThat(node.out()).isEmpty();
        assertThat(node.counted(Counter.CLASSIC_FRAMES_OF_OURS)).isEqualTo(1);
    }

    @Test
    void manyPushesInARowThatAreHereAlreadyAreAnsweredWithPrune() {
        alice.pushes(version, HELLO);
        node.out();
        IntStream.range(0, 9).forEach(i -> bob.pushes(version, HELLO));
        assertThat(node.said()).isEmpty();
        bob.pushes(version, HELLO);
        assertThat(node.said()).containsExactly("+KeepAlive [Prune] to bob");
        bob.pushes(version, HELLO);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void pushThatIsNewInterruptsTheRow() {
        alice.pushes(version, HELLO);
        IntStream.range(0, 9).forEach(i -> bob.pushes(version, HELLO));
        bob.pushes(node.written(Hash.parse("2b"), HELLO), HELLO);
        node.out();
        bob.pushes(version, HELLO);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void whoseAnnouncementsHaveToBeAskedForAgainAndAgainIsToPush() {
        node.udp("carol").greets();
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        for (int key = 1; key <= 3; key++) {
            node.out();
            bob.announces(node.written(new Hash(key), HELLO));
            node.pass(60);
        }
        assertThat(node.said()).containsExactly("+KeepAlive [Graft] [Gets 3] to bob");
        alice.pushes(version, HELLO);

        assertThat(node.said()).contains("+KeepAlive [Push 2a hello] [Flow] to bob");
    }

    @Test
    void whoIsAskedForWhatItHasListedNeedNotPush() {
        for (int key = 1; key <= 4; key++) {
            bob.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(node.written(new Hash(key), HELLO))));
            node.pass(0);
        }

        assertThat(node.said()).anyMatch(line -> line.contains("Gets 4")).noneMatch(line -> line.contains("Graft"));
    }

    @Test
    void whoAskedForItIsToldInsteadOfPushedTo() {
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        alice.pushes(version, HELLO);
        assertThat(node.said()).isEmpty();
        node.pass(100);

        assertThat(node.said()).containsExactly("+KeepAlive [has 2a] to bob");
    }

    @Test
    void whoHasShownThatItHasItIsNeitherToldNorPushedTo() {
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        alice.pushes(version, HELLO);
        bob.announces(version);
        Meta next = node.written(Hash.parse("2b"), HELLO);
        bob.announces(next);
        alice.pushes(next, HELLO);
        node.out();
        node.pass(100);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void whoIsAskedNotToPushIsNotPushedToEither() {
        alice.pushes(version, HELLO);
        IntStream.range(0, 10).forEach(i -> bob.pushes(version, HELLO));
        node.pass(500);
        node.out();
        alice.pushes(node.written(Hash.parse("2b"), HELLO), HELLO);
        node.pass(150);

        assertThat(node.said()).noneMatch(line -> line.contains("Push"));
    }

    @Test
    void whoAsksForItIsPushedToAgain() {
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        bob.tells(KEEP_ALIVE, ExtensionRecord.GRAFT);
        alice.pushes(version, HELLO);

        assertThat(node.said()).containsExactly("+KeepAlive [Push 2a hello] [Flow] to bob");
    }

    @Test
    void ownWritesArePushedToAllWhateverTheyAskedFor() {
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.put(KEY, HELLO);

        assertThat(node.said())
                .containsExactly(
                        "+KeepAlive [Push 2a hello] [Flow] to alice", "+KeepAlive [Push 2a hello] [Flow] to bob");
    }

    @Test
    void whoAsksForContentIsNotPushedToForThat() {
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        bob.tells(KEEP_ALIVE, new ExtensionRecord.Gets(List.of(Version.nothing(Hash.parse("2b")))));
        alice.pushes(version, HELLO);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void whatIsRelayedAmongManyWantsNoEcho() {
        for (int i = 0; i < 4; i++) {
            node.udp("n" + i).tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        }
        node.out();
        alice.pushes(version, HELLO);

        assertThat(node.said()).containsExactly("+KeepAlive [Push 2a hello] to bob");
    }

    /** What alice pushes is passed on, where bob wants to be told like all others. */
    private List<String> relayedWithin(long millis) {
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        alice.pushes(version, HELLO);
        node.pass(millis);
        return node.said();
    }

    @Test
    void twoOfThoseWhoAreToldHearOfOneRelay() {
        alice.tells(KEEP_ALIVE, others());
        lazy(8);
        assertThat(relayedWithin(100)).hasSize(2).allMatch(line -> line.startsWith("+KeepAlive [has 2a] to "));
    }

    @Test
    void amongFewFourHearOfItAndSooner() {
        lazy(6);
        assertThat(relayedWithin(50)).hasSize(4).allMatch(line -> line.startsWith("+KeepAlive [has 2a] to "));
    }

    @Test
    void whereFramesGetLostFourHearOfItAndSooner() {
        alice.tells(KEEP_ALIVE, others());
        lazy(8);
        node.pass(2_000);

        assertThat(relayedWithin(50)).hasSize(4).allMatch(line -> line.startsWith("+KeepAlive [has 2a] to "));
    }

    @Test
    void whatIsWrittenHereGoesToAllNeighboursIfThereAreNoOthers() {
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        node.put(KEY, HELLO);

        assertThat(node.said()).hasSize(2).allMatch(line -> line.contains("[Push 2a hello]"));
    }

    @Test
    void whatIsWrittenHereGoesAlongTheTreeIfThereAreOthers() {
        alice.tells(KEEP_ALIVE, others());
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        node.put(KEY, HELLO);
        assertThat(node.said()).hasSize(1).allMatch(line -> line.contains("[Push 2a hello]") && line.endsWith("alice"));

        node.pass(100);
        assertThat(node.said()).anyMatch(line -> line.contains("[has 2a]") && line.endsWith("to bob"));
    }

    @Test
    void whatIsWrittenHereGoesToAllNeighboursIfNoneIsOfTheTree() {
        alice.tells(KEEP_ALIVE, others());
        alice.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        node.put(KEY, HELLO);

        assertThat(node.said()).hasSize(2).allMatch(line -> line.contains("[Push 2a hello]"));
    }

    @Test
    void oneSlowNeighbourAlongTheTreeSlowsNobody() {
        alice.tells(KEEP_ALIVE, others());
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        for (int i = 0; i < 2_000; i++) {
            node.put(new Hash(i), Content.of(new byte[1_000]));
        }
        bob.echoes();
        node.pass(100);
        bob.echoes();

        assertThat(node.out()).anyMatch(line -> line.contains("Push") && line.endsWith("to bob"));
        assertThat(node.machine().isCongested(node.now())).isFalse();
    }

    @Test
    void fullNeighbourAlongTheTreeKeepsNothingFromTheOthers() {
        alice.tells(Header.FLAG_FULL, KEEP_ALIVE, others());
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        node.put(KEY, HELLO);

        assertThat(node.said()).hasSize(1).allMatch(line -> line.contains("[Push 2a hello]") && line.endsWith("bob"));
    }

    @Test
    void ofAnOwnWriteTwoHearWhoeverSaysThatHeHasIt() {
        alice.tells(KEEP_ALIVE, others());
        List<Far> lazy = lazy(4);
        node.put(KEY, HELLO);
        node.out();
        Meta own = node.machine().store().meta(KEY);
        lazy.get(0).announces(own);
        lazy.get(1).announces(own);
        node.pass(100);

        assertThat(node.said())
                .filteredOn(line -> line.contains("[has 2a]"))
                .hasSize(2)
                .noneMatch(line -> line.endsWith("n0") || line.endsWith("n1"));
    }

    @Test
    void whoHasShownThatItHasItCountsAmongThoseWhoAreTold() {
        alice.tells(KEEP_ALIVE, others());
        List<Far> lazy = lazy(8);
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        alice.pushes(version, HELLO);
        lazy.get(0).announces(version);
        node.pass(100);
        assertThat(node.said()).hasSize(1).noneMatch(line -> line.endsWith("to n0"));
    }

    @Test
    void whereTwoHaveShownItNobodyNeedBeTold() {
        alice.tells(KEEP_ALIVE, others());
        List<Far> lazy = lazy(8);
        bob.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        node.out();
        alice.pushes(version, HELLO);
        lazy.get(0).announces(version);
        lazy.get(1).pushes(version, HELLO);
        node.pass(100);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void olderPushIsAnsweredWithWhatIsHere() {
        node.put(KEY, OTHER);
        node.out();
        alice.pushes(earlier(), HELLO);

        assertThat(node.out()).containsExactly("+KeepAlive [has 2a] to alice");
        assertThat(node.held(KEY)).isEqualTo("other");
    }

    @Test
    void olderAnnouncementIsAnsweredWithWhatIsHere() {
        node.put(KEY, OTHER);
        node.out();
        alice.announces(earlier());

        assertThat(node.out()).containsExactly("+KeepAlive [has 2a] to alice");
    }

    @Test
    void announcementOfWhatIsHereIsNotAnswered() {
        alice.pushes(version, HELLO);
        node.out();
        bob.announces(version);
        node.pass(800);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void ofTwoWritesAtOneMomentAllKeepTheSame() {
        Meta other = Meta.of(KEY, version.clock(), version.life(), OTHER);
        boolean otherWins = other.isLargerThan(version);
        alice.pushes(version, HELLO);
        bob.pushes(other, OTHER);
        NodeFixture reverse = new NodeFixture();
        reverse.udp("bob").pushes(other, OTHER);
        reverse.udp("alice").pushes(version, HELLO);

        assertThat(List.of(node.held(KEY), reverse.held(KEY))).containsOnly(otherWins ? "other" : "hello");
    }

    @Test
    void getIsAnsweredIfWhatIsHereHasALargerClockOrThenDigest() {
        node.put(KEY, HELLO);
        alice.echoes();
        Version held = node.machine().store().meta(KEY).version();
        node.out();
        assertThat(askedWith(held)).isEmpty();
        assertThat(askedWith(new Version(KEY, held.clock() + 1, 0))).isEmpty();
        assertThat(askedWith(new Version(KEY, held.clock(), held.digest() + 1))).isEmpty();
        String push = "+KeepAlive [Push 2a hello] [Flow] to alice";

        assertThat(askedWith(new Version(KEY, held.clock(), held.digest() - 1))).containsExactly(push);
        assertThat(askedWith(new Version(KEY, held.clock() - 1, -1))).containsExactly(push);
        assertThat(askedWith(Version.nothing(KEY))).containsExactly(push);
    }

    @Test
    void renewalGoesAlongTheTreeAloneAndToNobodyWhoHasShownThatItHasIt() {
        Far carol = node.udp("carol");
        Far dave = node.udp("dave");
        carol.greets();
        dave.tells(KEEP_ALIVE, ExtensionRecord.PRUNE);
        Meta other = node.written(Hash.parse("2b"), HELLO);
        alice.pushes(Meta.of(KEY, version.clock(), 60, HELLO), HELLO);
        alice.pushes(Meta.of(other.key(), other.clock(), 60, HELLO), HELLO);
        node.pass(100);
        node.out();
        alice.announces(Meta.of(KEY, version.clock(), 120, HELLO));
        alice.announces(Meta.of(other.key(), other.clock(), 120, HELLO));
        carol.announces(Meta.of(KEY, version.clock(), 120, HELLO));
        assertThat(node.said()).isEmpty();
        node.pass(50);

        assertThat(node.said()).containsExactly("+KeepAlive [has 2a, has 2b] to bob", "+KeepAlive [has 2b] to carol");
    }

    @Test
    void whoBringsRenewalsThatHaveJustComeIsToPushNoMore() {
        for (int key = 1; key <= 3; key++) {
            Meta brief = Meta.of(new Hash(key), version.clock(), 60, HELLO);
            Meta renewed = Meta.of(new Hash(key), version.clock(), 120, HELLO);
            alice.pushes(brief, HELLO);
            alice.announces(renewed);
            bob.announces(renewed);
            node.pass(500);
        }
        assertThat(node.said()).filteredOn(line -> line.contains("Prune")).hasSize(1);
        alice.pushes(version, HELLO);

        assertThat(node.said()).as("that link is lazy").noneMatch(line -> line.contains("Push"));
    }

    @Test
    void whoSaysLaterWhatItHoldsStaysABranch() {
        for (int key = 1; key <= 20; key++) {
            Meta renewed = Meta.of(new Hash(key), version.clock(), 120, HELLO);
            alice.pushes(Meta.of(new Hash(key), version.clock(), 60, HELLO), HELLO);
            alice.announces(renewed);
            node.pass(1_000);
            bob.announces(renewed);
        }
        node.out();
        alice.pushes(version, HELLO);

        assertThat(node.said()).containsExactly("+KeepAlive [Push 2a hello] [Flow] to bob");
    }

    @Test
    void renewalIsTakenOverWithoutTheContentAndToldToTheOthers() {
        Meta brief = Meta.of(KEY, version.clock(), 60, HELLO);
        alice.pushes(brief, HELLO);
        node.pass(50_000);
        alice.greets();
        bob.greets();
        node.out();
        Meta renewed = Meta.of(KEY, version.clock(), 120, HELLO);
        alice.announces(renewed);
        node.pass(50);

        assertThat(node.out()).containsExactly("+KeepAlive [has 2a] to bob");
        assertThat(node.machine().store().meta(KEY)).isEqualTo(renewed);
    }

    @Test
    void removalIsAppliedAtOnceAndToldToTheOthers() {
        alice.pushes(version, HELLO);
        bob.echoes();
        node.out();
        alice.announces(Meta.removal(KEY, version.clock() + 1));

        assertThat(node.out()).containsExactly("removed 2a", "+KeepAlive [has 2a] to bob");
        assertThat(node.held(KEY)).isEqualTo("nothing");
    }

    @Test
    void whatHasEndedAlreadyIsNotFetched() {
        Meta ended = Meta.of(KEY, node.now().unixMillis() - 20_000 << 16, 10, HELLO);
        alice.announces(ended);
        node.pass(500);

        assertThat(node.said()).noneMatch(line -> line.contains("Gets"));
        assertThat(node.machine().store().meta(KEY)).isEqualTo(ended);
    }

    @Test
    void whatWasWrittenTooFarAheadIsRefused() {
        long tenSecondsAhead = node.now().unixMillis() + 10_000 << 16;
        refuses(Meta.of(KEY, tenSecondsAhead + (1 << 16), LEASE_SECONDS, HELLO), Counter.METAS_AHEAD);
        alice.pushes(Meta.of(KEY, tenSecondsAhead, 60, HELLO), HELLO);

        assertThat(node.held(KEY)).isEqualTo("hello");
    }

    @Test
    void whatWouldLiveTooLongIsRefused() {
        refuses(Meta.of(KEY, version.clock(), LEASE_SECONDS + 11, HELLO), Counter.METAS_TOO_LONG);
        alice.pushes(Meta.of(KEY, version.clock(), LEASE_SECONDS + 10, HELLO), HELLO);

        assertThat(node.held(KEY)).isEqualTo("hello");
    }

    @Test
    void whatIsNotHeldAnyMoreIsRefused() {
        long longAgo = node.now().unixMillis() - NodeFixture.LEASE_MILLIS << 16;
        refuses(Meta.of(KEY, longAgo, LEASE_SECONDS, HELLO), Counter.METAS_OVER);
    }

    @Test
    void valueBeyondTheLargestIsNotFetched() {
        alice.announces(new Meta(KEY, version.clock(), 1, LEASE_SECONDS, (1 << 20) + 1));
        node.pass(500);

        assertThat(node.said()).isEmpty();
        assertThat(node.counted(Counter.VALUES_TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void whoIsFullHearsOfNoNewKeys() {
        bob.tells(Header.FLAG_FULL, KEEP_ALIVE);
        alice.pushes(version, HELLO);
        node.put(Hash.parse("2b"), HELLO);

        assertThat(node.said()).noneMatch(line -> line.endsWith("to bob"));
    }

    private void refuses(Meta meta, Counter counter) {
        alice.pushes(meta, HELLO);
        alice.announces(meta);
        node.pass(500);

        assertThat(node.out()).noneMatch(line -> line.contains("Gets") || line.startsWith("stored"));
        assertThat(node.machine().store().meta(KEY).isNothing()).isTrue();
        assertThat(node.counted(counter)).isEqualTo(2);
    }

    private List<String> askedWith(Version held) {
        alice.tells(KEEP_ALIVE, new ExtensionRecord.Gets(List.of(held)));
        List<String> said = node.said();
        alice.echoes();
        node.out();
        return said;
    }

    private Meta earlier() {
        return Meta.of(KEY, version.clock() - (1_000 << 16), LEASE_SECONDS, Content.ofText("hello"));
    }
}
