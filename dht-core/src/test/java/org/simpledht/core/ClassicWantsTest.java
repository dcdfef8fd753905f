package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** How long, how often and of whom a node asks for what was announced. */
class ClassicWantsTest {

    private static final Message IHAVE = new Message.IHave(KEY);

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");

    @Test
    void getIsRepeatedWithABackOffOfAtMostASecondAndGivenUpAfterTwelveTries() {
        alice.tells(IHAVE);
        keepAliveFor(20);

        assertThat(node.saidWhen())
                .containsExactly(
                        "0 +Get 2a to alice",
                        "200 +Get 2a to alice",
                        "600 +Get 2a to alice",
                        "1400 +Get 2a to alice",
                        "2400 +Get 2a to alice",
                        "3400 +Get 2a to alice",
                        "4400 +Get 2a to alice",
                        "5400 +Get 2a to alice",
                        "6400 +Get 2a to alice",
                        "7400 +Get 2a to alice",
                        "8400 +Get 2a to alice",
                        "9400 +Get 2a to alice");
        assertThat(node.sizes().wants()).isZero();
        assertThat(node.counted(Counter.WANTS_GIVEN_UP)).isEqualTo(1);
    }

    @Test
    void repetitionsGoRoundTheAnnouncers() {
        alice.tells(IHAVE);
        bob.tells(IHAVE);
        node.pass(2_400);

        assertThat(node.saidWhen())
                .containsExactly(
                        "0 +Get 2a to alice",
                        "200 +Get 2a to bob",
                        "600 +Get 2a to alice",
                        "1400 +Get 2a to bob",
                        "2400 +Get 2a to alice");
    }

    @Test
    void fourAnnouncersAreRemembered() {
        List<Far> six = IntStream.range(0, 6).mapToObj(i -> node.udp("n" + i)).toList();
        six.forEach(far -> far.tells(IHAVE));
        node.pass(9_500);

        assertThat(node.said().stream().distinct())
                .containsExactly("+Get 2a to n0", "+Get 2a to n1", "+Get 2a to n2", "+Get 2a to n3");
    }

    @Test
    void arrivalEndsTheQuestionsWhoeverSentIt() {
        alice.tells(IHAVE);
        bob.puts(KEY, HELLO);
        node.out();
        node.pass(5_000);

        assertThat(node.said()).isEmpty();
        assertThat(node.sizes().wants()).isZero();
    }

    @Test
    void ownPutEndsTheQuestions() {
        alice.tells(IHAVE);
        node.put(KEY, HELLO);
        node.out();
        node.pass(5_000);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void announcerThatIsGoneIsNotAsked() {
        alice.tells(IHAVE);
        bob.tells(IHAVE);
        bob.tells(Header.FLAG_LEAVING, Message.KEEP_ALIVE);
        node.out();
        node.pass(9_000);

        assertThat(node.said()).isNotEmpty().containsOnly("+Get 2a to alice");
    }

    @Test
    void undecidedAnnouncerIsAskedOnceAndNothingIsKept() {
        alice.has(KEY);
        node.pass(3_000);

        assertThat(node.said()).containsExactly("Get 2a to alice");
        assertThat(node.sizes().wants()).isZero();
    }

    @Test
    void originalAnnouncerIsAskedAgain() {
        alice.becomesOriginal();
        node.out();
        alice.has(KEY);
        node.pass(600);

        assertThat(node.saidWhen())
                .containsExactly("4000 Get 2a to alice", "4200 Get 2a to alice", "4600 Get 2a to alice");
    }

    @Test
    void metaOfAnUnknownKeyIsAnAnnouncement() {
        Meta meta = new Meta(KEY, 1, 2, 3, 4);
        alice.tells(Message.KEEP_ALIVE, new ExtensionRecord.Metas(List.of(meta, Meta.nothing(Hash.parse("2b")))));

        assertThat(node.said()).containsExactly("+Get 2a to alice");
    }

    @Test
    void streamIsAskedAgainOnlyAfterASecond() {
        Far stream = node.tcp("stream");
        node.accepted(stream);
        stream.tells(IHAVE);
        node.pass(2_500);

        assertThat(node.saidWhen())
                .containsExactly("0 +Get 2a to stream", "1000 +Get 2a to stream", "2000 +Get 2a to stream");
    }

    @Test
    void contentsAreFetchedThroughAChainOfNodes() {
        alice.tells(IHAVE);
        bob.tells(Message.KEEP_ALIVE);
        node.out();
        alice.tells(new Message.Put(KEY, HELLO));

        assertThat(node.out()).containsExactly("+IHave 2a to alice", "stored 2a hello", "+IHave 2a to bob");
    }

    @Test
    void overwrittenContentDoesNotSpreadByAnnouncement() {
        node.put(KEY, Content.ofText("old"));
        alice.tells(IHAVE);
        node.pass(2_000);

        assertThat(node.said()).isEmpty();
    }

    private void keepAliveFor(int seconds) {
        for (int i = 0; i < seconds; i++) {
            node.pass(1_000);
            alice.tells(Message.KEEP_ALIVE);
        }
    }
}
