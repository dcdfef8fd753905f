package org.simpledht.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.testkit.OriginalNode.Family;
import org.simpledht.types.NetAddress;

/** What kills an original, and what just does not. */
class OriginalNodeDeathTest {

    private static final NetAddress ALICE = v4(192, 0, 2, 1);
    private static final byte[] V6 = {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final OriginalNode original = new OriginalNode(Family.V4_ONLY);

    static List<Vector> invalid() {
        return Vector.classic().stream().filter(vector -> !vector.valid()).toList();
    }

    static List<Vector> valid() {
        return Vector.classic().stream().filter(Vector::valid).toList();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anyInvalidDatagramKills(Vector vector) {
        wakeUp(vector.bytes().toBytes());

        assertThat(original.causeOfDeath()).startsWith("invalid datagram from 192.0.2.1:4000");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void validDatagramDoesNot(Vector vector) {
        wakeUp(vector.bytes().toBytes());

        assertThat(original.causeOfDeath()).isEmpty();
    }

    @Test
    void portZeroKillsAtTheNextSendAndNotBefore() {
        wakeUp(OriginalWire.discover(new byte[] {127, 0, 0, 1}, 0));
        assertThat(original.isDead()).isFalse();

        tick();
        assertThat(original.causeOfDeath()).isEqualTo("sending to 127.0.0.1:0 failed: port 0");
    }

    @Test
    void broadcastAddressKillsAtTheNextAnnouncement() {
        wakeUp(OriginalWire.discover(new byte[] {-1, -1, -1, -1}, 4000));

        wakeUp(OriginalWire.put(1, new byte[0]));
        assertThat(original.causeOfDeath()).endsWith("broadcast address");
    }

    @Test
    void ipv6AddressKillsAnIpv4Socket() {
        wakeUp(OriginalWire.discover(V6, 4000));

        tick();
        assertThat(original.causeOfDeath()).contains("[2001:db8::1]:4000").endsWith("IPv6, from an IPv4 socket");
    }

    @Test
    void mappedAddressKillsAnIpv4SocketToo() {
        wakeUp(OriginalWire.discover(MAPPED, 4000));

        tick();
        assertThat(original.isDead()).isTrue();
    }

    @Test
    void dualSocketReachesBothFamilies() {
        OriginalNode dual = new OriginalNode(Family.DUAL);
        dual.wakeUp(0, List.of(from(OriginalWire.discover(V6, 4000)), from(OriginalWire.discover(MAPPED, 1))), false);

        assertThat(dual.wakeUp(SECOND, List.of(), true)).hasSize(3);
    }

    @Test
    void contentTooLargeForTheAskersFamilyKills() {
        OriginalNode dual = new OriginalNode(Family.DUAL);
        Datagram tooLargeOverV4 = Datagram.of(NetAddress.of(V6, 4000), OriginalWire.put(1, new byte[65_497]));
        Datagram largestOverV4 = Datagram.of(NetAddress.of(V6, 4000), OriginalWire.put(2, new byte[65_496]));
        dual.wakeUp(0, List.of(tooLargeOverV4, largestOverV4), false);

        assertThat(dual.wakeUp(0, List.of(from(OriginalWire.get(2))), false)).hasSize(1);
        dual.wakeUp(0, List.of(from(OriginalWire.get(1))), false);
        assertThat(dual.causeOfDeath()).endsWith("65508 bytes are too many");
    }

    @Test
    void threePutsInOneWakeUpKill() {
        wakeUp(put(1), put(2), put(3));

        assertThat(original.causeOfDeath()).startsWith("burst: a Put");
    }

    @Test
    void threeDiscoversInOneWakeUpKill() {
        wakeUp(discover(1), discover(2), discover(3));

        assertThat(original.causeOfDeath()).startsWith("burst: a Discover");
    }

    @Test
    void twoPutsAndItsTickKill() {
        original.wakeUp(0, List.of(from(put(1)), from(put(2))), true);

        assertThat(original.causeOfDeath()).startsWith("burst");
    }

    @Test
    void twoPutsOrOneAndItsTickDoNot() {
        for (int i = 0; i < 100; i++) {
            wakeUp(put(1), put(2));
            wakeUp(discover(3), discover(4));
            original.wakeUp(0, List.of(from(put(5))), true);
        }

        assertThat(original.causeOfDeath()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10})
    void announcementsBackToBackKillWhenEachOfItsGetsIsAnsweredAtOnce(int announcements) {
        List<Datagram> burst = new ArrayList<>();
        for (int i = 0; i < announcements; i++) {
            burst.add(from(OriginalWire.iHave(i)));
        }
        List<Datagram> gets = original.wakeUp(0, burst, false);
        assertThat(gets).hasSize(announcements);
        assertThat(original.isDead()).isFalse();

        List<Datagram> answers = new ArrayList<>();
        gets.forEach(get -> answers.add(from(put(get.bytes().toBytes()[8]))));
        original.wakeUp(0, answers, false);
        assertThat(original.causeOfDeath()).startsWith("burst: a Put");
    }

    @Test
    void theDeadSendNothing() {
        wakeUp(put(1));
        wakeUp(new byte[0]);

        assertThat(wakeUp(OriginalWire.get(1))).isEmpty();
        assertThat(tick()).isEmpty();
    }

    @Test
    void sendThatTheSystemRefusesKillsAndTheFirstCauseStands() {
        original.sendFailed(ALICE, "Network is unreachable");
        original.sendFailed(ALICE, "again");

        assertThat(original.causeOfDeath()).isEqualTo("sending to 192.0.2.1:4000 failed: Network is unreachable");
    }

    private List<Datagram> wakeUp(byte[]... received) {
        List<Datagram> datagrams = new ArrayList<>();
        for (byte[] bytes : received) {
            datagrams.add(from(bytes));
        }
        return original.wakeUp(0, datagrams, false);
    }

    private List<Datagram> tick() {
        return original.wakeUp(SECOND, List.of(), true);
    }

    private static Datagram from(byte[] bytes) {
        return Datagram.of(ALICE, bytes);
    }

    private static byte[] put(int hash) {
        return OriginalWire.put(hash, new byte[] {1});
    }

    private static byte[] discover(int last) {
        return OriginalWire.discover(v4(192, 0, 2, last));
    }

    private static NetAddress v4(int a, int b, int c, int d) {
        return NetAddress.of(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}, 4000);
    }
}
