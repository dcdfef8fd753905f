package org.simpledht.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.simpledht.testkit.OriginalNode.Family;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/** Originals among themselves, each datagram a wake-up of its own. */
class OriginalChainTest {

    private static final NetAddress A = address(1);
    private static final NetAddress B = address(2);
    private static final NetAddress C = address(3);
    private static final NetAddress CLIENT = address(9);

    private final Map<NetAddress, OriginalNode> nodes = new LinkedHashMap<>();
    private final Deque<Datagram> heardByClient = new ArrayDeque<>();

    @Test
    void putAtOneEndIsReadableAtTheOther() {
        chain();
        send(CLIENT, A, OriginalWire.put(7, new byte[] {42}));

        send(CLIENT, C, OriginalWire.get(7));
        assertThat(heardByClient).last().isEqualTo(Datagram.of(C, OriginalWire.put(7, new byte[] {42})));
    }

    @Test
    void overwrittenContentDoesNotSpread() {
        chain();
        send(CLIENT, A, OriginalWire.put(7, new byte[] {1}));
        send(CLIENT, A, OriginalWire.put(7, new byte[] {2}));

        send(CLIENT, B, OriginalWire.get(7));
        assertThat(heardByClient).last().isEqualTo(Datagram.of(B, OriginalWire.put(7, new byte[] {1})));
    }

    private void chain() {
        for (NetAddress address : List.of(A, B, C)) {
            nodes.put(address, new OriginalNode(Family.V4_ONLY));
        }
        send(A, B, OriginalWire.keepAlive());
        send(B, A, OriginalWire.keepAlive());
        send(B, C, OriginalWire.keepAlive());
        send(C, B, OriginalWire.keepAlive());
    }

    private void send(NetAddress from, NetAddress to, byte[] bytes) {
        OriginalNode receiver = nodes.get(to);
        if (receiver == null) {
            heardByClient.add(Datagram.of(from, bytes));
            return;
        }
        for (Datagram answer : receiver.wakeUp(0, List.of(Datagram.of(from, bytes)), false)) {
            Content content = answer.bytes();
            send(to, answer.remote(), content.toBytes());
        }
    }

    private static NetAddress address(int last) {
        return NetAddress.of(new byte[] {(byte) 192, 0, 2, (byte) last}, 4000);
    }
}
