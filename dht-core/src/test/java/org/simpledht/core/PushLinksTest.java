package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.protocol.Version;
import org.simpledht.types.Hash;

/** To whom a node pushes what it hears, and whom it has push: links become lazy, and eager again. */
class PushLinksTest extends GossipFixture {

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
            Meta listed = node.written(new Hash(key), HELLO);
            node.pass(300);
            bob.tells(KEEP_ALIVE, new TreeRecord.Listing(Prefix.ROOT, List.of(listed)));
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
}
