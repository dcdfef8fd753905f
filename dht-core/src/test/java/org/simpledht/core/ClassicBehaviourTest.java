package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** What the manual page promises, and what a running original was seen to do: between a node and strangers. */
class ClassicBehaviourTest {

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Far bob = node.udp("bob");

    @Test
    void putIsAnnouncedToAllPeersTheSenderFirst() {
        bob.keepsAlive();
        alice.puts(KEY, HELLO);

        assertThat(node.said()).containsExactly("IHave 2a to alice", "IHave 2a to bob");
        assertThat(node.held(KEY)).isEqualTo("hello");
    }

    @Test
    void putThatIsRepeatedWithinThirtySecondsIsOnlyAcknowledged() {
        bob.keepsAlive();
        alice.puts(KEY, HELLO);
        node.out();
        alice.puts(KEY, HELLO);

        assertThat(node.out()).containsExactly("IHave 2a to alice");
    }

    @Test
    void putOfTheSameContentByAnotherOneIsAnnouncedAgain() {
        bob.keepsAlive();
        alice.puts(KEY, HELLO);
        node.out();
        bob.puts(KEY, HELLO);

        assertThat(node.out()).containsExactly("IHave 2a to bob", "IHave 2a to alice");
    }

    @Test
    void putOfTheSameContentIsAnnouncedAgainAfterThirtySeconds() {
        alice.puts(KEY, HELLO);
        node.pass(30_000);
        bob.keepsAlive();
        node.out();
        alice.puts(KEY, HELLO);

        assertThat(node.out()).containsExactly("joined alice", "IHave 2a to alice", "IHave 2a to bob");
    }

    @Test
    void putOverwritesAndTheApplicationHearsOfIt() {
        alice.puts(KEY, HELLO);
        node.out();
        alice.puts(KEY, OTHER);

        assertThat(node.out()).containsExactly("IHave 2a to alice", "stored 2a other");
        assertThat(node.held(KEY)).isEqualTo("other");
    }

