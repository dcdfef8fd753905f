package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Message;

/** With a cluster key somebody repeats what a node has answered a client, in its name or in that of anybody else. */
class ClientReplayTest {

    private final ClientFixture client = new ClientFixture(Optional.of(Signer.RING));
    private final Far alice = client.udp("alice").signs(Signer.RING);
    private final Far bob = client.udp("bob").signs(Signer.RING);

    @Test
    void answerThatWasHeardBeforeAnswersNothing() {
        long before = answeredBefore();
        client.get(2, KEY, alice);
        alice.tellsAt(before, 0, new Message.Put(KEY, HELLO));
        assertThat(client.events()).isEmpty();
        alice.tells(new Message.Put(KEY, OTHER));

        assertThat(client.events()).containsExactly("finished 2 FOUND other");
    }

    @Test
    void whatManySayWhoWereNotAskedDoesNotMakeItForgotten() {
        long before = answeredBefore();
        for (int i = 0; i < 5_000; i++) {
            Path stranger = new Path(MachineFixture.UDP, bob.address().withPort(1 + i));
            new Far(client, "stranger", stranger).signs(Signer.RING).tells(Message.KEEP_ALIVE);
        }
        client.get(2, KEY, alice);
        alice.tellsAt(before, 0, new Message.Put(KEY, HELLO));

        assertThat(client.events()).isEmpty();
    }

    @Test
    void norDoQuestionsToAHundredOthers() {
        long before = answeredBefore();
        for (int i = 0; i < 100; i++) {
            Far other = client.udp("other" + i).signs(Signer.RING);
            client.get(100 + i, KEY, other);
            other.tells(new Message.Put(KEY, OTHER));
        }
        client.out();
        client.get(2, KEY, alice);
        alice.tellsAt(before, 0, new Message.Put(KEY, HELLO));

        assertThat(client.events()).isEmpty();
    }

    /** Asks and is answered, and tells the header clock of the answer. */
    private long answeredBefore() {
        client.get(1, KEY, alice);
        long clock = client.nextHeaderClock();
        alice.tellsAt(clock, 0, new Message.Put(KEY, HELLO));
        assertThat(client.events()).containsExactly("finished 1 FOUND hello");
        return clock;
    }
}
