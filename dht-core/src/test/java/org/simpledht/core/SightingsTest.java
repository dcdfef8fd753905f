package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.TCP;
import static org.simpledht.core.MachineFixture.UDP;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.NetAddress;

/** Nodes tell each other where they see each other; a node shows what most say. */
class SightingsTest {

    private static final NetAddress TRUE = NetAddress.of(new byte[] {(byte) 203, 0, 113, 7}, 4_000);
    private static final NetAddress FALSE = NetAddress.of(new byte[] {(byte) 198, 51, 100, 7}, 4_000);

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");
    private final Far carol = node.udp("carol");

    @Test
    void neighbourIsToldWhereItIsSeen() {
        alice.greets();
        node.pass(1_000);

        assertThat(alice.seenAt()).isNotEmpty().containsOnly(alice.address());
    }

    @Test
    void whoHasConnectedIsToldTheHostWithThePortAtWhichItListens() {
        Far dave =
                node.neighbour("dave", new Path(TCP, MachineFixture.address(9).withPort(40_000)));
        node.accepted(dave);
        dave.greets();
        node.pass(1_000);

        assertThat(dave.seenAt())
                .isNotEmpty()
                .containsOnly(dave.address().withPort(MachineFixture.GREETING.listenPort()));
    }

    @Test
    void whoIsConnectedToIsToldWhereThatWas() {
        Far dave =
                node.neighbour("dave", new Path(TCP, MachineFixture.address(9).withPort(5_000)));
        node.discover(dave);
        dave.greets();
        node.pass(1_000);

        assertThat(dave.seenAt()).isNotEmpty().containsOnly(dave.address());
    }

    @Test
    void othersAreToldOfWhoIsConnectedToWhereThatWas() {
        Far dave =
                node.neighbour("dave", new Path(TCP, MachineFixture.address(9).withPort(5_000)));
        Far eve = node.tcp("eve");
        node.discover(dave);
        dave.greets();
        node.accepted(eve);
        eve.greets();
        for (int second = 0; second < 10; second++) {
            eve.tells(KEEP_ALIVE);
            dave.tells(KEEP_ALIVE);
            node.pass(1_000);
        }

        assertThat(eve.toldOf()).isNotEmpty().containsOnly(dave.address());
    }

    @Test
    void whoWasReachedByAConnectionOfOursIsLookedForWhereThatWasWhenItIsLost() {
        Far dave =
                node.neighbour("dave", new Path(TCP, MachineFixture.address(9).withPort(5_000)));
        node.discover(dave);
        dave.greets();
        node.pass(11_000);
        assertThat(node.events()).contains("lost dave");
        node.pass(10_000);

        assertThat(node.out())
                .anyMatch(line -> line.endsWith(" to dave"))
                .noneMatch(line -> line.contains("10.0.2.9:4000"));
    }

    @Test
    void strangersAndOriginalsAreNotTold() {
        alice.keepsAlive();
        node.pass(5_000);
        alice.keepsAlive();
        node.pass(5_000);

        assertThat(alice.seenAt()).isEmpty();
    }

    @Test
    void whatMostSayIsShownAndNotWhatOneLiarSays() {
        sees(alice, TRUE);
        assertThat(seen()).as("one alone").isEmpty();
        sees(bob, FALSE);
        assertThat(seen()).as("one each").isEmpty();
        sees(carol, TRUE);

        assertThat(seen()).containsExactly(new Path(UDP, TRUE));
    }

    @Test
    void halfIsNotMost() {
        sees(alice, TRUE);
        sees(bob, TRUE);
        assertThat(seen()).containsExactly(new Path(UDP, TRUE));
        sees(carol, FALSE);
        sees(node.udp("dave"), FALSE);

        assertThat(seen()).isEmpty();
    }

    @Test
    void whoSaysNothingHasNoVote() {
        carol.greets();
        node.udp("dave").greets();
        node.udp("eve").greets();
        sees(alice, TRUE);
        sees(bob, TRUE);

        assertThat(seen()).containsExactly(new Path(UDP, TRUE));
    }

    @Test
    void latestWordOfEachCountsOnceAndIsForgottenWithIt() {
        sees(alice, FALSE);
        sees(alice, FALSE);
        assertThat(seen()).isEmpty();
        sees(alice, TRUE);
        sees(bob, TRUE);
        assertThat(seen()).containsExactly(new Path(UDP, TRUE));
        for (int second = 0; second < 12; second++) {
            bob.tells(KEEP_ALIVE);
            node.pass(1_000);
        }

        assertThat(seen()).as("alice is gone").isEmpty();
    }

    @Test
    void whatIsNobodysAddressIsNotShown() {
        sees(alice, TRUE.withPort(0));
        sees(bob, TRUE.withPort(0));

        assertThat(seen()).isEmpty();
    }

    @Test
    void eachTransportHasItsOwn() {
        Far first = node.tcp("first");
        Far second = node.tcp("second");
        node.accepted(first);
        node.accepted(second);
        sees(first, FALSE);
        sees(second, FALSE);
        sees(alice, TRUE);
        sees(bob, TRUE);

        assertThat(seen()).containsExactly(new Path(UDP, TRUE), new Path(TCP, FALSE));
    }

    @Test
    void whoIsThereByTheWordOfAllStaysAPeer() {
        alice.greets();
        sees(bob, alice.address());
        sees(carol, alice.address());
        assertThat(seen()).containsExactly(alice.path());
        node.pass(5_000);
        alice.tells(KEEP_ALIVE);

        assertThat(node.sizes().peers()).isEqualTo(3);
        assertThat(node.events()).doesNotContain("lost alice");
    }

    private List<Path> seen() {
        List<Path> seen = new ArrayList<>();
        for (int binding : new int[] {UDP, TCP}) {
            NetAddress address = node.machine().seenAt(binding);
            if (address != null) {
                seen.add(new Path(binding, address));
            }
        }
        return seen;
    }

    private static void sees(Far far, NetAddress address) {
        far.tells(KEEP_ALIVE, MachineFixture.GREETING, new LinkRecord.Seen(address));
    }
}
