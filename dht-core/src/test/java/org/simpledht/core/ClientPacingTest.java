package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * However much a client is to put and discover at once: where an original may be, one goes there at a time, with 100 ms between. All
 * wait in one line, and none is sent whose time is over.
 */
class ClientPacingTest {

    private static final NetAddress FOUR = MachineFixture.address(9);

    private final ClientFixture client = new ClientFixture();
    private final Far alice = client.udp("alice");
    private final Far bob = client.udp("bob");
    private final Far stream = client.tcp("stream");

    @Test
    void putsAtOnceGoOneByOne() {
        put(1, alice);
        put(2, alice);
        put(3, alice);
        client.pass(249);

        assertThat(told())
                .containsExactly("0 Put 1 hello to alice", "100 Put 2 hello to alice", "200 Put 3 hello to alice");
    }

    @Test
    void discoversStandInTheSameLine() {
        client.discover(1, List.of(FOUR), alice);
        put(2, alice);
        client.discover(3, List.of(FOUR), alice);
        client.pass(249);

        assertThat(told())
                .containsExactly(
                        "0 Discover 10.0.2.9:4000 to alice",
                        "100 Put 2 hello to alice",
                        "200 Discover 10.0.2.9:4000 to alice");
    }

    @Test
    void nothingElseIsSaidInTheNameOfWhatWaits() {
        put(1, alice);
        client.out();
        put(2, alice);
        client.pass(99);

        assertThat(client.out()).isEmpty();
    }

    @Test
    void onePutSoonAfterAnotherOneThatIsDoneWaitsToo() {
        put(1, alice);
        client.pass(30);
        alice.has(new Hash(1));
        put(2, alice);
        client.pass(100);

        assertThat(told()).containsExactly("0 Put 1 hello to alice", "100 Put 2 hello to alice");
    }

    @Test
    void whoWaitsLongestGoesFirstBeItAgainOrForTheFirstTime() {
        put(1, alice);
        client.pass(1_740);
        client.out();
        put(2, alice);
        put(3, alice);
        client.pass(20);
        put(4, alice);
        client.pass(330);

        assertThat(told())
                .containsExactly(
                        "1740 Put 2 hello to alice",
                        "1840 Put 3 hello to alice",
                        "1940 Put 1 hello to alice",
                        "2040 Put 4 hello to alice");
    }

    @Test
    void whatWaitsIsNotSentWhenItsTimeIsOver() {
        int puts = 60;
        for (int ticket = 1; ticket <= puts; ticket++) {
            put(ticket, alice);
        }
        client.pass(4_999);
        List<String> out = client.out();
        assertThat(out.stream().filter(ClientPacingTest::tells)).hasSize(50);
        assertThat(out).noneMatch(line -> line.startsWith("finished"));
        client.pass(3_000);

        assertThat(client.out()).hasSize(puts).allMatch(line -> line.endsWith(" TIMEOUT"));
    }

    @Test
    void whatIsDoneElsewhereLeavesTheLine() {
        for (int ticket = 1; ticket <= 4; ticket++) {
            put(ticket, alice);
        }
        put(5, alice, bob);
        put(6, alice);
        client.pass(350);
        assertThat(told()).contains("300 Put 5 hello to bob", "300 Put 4 hello to alice");
        bob.has(new Hash(5));
        client.pass(60);

        assertThat(told()).containsExactly("400 Put 6 hello to alice");
    }

    @Test
    void refusedAddressHasNoLineAnyMore() {
        put(1, alice, bob);
        put(2, alice, bob);
        client.closed(alice);
        client.pass(90);
        put(3, alice);
        client.pass(120);

        assertThat(told())
                .containsExactly(
                        "0 Put 1 hello to alice",
                        "0 Put 1 hello to bob",
                        "100 Put 2 hello to bob",
                        "100 Put 3 hello to alice");
    }

    @Test
    void eachAddressHasALineOfItsOwn() {
        put(1, alice);
        put(2, bob);

        assertThat(told()).containsExactly("0 Put 1 hello to alice", "0 Put 2 hello to bob");
    }

    @Test
    void whoShowsThatItIsOneOfOursGetsAllAtOnce() {
        put(1, alice);
        put(2, alice);
        put(3, alice);
        client.discover(4, List.of(FOUR), alice);
        client.out();
        client.pass(20);
        alice.showsCookie();
        alice.tells(KEEP_ALIVE);
        client.pass(0);

        assertThat(told())
                .containsExactly(
                        "20 Put 2 hello to alice", "20 Put 3 hello to alice", "20 Discover 10.0.2.9:4000 to alice");
    }

    @Test
    void whatHasWaitedUntilThenHasLeftTheLine() {
        put(1, alice);
        put(2, alice);
        alice.showsCookie();
        alice.tells(KEEP_ALIVE);
        client.pass(4_050);
        client.out();
        put(3, alice);
        client.pass(0);

        assertThat(told()).containsExactly("4050 Put 3 hello to alice");
    }

    @Test
    void whatComesLaterFindsItKnownForFourSeconds() {
        put(1, alice);
        alice.showsCookie();
        alice.tells(KEEP_ALIVE);
        alice.has(new Hash(1));
        client.pass(3_999);
        client.out();
        put(2, alice);
        put(3, alice);
        assertThat(told()).hasSize(2);
        alice.has(new Hash(2));
        alice.has(new Hash(3));
        client.pass(1);
        put(4, alice);
        put(5, alice);
        client.pass(200);

        assertThat(told()).containsExactly("4000 Put 4 hello to alice", "4100 Put 5 hello to alice");
    }

    @Test
    void whoMerelySpeaksAsOursDoesNotEndTheLine() {
        put(1, alice);
        put(2, alice);
        put(3, alice);
        alice.tells(KEEP_ALIVE);
        client.pass(150);

        assertThat(told()).containsExactly("0 Put 1 hello to alice", "100 Put 2 hello to alice");
    }

    @Test
    void streamHasNone() {
        put(1, stream);
        put(2, stream);
        put(3, stream);

        assertThat(told()).hasSize(3).allMatch(line -> line.startsWith("0 "));
    }

    @Test
    void getsWaitForNobody() {
        put(1, alice);
        client.get(2, KEY, alice);

        assertThat(client.said()).contains("Get 2a to alice");
    }

    private void put(long ticket, Far... asked) {
        client.put(ticket, new Hash(ticket), HELLO, asked);
    }

    /** The Puts and Discovers since the last time, and when each went. */
    private List<String> told() {
        return client.saidWhen().stream()
                .filter(line -> tells(line.substring(line.indexOf(' ') + 1)))
                .toList();
    }

    private static boolean tells(String line) {
        return Stream.of("Put ", "Discover ").anyMatch(line::startsWith);
    }
}