    @Test
    void putOfTheApplicationIsAnnouncedToEveryPeer() {
        alice.keepsAlive();
        bob.keepsAlive();
        node.put(KEY, HELLO);

        assertThat(node.said()).containsExactly("IHave 2a to alice", "IHave 2a to bob");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_500, 65_496})
    void contentsOfAnySizeThatUdpCarriesComeBackAsTheyWere(int size) {
        Content content = Content.of(new byte[size]);
        alice.puts(KEY, content);
        node.out();
        bob.gets(KEY);

        assertThat(node.said()).containsExactly("Put 2a " + Wording.of(content) + " to bob");
    }

    @Test
    void contentThatAnAddressCannotCarryIsNotSentThere() {
        node.put(KEY, Content.of(new byte[65_497]));
        alice.gets(KEY);

        assertThat(node.said()).isEmpty();
        assertThat(node.counted(Counter.PUTS_TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void getOfAKnownHashIsAnsweredAtOnceToTheAskerAlone() {
        node.put(KEY, HELLO);
        bob.keepsAlive();
        alice.gets(KEY);

        assertThat(node.said()).containsExactly("Put 2a hello to alice");
    }

    @Test
    void getOfAnUnknownHashIsAnsweredWhenItArrives() {
        alice.gets(KEY);
        assertThat(node.said()).isEmpty();
        bob.puts(KEY, HELLO);

        assertThat(node.said()).containsExactly("IHave 2a to bob", "Put 2a hello to alice", "IHave 2a to alice");
    }

    @Test
    void getIsAnsweredEvenToAnAskerSilentFor45Seconds() {
        alice.gets(KEY);
        node.pass(45_000);
        node.out();
        node.put(KEY, HELLO);

        assertThat(node.said()).containsExactly("Put 2a hello to alice");
    }

    @Test
    void getIsAnsweredOnlyOnce() {
        alice.gets(KEY);
        node.put(KEY, HELLO);
        node.out();
        node.put(KEY, OTHER);

        assertThat(node.said()).containsExactly("IHave 2a to alice");
    }

    @Test
    void getIsForgottenAfterTenMinutes() {
        alice.gets(KEY);
        node.pass(601_000);
        node.out();
        node.put(KEY, HELLO);

        assertThat(node.said()).isEmpty();
        assertThat(node.sizes().pendingGets()).isZero();
    }

    @Test
    void threeEqualGetsGiveThreePuts() {
        alice.says(new Message.Get(KEY), 3);
        bob.puts(KEY, HELLO);
        node.pass(200);

        assertThat(node.said())
                .containsExactly(
                        "IHave 2a to bob",
                        "Put 2a hello to alice",
                        "IHave 2a to alice",
                        "Put 2a hello to alice",
                        "Put 2a hello to alice");
    }

    @Test
    void repeatedGetOfAClientIsOneGet() {
        alice.tells(Header.FLAG_CLIENT, new Message.Get(KEY));
        alice.tells(Header.FLAG_CLIENT, new Message.Get(KEY));
        node.put(KEY, HELLO);

        assertThat(node.said()).containsExactly("+Put 2a hello to alice");
    }

    @Test
    void repeatedGetOfANeighbourIsOnePush() {
        alice.tells(new Message.Get(KEY));
        alice.tells(new Message.Get(KEY));
        node.put(KEY, HELLO);

        assertThat(node.said()).containsExactly("+KeepAlive [Push 2a hello] [Flow] to alice");
        assertThat(node.sizes().pendingGets()).isZero();
    }

    @Test
    void getsAreNotForwarded() {
        bob.keepsAlive();
        alice.gets(KEY);
        node.pass(900);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void announcementOfAnUnknownHashIsAnsweredWithGet() {
        bob.keepsAlive();
        alice.has(KEY);

        assertThat(node.said()).containsExactly("Get 2a to alice");
    }

    @Test
    void announcementOfAKnownHashIsNotAnswered() {
        node.put(KEY, HELLO);
        alice.has(KEY);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void secondMessageBehindTheFirstIsNotExecuted() {
        byte[] keepAliveThenGet = {2, 0, 0, 0, 0, 0, 0, 0, 0, 0x2a};
        node.put(KEY, HELLO);
        alice.sends(keepAliveThenGet);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void discoveredAddressHearsAKeepAliveOnTheNextTickAndTheSenderToo() {
        alice.says(new Message.Discover(bob.address()));
        node.pass(999);
        assertThat(node.signsOfLifeWhen()).isEmpty();
        node.pass(1);

        assertThat(node.signsOfLifeWhen())
                .containsExactly("1000 +KeepAlive [Hello 4000] to alice", "1000 +KeepAlive [Hello 4000] to bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.9:0", "0.0.0.0:4000", "255.255.255.255:4000", "224.0.0.1:4000"})
    void addressWhereNothingCanBeIsNotContacted(String text) {
        String[] parts = text.split("[.:]");
        byte[] host = new byte[4];
        for (int i = 0; i < 4; i++) {
            host[i] = (byte) Integer.parseInt(parts[i]);
        }
        alice.says(new Message.Discover(NetAddress.of(host, Integer.parseInt(parts[4]))));
        node.pass(1_000);

        assertThat(node.signsOfLifeWhen()).containsExactly("1000 +KeepAlive [Hello 4000] to alice");
        assertThat(node.counted(Counter.ADDRESSES_REFUSED)).isEqualTo(1);
    }

    @Test
    void entriesStayWithoutBeingPutAgain() {
        alice.puts(KEY, HELLO);
        node.pass(3_600_000);

        assertThat(node.held(KEY)).isEqualTo("hello");
    }

    @Test
    void carrierThatARecordNamesIsNotHandledTwice() {
        node.put(KEY, HELLO);
        alice.tells(new Message.Get(KEY), new ExtensionRecord.Ask(List.of(KEY)));

        assertThat(node.said()).containsExactly("+KeepAlive [has 2a] to alice");
    }

    @Test
    void questionWhatIsHeldIsAnsweredAtOnceKeyByKey() {
        node.put(KEY, HELLO);
        alice.tells(Message.KEEP_ALIVE, new ExtensionRecord.Ask(List.of(KEY, Hash.parse("2b"))));

        assertThat(node.said()).containsExactly("+KeepAlive [has 2a, no 2b] to alice");
    }

    @Test
    void probeIsAnsweredAtOnce() {
        alice.tells(Header.FLAG_PROBE, Message.KEEP_ALIVE);

        assertThat(node.out()).containsExactly("joined alice", "+KeepAlive to alice");
    }

    @Test
    void equalGetsOfAClientCountOnceAsItRepeatsItsQuestion() {
        Far client = node.udp("client");
        for (int i = 0; i < 5; i++) {
            client.tells(Header.FLAG_CLIENT, Message.KEEP_ALIVE, new ExtensionRecord.Ask(List.of(KEY)));
            client.gets(KEY);
            client.gets(new Hash(7));
        }
        assertThat(node.sizes().pendingGets()).isEqualTo(2);
        node.out();
        alice.puts(KEY, HELLO);

        assertThat(node.said().stream().filter(line -> line.endsWith(" to client")))
                .hasSize(1);
    }

    @Test
    void getOfAClientThatCameBeforeItsNameCountsOnceToo() {
        Far client = node.udp("client");
        client.gets(KEY);
        for (int i = 0; i < 5; i++) {
            client.tells(Header.FLAG_CLIENT, Message.KEEP_ALIVE, new ExtensionRecord.Ask(List.of(KEY)));
            client.gets(KEY);
        }

        assertThat(node.sizes().pendingGets()).isEqualTo(1);
    }
}
