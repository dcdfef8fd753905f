package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Message;
import org.simpledht.types.Hash;

/** What an original is spared, and when it is told. Alice is one; what it is kept informed of is in {@link RefreshTest}. */
class GuardianTest {

    private static final Hash KEY2 = Hash.parse("2b");
    private static final Hash KEY3 = Hash.parse("2c");

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");

    @Test
    void provokedGetIsAnsweredAtOnceIfNothingElseIsUnderWay() {
        alice.becomesOriginal();
        node.put(KEY, HELLO);
        node.pass(200);
        node.out();
        alice.gets(KEY);

        assertThat(node.out()).containsExactly("Put 2a hello to alice");
    }

    @Test
    void nextProvokedPutWaitsForTheAcknowledgementAndAHundredMilliseconds() {
        provokeThreeGets();
        assertThat(node.said()).containsExactly("Put 2a hello to alice");
        node.pass(250);
        assertThat(node.said()).isEmpty();
        alice.has(KEY);
        node.pass(0);
        assertThat(node.said()).containsExactly("Put 2b hello to alice");
        alice.has(KEY2);
        node.pass(99);
        assertThat(node.said()).isEmpty();
        node.pass(51);

        assertThat(node.said()).containsExactly("Put 2c hello to alice");
    }

    @Test
    void nextProvokedPutGoesAfterOneAndAHalfSecondsWithoutAcknowledgement() {
        provokeThreeGets();
        long start = node.millis();
        node.out();
        for (int i = 0; i < 4; i++) {
            node.pass(1_000);
            alice.keepsAlive();
        }

        assertThat(node.saidWhen().stream().filter(line -> line.contains("Put")).limit(2))
                .containsExactly(
                        (start + 1_500) + " Put 2b hello to alice", (start + 3_000) + " Put 2c hello to alice");
    }

    @Test
    void nextProvokedPutGoesAtOnceIfAProbeShowsThatItReads() {
        provokeThreeGets();
        node.out();
        node.pass(299);
        assertThat(node.said()).isEmpty();
        node.pass(1);
        Hash probe = probed(node.said());
        alice.gets(probe);
        node.pass(0);

        assertThat(node.said()).containsExactly("Put 2b hello to alice");
        node.pass(299);
        assertThat(node.said()).as("the next one waits as this one has").isEmpty();
    }

    @Test
    void answerToAProbeThatComesLateIsAskedOfNobodyElse() {
        bob.becomesOriginal();
        provokeThreeGets();
        node.out();
        node.pass(300);
        Hash probe = probed(node.said());
        alice.has(KEY);
        node.pass(0);
        node.out();
        alice.gets(probe);
        node.pass(0);

        assertThat(node.said()).noneMatch(line -> line.contains(probe.toString()));
    }

    @Test
    void answerToAProbeIsNoQuestionThatWaits() {
        provokeThreeGets();
        node.out();
        node.pass(300);
        Hash probe = probed(node.said());
        alice.gets(probe);
        node.pass(0);
        node.out();
        bob.pushes(node.written(probe, HELLO), HELLO);
        node.pass(1_400);

        assertThat(node.said()).noneMatch(line -> line.contains("Put " + probe));
    }

    @Test
    void nothingIsProbedWhileNothingWaits() {
        alice.becomesOriginal();
        node.put(KEY, HELLO);
        node.out();
        alice.gets(KEY);
        node.out();
        node.pass(1_400);

        assertThat(node.said()).noneMatch(line -> line.startsWith("IHave"));
    }

    /** The hash of which it was told, and that nobody has. */
    private static Hash probed(List<String> said) {
        assertThat(said).singleElement().asString().matches("IHave [0-9a-f]+ to alice");
        return Hash.parse(said.get(0).split(" ")[1]);
    }

    @Test
    void unpromptedGetIsAnsweredThoughAPutIsUnderWay() {
        node.put(KEY3, HELLO);
        alice.keepsAlive();
        node.put(KEY, HELLO);
        alice.gets(KEY);
        node.out();
        alice.gets(KEY3);
        assertThat(node.out()).isEmpty();
        node.pass(100);

        assertThat(node.said()).containsExactly("Put 2c hello to alice");
    }

    @Test
    void whatWeStartWaitsAfterAnUnpromptedAnswer() {
        node.put(KEY3, HELLO);
        alice.keepsAlive();
        node.put(KEY, HELLO);
        alice.gets(KEY3);
        alice.gets(KEY);
        assertThat(node.said()).containsExactly("IHave 2a to alice", "Put 2c hello to alice");
        node.pass(99);
        assertThat(node.said()).isEmpty();
        node.pass(51);

        assertThat(node.said()).containsExactly("Put 2a hello to alice");
    }

    @Test
    void lateGetCountsAsUnprompted() {
        alice.keepsAlive();
        node.put(KEY, HELLO);
        node.put(KEY2, HELLO);
        node.pass(5_000);
        alice.keepsAlive();
        node.pass(5_000);
        node.out();
        alice.gets(KEY);
        assertThat(node.said()).as("at once, without jitter").containsExactly("Put 2a hello to alice");
        alice.gets(KEY2);
        node.pass(100);

        assertThat(node.said()).containsExactly("Put 2b hello to alice");
    }

