package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.Hash;
import org.simpledht.types.IpNetwork;
import org.simpledht.types.NetAddress;

/** What becomes of addresses that somebody told of, and which are passed on. */
class HearsayTest extends WaryFixture {

    @Test
    void whoSomebodyToldOfIsGreetedAFewTimesAndForgotten() {
        meets(alice);
        Far bob = node.udp("bob");
        alice.tells(new Message.Discover(bob.address()));
        node.pass(60_000);

        assertThat(node.out().stream().filter(line -> line.endsWith(" to bob")))
                .as("three times, and again after five seconds")
                .hasSize(4);
    }

    @Test
    void whoSomebodyToldOfHearsOfNoWritesBeforeItIsThere() {
        meets(alice);
        Far bob = node.udp("bob");
        Far named = node.udp("named");
        alice.tells(new Message.Discover(bob.address()));
        node.discover(named);
        node.out();
        node.put(KEY, HELLO);
        assertThat(node.said()).doesNotContain("IHave 2a to bob").contains("IHave 2a to named");

        bob.says(KEEP_ALIVE);
        bob.says(new Message.Get(bob.challenge()));
        node.put(new Hash(7), HELLO);
        assertThat(node.said()).contains("IHave 7 to bob");
    }

    @Test
    void whoNeedsToShowNothingHearsOfWritesAsSoonAsSomebodyToldOfIt() {
        NodeFixture trusting = new NodeFixture();
        Far carol = trusting.udp("carol");
        Far bob = trusting.udp("bob");
        carol.says(new Message.Discover(bob.address()));
        trusting.out();
        trusting.put(KEY, HELLO);

        assertThat(trusting.said()).contains("IHave 2a to bob");
    }

    /** Also where who told is met elsewhere as well: an address means what it came over. */
    @Test
    void whoSomebodyToldOfByAStreamIsReachedByAStream() {
        NodeFixture trusting = new NodeFixture();
        Far carol = trusting.udp("carol").withId(7_000);
        Far byStream = trusting.tcp("carol by stream").withId(7_000);
        Far bob = trusting.tcp("bob");
        carol.greets();
        byStream.greets();
        byStream.tells(KEEP_ALIVE, new LinkRecord.Peers(List.of(bob.address())));
        trusting.pass(2_000);

        assertThat(trusting.out()).anyMatch(line -> line.endsWith(" to bob"));
    }

    @Test
    void whomTheUserNamesIsGreetedAsLongAsItIsWaitedFor() {
        Far bob = node.udp("bob");
        node.discover(bob);
        node.pass(60_000);

        assertThat(node.out().stream().filter(line -> line.endsWith(" to bob"))).hasSizeGreaterThan(8);
    }

    @Test
    void ofManyAddressesFiveASecondAreTakenUp() {
        meets(alice);
        for (int i = 1; i <= 100; i++) {
            NetAddress victim = NetAddress.of(new byte[] {(byte) 198, 51, 100, (byte) i}, 4_000);
            alice.tells(new Message.Discover(victim));
        }

        assertThat(node.sizes().candidates()).isEqualTo(5);
        assertThat(node.counted(Counter.ADDRESSES_REFUSED)).isEqualTo(95);
    }

    @Test
    void onlyWhoHasShownItIsPassedOn() {
        meets(alice);
        Far bob = meets(node.udp("bob"));
        Far guest = node.udp("guest");
        guest.says(KEEP_ALIVE);
        Far mallory = node.udp("mallory");
        mallory.greets();
        alice.tells(KEEP_ALIVE, new LinkRecord.Peers(List.of()));
        node.pass(5_000);

        assertThat(alice.toldOf()).contains(bob.address()).doesNotContain(guest.address(), mallory.address());
    }

    @Test
    void whomAConnectedPeerTellsOfIsConnectedToAsSeldom() {
        Far carol = connected();
        Far bob = node.tcp("bob");
        carol.tells(new Message.Discover(bob.address()));
        node.pass(60_000);

        assertThat(node.out().stream().filter(line -> line.endsWith(" to bob")))
                .as("the greeting of a connection, three times, and again after five seconds")
                .hasSize(5);
    }

    @Test
    void ofManyAddressesThatAConnectedPeerTellsOfFiveASecondAreTakenUp() {
        Far carol = connected();
        for (int i = 1; i <= 100; i++) {
            NetAddress victim = NetAddress.of(new byte[] {(byte) 198, 51, 100, 7}, 4_000 + i);
            carol.tells(new Message.Discover(victim));
        }

        assertThat(node.sizes().candidates()).isEqualTo(5);
        assertThat(node.counted(Counter.ADDRESSES_REFUSED)).isEqualTo(95);
    }

    @Test
    void whomAConnectedPeerToldOfHearsOfNoWritesBeforeItHasSpoken() {
        Far carol = connected();
        Far bob = node.tcp("bob");
        carol.tells(new Message.Discover(bob.address()));
        node.put(KEY, HELLO);
        assertThat(node.said()).noneMatch(line -> line.endsWith(" to bob"));

        bob.keepsAlive();
        node.put(new Hash(7), HELLO);
        assertThat(node.said()).contains("IHave 7 to bob");
    }

    @Test
    void whomSomebodyToldOfIsAskedForNothingBeforeItHasSpoken() {
        Far carol = connected();
        meets(alice);
        Far bob = node.tcp("bob");
        Far dave = node.udp("dave");
        carol.tells(new Message.Discover(bob.address()));
        alice.tells(new Message.Discover(dave.address()));
        node.out();
        node.get(1, KEY, 10_000);
        assertThat(node.said()).isNotEmpty().noneMatch(line -> line.endsWith(" to bob") || line.endsWith(" to dave"));

        bob.keepsAlive();
        node.pass(1_000);
        assertThat(node.said()).contains("Get 2a to bob").doesNotContain("Get 2a to dave");
    }

    @Test
    void whereSomebodyHasSpokenIsConnectedToAgainAsOftenAsThatEnds() {
        Far carol = connected();
        Far bob = node.tcp("bob");
        carol.tells(new Message.Discover(bob.address()));
        for (int i = 0; i < 8; i++) {
            node.pass(1_000);
            assertThat(node.out()).contains("+KeepAlive [Hello 4000] to bob");
            bob.greets();
            node.closed(bob);
        }
    }

    @Test
    void ofATrustedNetworkManyAreTakenUpButOnlyOnTheWordOfOneThatIsInIt() {
        IpNetwork loopback = IpNetwork.parse("127.0.0.0/8");
        NodeFixture local =
                new NodeFixture(NodeFixture.settings(NodeFixture.gate(List.of(loopback)), 0, NodeFixture.WIDE));
        for (int i = 0; i < 20; i++) {
            local.udp("outside").says(new Message.Discover(loopback(5_000 + i)));
        }
        assertThat(local.sizes().candidates()).isEqualTo(5);

        Far inside = local.neighbour("inside", new Path(MachineFixture.UDP, loopback(4_001)));
        for (int i = 0; i < 20; i++) {
            inside.says(new Message.Discover(loopback(6_000 + i)));
        }
        assertThat(local.sizes().candidates()).isEqualTo(25);
    }

    /** One of ours that has connected to us. */
    private Far connected() {
        Far carol = node.tcp("carol");
        node.accepted(carol);
        carol.greets();
        node.out();
        return carol;
    }

    private static NetAddress loopback(int port) {
        return NetAddress.of(new byte[] {127, 0, 0, 1}, port);
    }
}
