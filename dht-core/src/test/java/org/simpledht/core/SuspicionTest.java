package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/** What is not believed, what costs no more than it should, and who is followed when it moves. */
class SuspicionTest {

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");

    @Test
    void frameWithManyQuestionsIsAnsweredWithOneFrame() {
        node.put(KEY, HELLO);
        alice.tells(KEEP_ALIVE);
        node.out();
        int sent = node.bytes().size();
        List<Hash> keys = Collections.nCopies(4_000, KEY);
        alice.tells(KEEP_ALIVE, new ExtensionRecord.Ask(keys), new ExtensionRecord.Ask(keys));

        List<String> answers = node.bytes().subList(sent, node.bytes().size());
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).length() / 2).isLessThan(1_300);
    }

    @Test
    void ownIdIsNotBelievedFromWhereNothingWasSent() {
        Far seed = node.udp("seed").withId(NodeFixture.OWN_ID);
        seed.tells(KEEP_ALIVE);

        assertThat(node.discover(seed)).isTrue();
        node.pass(1_000);
        assertThat(node.signsOfLifeWhen()).isNotEmpty();
    }

    @Test
    void ownIdIsNotBelievedFromWhereSomebodyElseIsHeard() {
        alice.tells(KEEP_ALIVE);
        alice.withId(NodeFixture.OWN_ID).tells(KEEP_ALIVE);

        assertThat(node.kinds()).containsExactly(PeerKind.CAPABLE);
    }

    @Test
    void ownIdIsBelievedFromWhereWeSpoke() {
        Far ourselves = node.udp("ourselves").withId(NodeFixture.OWN_ID);
        node.discover(ourselves);
        ourselves.tells(KEEP_ALIVE);
        node.out();
        node.discover(ourselves);
        node.pass(2_000);

        assertThat(node.signsOfLifeWhen()).isEmpty();
    }

    @Test
    void peerWhoseAddressChangesAgainAndAgainIsFollowed() {
        List<Far> places = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> places.add(node.udp("place" + i).withId(9)));
        long clock = 1;
        for (Far place : places) {
            for (int i = 0; i < 10; i++) {
                place.tellsAt(clock++, 0, KEEP_ALIVE);
                node.pass(1_000);
            }
        }

        List<String> signs = node.signsOfLifeWhen();
        assertThat(signs.get(signs.size() - 1)).endsWith(" to place19");
        assertThat(node.kinds()).hasSize(1);
    }

    @Test
    void whoSpeaksWithoutExtensionForLongIsNoLongerOneOfOurs() {
        alice.tells(KEEP_ALIVE);
        for (int second = 0; second < 30; second++) {
            alice.keepsAlive();
            node.pass(1_000);
        }
        assertThat(node.kinds()).containsExactly(PeerKind.CAPABLE);
        alice.keepsAlive();
        node.pass(1_000);
        alice.keepsAlive();
        assertThat(node.kinds()).containsExactly(PeerKind.UNDECIDED);
        for (int second = 0; second < 5; second++) {
            alice.keepsAlive();
            node.pass(1_000);
        }

        assertThat(node.kinds()).containsExactly(PeerKind.ORIGINAL);
    }

    @Test
    void lookupIsNotCutShortByAPause() {
        alice.tells(KEEP_ALIVE);
        node.get(1, KEY, 5_000);
        node.sleep(60_000);
        node.tick();
        assertThat(node.events()).noneMatch(event -> event.contains("TIMEOUT"));
        alice.pushes(node.written(KEY, HELLO), HELLO);

        assertThat(node.events()).anyMatch(event -> event.contains("FOUND") || event.contains("hello"));
    }

    @Test
    void clientAsksAgainWhenItsStreamEnds() {
        ClientFixture client = new ClientFixture();
        Far server = client.tcp("server");
        client.get(1, KEY, server);
        server.tells(KEEP_ALIVE);
        client.out();
        client.closed(server);

        assertThat(client.events()).isEmpty();
        server.puts(KEY, HELLO);
        assertThat(client.events()).hasSize(1);
    }

    @Test
    void clientIsToldOfAContentThatIsTooLarge() {
        ClientFixture client = new ClientFixture();
        Far server = client.udp("server");
        client.get(1, KEY, server);
        server.answers(new Meta(KEY, client.now().unixMillis() << 16, 2, 3, 1 << 30));

        assertThat(client.events()).singleElement().asString().contains("DECLINED");
    }
}
