package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.types.Content;

/** How long, how often and of whom a node asks for a hash that originals have announced. */
class ClassicWantsTest {

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");

    /** At 4 s both are originals. */
    @BeforeEach
    void meet() {
        bob.keepsAlive();
        alice.becomesOriginal();
        bob.keepsAlive();
        node.out();
    }

    @Test
    void getIsRepeatedWithABackOffOfAtMostASecondAndGivenUpAfterTwelveTries() {
        alice.has(KEY);
        keepAliveFor(20);

        assertThat(node.saidWhen())
                .containsExactly(
                        "4000 Get 2a to alice",
                        "4200 Get 2a to alice",
                        "4600 Get 2a to alice",
                        "5400 Get 2a to alice",
                        "6400 Get 2a to alice",
                        "7400 Get 2a to alice",
                        "8400 Get 2a to alice",
                        "9400 Get 2a to alice",
                        "10400 Get 2a to alice",
                        "11400 Get 2a to alice",
                        "12400 Get 2a to alice",
                        "13400 Get 2a to alice");
        assertThat(node.sizes().wants()).isZero();
        assertThat(node.counted(Counter.WANTS_GIVEN_UP)).isEqualTo(1);
    }

    @Test
    void repetitionsGoRoundTheAnnouncers() {
        alice.has(KEY);
        bob.has(KEY);
        node.pass(2_400);

        assertThat(node.saidWhen())
                .containsExactly(
                        "4000 Get 2a to alice",
                        "4200 Get 2a to bob",
                        "4600 Get 2a to alice",
                        "5400 Get 2a to bob",
                        "6400 Get 2a to alice");
    }

    @Test
    void fourAnnouncersAreRemembered() {
        List<Far> six = IntStream.range(0, 6).mapToObj(i -> node.udp("n" + i)).toList();
        six.forEach(Far::keepsAlive);
        node.pass(4_000);
        node.out();
        six.forEach(far -> far.has(KEY));
        node.pass(5_500);

        assertThat(node.said().stream().distinct())
                .containsExactly("Get 2a to n0", "Get 2a to n1", "Get 2a to n2", "Get 2a to n3");
    }

    @Test
    void arrivalEndsTheQuestionsWhoeverSentIt() {
        alice.has(KEY);
        bob.puts(KEY, HELLO);
        node.out();
        node.pass(5_000);

        assertThat(node.said()).noneMatch(line -> line.contains("Get"));
        assertThat(node.sizes().wants()).isZero();
    }

    @Test
    void pushOfANeighbourEndsTheQuestions() {
        alice.has(KEY);
        node.udp("carol").pushes(node.written(KEY, HELLO), HELLO);
        node.out();
        node.pass(5_000);

        assertThat(node.said()).noneMatch(line -> line.contains("Get"));
        assertThat(node.sizes().wants()).isZero();
    }

    @Test
    void ownPutEndsTheQuestions() {
        alice.has(KEY);
        node.put(KEY, HELLO);
        node.out();
        node.pass(5_000);

        assertThat(node.said()).noneMatch(line -> line.contains("Get"));
        assertThat(node.sizes().wants()).isZero();
    }

    @Test
    void announcerThatIsGoneIsNotAsked() {
        alice.has(KEY);
        bob.has(KEY);
        for (int second = 0; second < 7; second++) {
            node.pass(1_000);
            alice.keepsAlive();
        }
        node.pass(4_000);
        assertThat(node.events()).contains("lost bob");
        node.pass(2_000);

        assertThat(node.said()).noneMatch(line -> line.endsWith("to bob"));
    }

    @Test
    void undecidedAnnouncerIsAskedOnceAndNothingIsKept() {
        Far carol = node.udp("carol");
        carol.has(KEY);
        assertThat(node.sizes().wants()).isZero();
        node.pass(3_000);

        assertThat(node.said()).containsExactly("Get 2a to carol");
    }

    @Test
    void streamIsAskedAgainOnlyAfterASecond() {
        Far stream = node.tcp("stream");
        node.accepted(stream);
        stream.becomesOriginal();
        node.out();
        stream.has(KEY);
        node.pass(2_500);

        assertThat(node.saidWhen())
                .containsExactly("8000 Get 2a to stream", "9000 Get 2a to stream", "10000 Get 2a to stream");
    }

    @Test
    void contentsAreFetchedThroughAChainOfNodes() {
        Far carol = node.udp("carol");
        carol.greets();
        alice.has(KEY);
        node.out();
        alice.puts(KEY, HELLO);

        assertThat(node.out())
                .containsSubsequence(
                        "IHave 2a to alice", "stored 2a hello", "+KeepAlive [Push 2a hello] [Flow] to carol");
    }

    @Test
    void whatAnOriginalStillHoldsDoesNotOverwrite() {
        node.put(KEY, Content.ofText("old"));
        alice.has(KEY);
        node.pass(2_000);

        assertThat(node.said()).noneMatch(line -> line.startsWith("Get"));
    }

    private void keepAliveFor(int seconds) {
        for (int i = 0; i < seconds; i++) {
            node.pass(1_000);
            alice.keepsAlive();
        }
    }
}
