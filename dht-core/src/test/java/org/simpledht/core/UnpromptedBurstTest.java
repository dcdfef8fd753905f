package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Message;
import org.simpledht.testkit.Datagram;
import org.simpledht.testkit.OriginalNode;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** An original whose user asks for several things at its prompt must outlive the answers, as the protocol's tenth rule says. */
class UnpromptedBurstTest {

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final OriginalNode original = new OriginalNode(OriginalNode.Family.V4_ONLY);
    private final List<Datagram> received = new ArrayList<>();

    @BeforeEach
    void connect() {
        node.connect((to, frame) -> received.add(Datagram.of(MachineFixture.address(200), frame)));
        alice.becomesOriginal();
        node.pass(100);
    }

    @Test
    void arrivalOfSeveralAwaitedHashesAtOnceDoesNotKill() {
        for (int i = 0; i < 3; i++) {
            alice.gets(new Hash(i));
        }
        for (int i = 0; i < 3; i++) {
            node.put(new Hash(i), HELLO);
        }
        assertAlive();
    }

    @Test
    void answersToSeveralGetsOfKnownHashesDoNotKill() {
        for (int i = 0; i < 3; i++) {
            node.put(new Hash(i), HELLO);
        }
        node.pass(12_000);
        alice.becomesOriginal();
        received.clear();
        for (int i = 0; i < 3; i++) {
            alice.gets(new Hash(i));
        }
        assertAlive();
    }

    @Test
    void arrivalOfAHashThatWasAskedForThreeTimesDoesNotKill() {
        alice.says(new Message.Get(KEY), 3);
        node.put(KEY, Content.ofText("v"));
        assertAlive();
    }

    @Test
    void arrivalOfSeveralAwaitedHashesDoesNotKillWhoHasFallenSilentMeanwhile() {
        for (int i = 0; i < 5; i++) {
            alice.gets(new Hash(i));
        }
        node.pass(20_000);
        assertThat(node.sizes().peers()).isZero();
        received.clear();
        for (int i = 0; i < 5; i++) {
            node.put(new Hash(i), HELLO);
        }
        assertAlive();
        node.pass(5_000);
        assertThat(received.stream().filter(datagram -> datagram.bytes().toBytes()[0] == 1))
                .hasSize(5);
    }

    private void assertAlive() {
        original.wakeUp(1, received, false);
        assertThat(original.causeOfDeath()).isEmpty();
    }
}