    @Test
    void ofFourUnpromptedGetsOneIsAnsweredAtOnceAndTheOthersApart() {
        node.put(KEY, HELLO);
        alice.says(new Message.Get(KEY), 4);
        long start = node.millis();
        node.pass(900);

        assertThat(node.saidWhen())
                .containsExactly(
                        start + " Put 2a hello to alice",
                        (start + 100) + " Put 2a hello to alice",
                        (start + 200) + " Put 2a hello to alice",
                        (start + 300) + " Put 2a hello to alice");
    }

    @Test
    void unpromptedAnswersThatWaitKeepTheirOrder() {
        List.of(KEY, KEY2, KEY3).forEach(key -> node.put(key, HELLO));
        alice.says(new Message.Get(KEY), 2);
        alice.gets(KEY3);
        alice.gets(KEY2);
        node.pass(900);

        assertThat(node.said())
                .endsWith("Put 2a hello to alice", "Put 2c hello to alice", "Put 2b hello to alice")
                .hasSize(4);
    }

    @Test
    void ofThreeEqualGetsThatHadToWaitOneIsAnsweredAtOnceAndTheOthersApart() {
        alice.says(new Message.Get(KEY), 3);
        node.put(KEY, HELLO);
        long start = node.millis();
        node.pass(900);

        assertThat(node.saidWhen())
                .containsExactly(
                        start + " Put 2a hello to alice",
                        start + " IHave 2a to alice",
                        (start + 100) + " Put 2a hello to alice",
                        (start + 200) + " Put 2a hello to alice");
    }

    @Test
    void repeatedProvokedGetIsOnePut() {
        provokeThreeGets();
        node.out();
        alice.gets(KEY2);
        alice.gets(KEY2);
        alice.has(KEY);
        node.pass(150);
        alice.has(KEY2);
        node.pass(150);

        assertThat(node.said()).containsExactly("Put 2b hello to alice", "Put 2c hello to alice");
    }

    @Test
    void amongOthersOfOursAnAnnouncementWaitsForItsTurn() {
        alice.becomesOriginal();
        node.out();
        relayFromBob();
        assertThat(node.said()).doesNotContain("IHave 2a to alice");
        node.pass(850);

        assertThat(node.said()).containsExactly("IHave 2a to alice");
    }

    @Test
    void relayedAnnouncementIsCancelledByItsOwn() {
        alice.becomesOriginal();
        relayFromBob();
        node.pass(10);
        alice.has(KEY);
        node.out();
        node.pass(1_000);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void amongOthersOfOursNothingWeStartGoesCloseToItsTick() {
        for (long seed = 1; seed <= 50; seed++) {
            NodeFixture ours = new NodeFixture(NodeFixture.settings(0, NodeFixture.WIDE), seed);
            Far original = ours.udp("original");
            Far other = ours.udp("other");
            original.keepsAlive();
            ours.pass(4_000);
            other.tells(KEEP_ALIVE);
            ours.pass(500);
            original.keepsAlive();
            ours.put(KEY, HELLO);
            ours.pass(900);
            ours.out();
            original.gets(KEY);
            ours.pass(1_000);
            String put = ours.saidWhen().get(0);

            assertThat(put).endsWith(" Put 2a hello to original");
            assertThat(Long.parseLong(put.substring(0, put.indexOf(' '))) % 1_000)
                    .as("the tick is at 500; seed %d", seed)
                    .matches(millis -> millis < 440 || millis >= 520);
        }
    }

    @Test
    void hashThatArrivesIsSentToAnOriginalApartFromWhatItHasJustBeenSent() {
        alice.becomesOriginal();
        node.pass(100);
        alice.gets(KEY);
        alice.gets(KEY2);
        node.put(KEY, HELLO);
        node.put(KEY2, HELLO);
        assertThat(node.said().stream().filter(line -> line.startsWith("Put")))
                .containsExactly("Put 2a hello to alice");
        node.pass(150);

        assertThat(node.said()).containsExactly("Put 2b hello to alice");
    }

    @Test
    void streamsAreNotPaced() {
        Far stream = node.tcp("stream");
        node.accepted(stream);
        stream.keepsAlive();
        List.of(KEY, KEY2, KEY3).forEach(key -> node.put(key, HELLO));
        node.out();
        List.of(KEY, KEY2, KEY3).forEach(stream::gets);

        assertThat(node.said())
                .containsExactly("Put 2a hello to stream", "Put 2b hello to stream", "Put 2c hello to stream");
    }

    @Test
    void oursAreNotPaced() {
        alice.tells(KEEP_ALIVE);
        List.of(KEY, KEY2, KEY3).forEach(key -> node.put(key, HELLO));
        node.out();
        List.of(KEY, KEY2, KEY3).forEach(key -> alice.tells(new Message.Get(key)));

        assertThat(node.said())
                .containsExactly(
                        "+KeepAlive [Push 2a hello] [Flow] to alice",
                        "+KeepAlive [Push 2b hello] [Flow] to alice",
                        "+KeepAlive [Push 2c hello] [Flow] to alice");
    }

    private void provokeThreeGets() {
        alice.becomesOriginal();
        List.of(KEY, KEY2, KEY3).forEach(key -> node.put(key, HELLO));
        node.out();
        List.of(KEY, KEY2, KEY3).forEach(alice::gets);
    }

    private void relayFromBob() {
        bob.pushes(node.written(KEY, HELLO), HELLO);
    }
}
