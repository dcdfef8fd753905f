package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** How a client tells what only one of ours understands: a life and a removal. An original hears nothing of either. */
class ClientTellingOursTest {

    private static final String QUESTION = "+KeepAlive CLIENT [Ask 2a] [Token] to alice";
    private static final String PUT = "+Put 2a hello CLIENT [Stamp] [Ask 2a] [Token] to alice";
    private static final String REMOVAL = "+KeepAlive CLIENT [no 2a] [Ask 2a] [Token] to alice";
    private static final Meta NOTHING = Meta.nothing(KEY);

    private final ClientFixture client = new ClientFixture();
    private final Far alice = client.udp("alice");
    private final Far stream = client.tcp("stream");

    @Test
    void nodeIsAskedBeforeItIsTold() {
        client.putFor(60, 1, KEY, HELLO, alice);
        client.pass(2_000);

        assertThat(client.saidWhen())
                .containsExactly("0 " + QUESTION, "250 " + QUESTION, "750 " + QUESTION, "1750 " + QUESTION);
    }

    @Test
    void oneOfOursIsToldAtOnce() {
        client.putFor(60, 1, KEY, HELLO, alice);
        client.out();
        alice.answers(NOTHING);
        client.pass(0);
        assertThat(client.out()).containsExactly(PUT);
        alice.answers(holding(HELLO));

        assertThat(client.out()).containsExactly("finished 1 DONE");
    }

    @Test
    void largestContentLeavesNoRoomForACookie() {
        int frameBytes = MachineFixture.BINDINGS.get(MachineFixture.UDP).maxFrameBytes(alice.address());
        int most = frameBytes - FrameCodec.PUT_OVERHEAD_BYTES - Client.LIFE_BYTES + FrameCodec.MAC_BYTES;
        client.putFor(60, 1, KEY, Content.of(new byte[most]), alice);
        alice.answers(NOTHING);
        long before = alice.heardBytes();
        client.pass(0);

        assertThat(client.out()).endsWith("+Put 2a <" + most + " bytes> CLIENT [Stamp] [Ask 2a] to alice");
        assertThat(alice.heardBytes() - before).isEqualTo(frameBytes);
    }

    @Test
    void removalIsDoneWhenNothingIsVisible() {
        client.remove(1, KEY, alice);
        assertThat(client.out()).containsExactly(QUESTION);
        alice.answers(holding(HELLO));
        client.pass(0);
        assertThat(client.out()).containsExactly(REMOVAL);
        alice.answers(Meta.removal(KEY, clock()));

        assertThat(client.out()).containsExactly("finished 1 DONE");
    }

    @Test
    void whatTheNodeLacksIsRemovedAllTheSame() {
        client.remove(1, KEY, alice);
        client.out();
        alice.answers(NOTHING);
        assertThat(client.events()).isEmpty();
        client.pass(0);

        assertThat(client.out()).containsExactly(REMOVAL);
    }

    @Test
    void writeIsRepeatedUntilItIsAnswered() {
        client.remove(1, KEY, alice);
        alice.showsCookie();
        alice.tells(KEEP_ALIVE);
        client.pass(2_000);

        assertThat(client.saidWhen())
                .containsExactly(
                        "0 " + QUESTION,
                        "0 " + REMOVAL,
                        "250 " + REMOVAL,
                        "750 " + REMOVAL,
                        "1250 " + REMOVAL,
                        "1750 " + REMOVAL);
    }

    @Test
    void answerToAnEarlierQuestionIsNone() {
        client.putFor(60, 1, KEY, HELLO, alice);
        Hash first = client.nonceOfLastQuestion(alice.path());
        alice.showsCookie();
        alice.tells(KEEP_ALIVE);
        client.pass(0);
        client.out();
        alice.answersTo(first, NOTHING);

        assertThat(client.out()).isEmpty();
    }

    @Test
    void nodeThatKeepsSomethingElseDeclines() {
        client.putFor(60, 1, KEY, HELLO, alice);
        alice.showsCookie();
        alice.tells(KEEP_ALIVE);
        client.pass(0);
        alice.answers(holding(OTHER));

        assertThat(client.events()).containsExactly("finished 1 DECLINED");
    }

    @Test
    void originalIsNeverToldAndDeclines() {
        for (int ticket = 1; ticket <= 2; ticket++) {
            if (ticket == 1) {
                client.putFor(60, ticket, KEY, HELLO, alice);
            } else {
                client.remove(ticket, KEY, alice);
            }
            client.pass(249);
            alice.keepsAlive();
            client.pass(151);
            alice.keepsAlive();
            List<String> out = client.out();

            assertThat(out).endsWith("finished " + ticket + " DECLINED");
            assertThat(out.subList(0, out.size() - 1)).containsOnly(QUESTION);
        }
    }

    @Test
    void onAStreamTheGreetingOfTheOtherSideIsEnough() {
        client.remove(1, KEY, stream);
        client.out();
        stream.tells(KEEP_ALIVE);
        client.pass(0);

        assertThat(client.out()).containsExactly("+KeepAlive CLIENT [no 2a] [Ask 2a] to stream");
    }

    private long clock() {
        return client.now().unixMillis() << 16;
    }

    private Meta holding(Content content) {
        return Meta.of(KEY, clock(), 60, content);
    }
}
