package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.GREETING;
import static org.simpledht.core.MachineFixture.UDP;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord.Hello;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.NetAddress;

/** Who is only served, being of another network or another time, holds nobody's place, and gets one as everybody does. */
class ServedTest {

    private static final long AN_HOUR = 3_600_000L << 16;
    private static final Hello OTHER_CLUSTER =
            new Hello(4_000, 66_560, 3_600, Cluster.named("another").hash());

    private final NodeFixture node = new NodeFixture();
    private final NodeInsides insides = new NodeInsides(node.machine());

    @Test
    void thoseOfAnotherNetworkTakeNobodysPlace() {
        strangers(10);
        List<Far> ours = ours(10);

        assertThat(insides.sharing()).isEqualTo(10);
        assertThat(node.out()).noneMatch(line -> line.contains("NO_ROOM"));
        assertThat(ours).allMatch(far -> insides.sharesWith(far.address()));
    }

    @Test
    void othersAreLookedForAsIfTheyWereNotThere() {
        strangers(9);
        Far alice = ours(1).get(0);
        Far bob = node.udp("bob");
        Far carol = node.udp("carol");
        node.out();
        alice.tells(KEEP_ALIVE, new LinkRecord.Peers(List.of(bob.address(), carol.address())));

        assertThat(node.out()).contains("+KeepAlive [Hello 4000] to bob", "+KeepAlive [Hello 4000] to carol");
    }

    @Test
    void tenAreServedAndNoMore() {
        List<Far> all = strangers(12);

        assertThat(node.sizes().peers()).isEqualTo(10);
        assertThat(node.out())
                .contains("+KeepAlive NO_ROOM [Hello 4000] to " + all.get(11).name());
        node.pass(1_100);
        assertThat(node.out())
                .noneMatch(line -> line.endsWith(" to " + all.get(11).name()));
    }

    @Test
    void whoHadAPlaceIsServedBeyondThatOnlyAsOneOfTen() {
        List<Far> all = ours(10);
        all.forEach(this::speaksOfAnotherTime);
        node.pass(2_100);
        all.forEach(this::speaksOfAnotherTime);
        assertThat(insides.sharing()).isZero();
        List<Far> others = ours(10);
        others.forEach(this::speaksOfAnotherTime);
        node.pass(2_100);
        all.forEach(this::speaksOfAnotherTime);
        others.forEach(this::speaksOfAnotherTime);
        node.pass(1_000);

        assertThat(node.sizes().peers()).isEqualTo(10);
    }

    @Test
    void whoIsOnlyServedDrivesOutNobody() {
        List<Far> ours = ours(10);
        Far stranger = node.udp("stranger");
        stranger.tells(Header.FLAG_PLEASE, KEEP_ALIVE, OTHER_CLUSTER);
        node.pass(1_000);

        assertThat(insides.sharing()).isEqualTo(10);
        assertThat(ours).allMatch(far -> insides.sharesWith(far.address()));
        assertThat(node.out()).noneMatch(line -> line.contains("NO_ROOM"));
    }

    @Test
    void whoseClockWasWrongForAWhileHasItsPlaceBackAndWhoTookItGoes() {
        List<Far> ours = ours(10);
        Far wrong = ours.get(5);
        speaksOfAnotherTime(wrong);
        stay(ours, wrong, 2_100);
        speaksOfAnotherTime(wrong);
        assertThat(insides.sharing()).isEqualTo(9);
        Far late = node.udp("late");
        late.greets();
        assertThat(insides.sharesWith(late.address())).isTrue();
        node.out();
        wrong.tells(KEEP_ALIVE);
        node.pass(1_000);

        assertThat(ours).allMatch(far -> insides.sharesWith(far.address()));
        assertThat(insides.sharing()).isEqualTo(10);
        assertThat(node.out()).anyMatch(line -> line.contains("NO_ROOM") && line.endsWith(" to late"));
    }

    @Test
    void whoWasOnlyServedHasNoPlaceWithoutAskingWhenItsClockIsRight() {
        List<Far> ours = ours(10);
        Far stranger = node.udp("stranger");
        stranger.tellsAt(node.nextHeaderClock() + AN_HOUR, 0, KEEP_ALIVE, GREETING);
        node.out();
        stranger.tells(KEEP_ALIVE);
        node.pass(1_000);

        assertThat(ours).allMatch(far -> insides.sharesWith(far.address()));
        assertThat(node.out()).anyMatch(line -> line.contains("NO_ROOM") && line.endsWith(" to stranger"));
    }

    @Test
    void whoWasOnlyServedHasAPlaceWhenItsClockIsRightAndThereIsOne() {
        Far stranger = node.udp("stranger");
        stranger.tellsAt(node.nextHeaderClock() + AN_HOUR, 0, KEEP_ALIVE, GREETING);
        assertThat(insides.sharing()).isZero();
        stranger.tells(KEEP_ALIVE);

        assertThat(insides.sharesWith(stranger.address())).isTrue();
    }

    @Test
    void whoAskedAndComesBackDoesNotMakeThoseWhoAskedMoreThanSix() {
        List<Far> first = askers(1);
        first.forEach(this::speaksOfAnotherTime);
        stay(first, null, 2_100);
        first.forEach(this::speaksOfAnotherTime);
        List<Far> second = askers(11);
        assertThat(second).allMatch(far -> insides.sharesWith(far.address()));
        first.forEach(far -> far.tells(KEEP_ALIVE));

        assertThat(insides.sharing()).isEqualTo(6);
        assertThat(first).allMatch(far -> insides.sharesWith(far.address()));
    }

    @Test
    void whoIsOfAnotherNetworkIsNotToldToOthersNorAskedAgain() {
        List<Far> all = strangers(12);
        Far alice = ours(1).get(0);
        for (int second = 0; second < 9; second++) {
            node.pass(1_000);
            alice.tells(KEEP_ALIVE);
        }

        assertThat(alice.toldOf()).isEmpty();
        node.out();
        node.pass(70_000);
        assertThat(node.out())
                .noneMatch(line -> line.endsWith(" to " + all.get(11).name()));
    }

    /** Six at public addresses of six subnets. */
    private List<Far> askers(int firstSubnet) {
        List<Far> askers = new ArrayList<>();
        for (int subnet = firstSubnet; subnet < firstSubnet + 6; subnet++) {
            NetAddress address = NetAddress.of(new byte[] {(byte) 198, 18, (byte) subnet, 1}, 4_000);
            Far far = node.neighbour("asker " + subnet, new Path(UDP, address));
            far.greets();
            askers.add(far);
        }
        return askers;
    }

    private List<Far> strangers(int count) {
        List<Far> strangers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Far far = node.udp("stranger" + i);
            far.tells(KEEP_ALIVE, OTHER_CLUSTER);
            strangers.add(far);
        }
        return strangers;
    }

    private List<Far> ours(int count) {
        List<Far> ours = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Far far = node.udp("ours" + millisAnd(i));
            far.greets();
            ours.add(far);
        }
        return ours;
    }

    private String millisAnd(int number) {
        return node.millis() + "-" + number;
    }

    private void speaksOfAnotherTime(Far far) {
        far.tellsAt(node.nextHeaderClock() + AN_HOUR, 0, KEEP_ALIVE);
    }

    /** Time passes, and all speak but one. */
    private void stay(List<Far> all, Far but, long millis) {
        node.pass(millis);
        all.stream().filter(far -> far != but && but != null).forEach(far -> far.tells(KEEP_ALIVE));
    }
}
