package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.types.NetAddress;

/**
 * Somebody speaks as one of ours does in the name of the original that a client has asked: he knows where both are, and reads nothing
 * of what goes to the original. It must not come to harm.
 */
class ClientForgeryTest {

    private static final NetAddress SIX = MachineFixture.address6(9);
    private static final NetAddress FOUR = MachineFixture.address(9);

    private final ClientFixture client = new ClientFixture();
    private final Far original = client.udp("original");
    private long forgedCookies;

    @Test
    void putForALifeIsNotTold() {
        client.putFor(60, 1, KEY, HELLO, original);
        forgeForASecond();

        assertThat(client.said()).isNotEmpty().noneMatch(line -> line.contains("Put"));
    }

    @Test
    void putIsNotRepeatedEarlier() {
        client.put(1, KEY, HELLO, original);
        forgeForASecond();

        assertThat(client.said()).containsOnlyOnce("Put 2a hello to original");
    }

    @Test
    void discoverOfAnotherFamilyIsNotTold() {
        client.discover(1, List.of(SIX), original);
        forgeForASecond();

        assertThat(client.said()).isNotEmpty().noneMatch(line -> line.contains("Discover"));
    }

    @Test
    void discoverIsNotRepeatedEarlier() {
        client.discover(1, List.of(FOUR), original);
        forgeForASecond();

        assertThat(client.said()).containsOnlyOnce("Discover 10.0.2.9:4000 to original");
    }

    @Test
    void cookieThatIsForgedIsNotHeeded() {
        client.get(1, KEY, original);
        client.out();
        forge();
        client.pass(100);

        assertThat(client.out()).isEmpty();
    }

    @Test
    void answerToAQuestionThatNobodyAskedShowsNothing() {
        client.putFor(60, 1, KEY, HELLO, original);
        client.out();
        original.answersTo(KEY, Meta.nothing(KEY));
        client.pass(0);

        assertThat(client.out()).isEmpty();
    }

    @Test
    void whatWasShownFourSecondsAgoCountsNoMore() {
        client.discover(1, List.of(SIX), original);
        original.showsCookie();
        original.tells(KEEP_ALIVE);
        client.pass(250);
        assertThat(client.said()).contains("Discover [2001:db8::9]:4000 to original");
        original.tells(KEEP_ALIVE);
        client.pass(3_999);
        client.discover(2, List.of(SIX), original);
        assertThat(client.said()).contains("Discover [2001:db8::9]:4000 to original");
        client.pass(1);
        client.discover(3, List.of(SIX), original);

        assertThat(client.said()).isNotEmpty().noneMatch(line -> line.contains("Discover"));
    }

    private void forgeForASecond() {
        for (int i = 0; i < 100; i++) {
            forge();
            client.pass(10);
        }
    }

    private void forge() {
        long token = 7;
        long cookie = ++forgedCookies;
        original.tellsWithToken(client.nextHeaderClock(), token, 0, KEEP_ALIVE, new ExtensionRecord.Token(cookie));
    }
}
