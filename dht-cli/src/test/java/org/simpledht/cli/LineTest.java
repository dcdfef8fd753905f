package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.simpledht.DhtStatistics;
import org.simpledht.EntryEvent;
import org.simpledht.PeerInfo;
import org.simpledht.types.Content;
import org.simpledht.types.Endpoint;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

final class LineTest {

    private static final Hash HASH = Hash.parse("2a");

    @Test
    void listeningLineHasTransportAndAddressAsWords() {
        Line line = Line.listening(new Endpoint("udp", NetAddress.of(new byte[16], 4000)));

        assertThat(line.text()).isEqualTo("listening on udp [::]:4000");
        assertThat(json(line)).isEqualTo("{\"event\":\"listening\",\"endpoint\":\"udp://[::]:4000\"}");
    }

    @Test
    void whereOthersSeeThisNodeIsSaidLikeWhereItListens() {
        Line line = Line.observed(new Endpoint("tcp", NetAddress.of(new byte[] {127, 0, 0, 1}, 4000)));

        assertThat(line.text()).isEqualTo("seen by them at tcp 127.0.0.1:4000");
        assertThat(json(line)).isEqualTo("{\"seenAt\":\"tcp://127.0.0.1:4000\"}");
    }

    @Test
    void contentIsEscapedForATerminal() {
        assertThat(Line.content(HASH, Content.ofText("a\u001b[2J\nb")).text()).isEqualTo("a\\u001b[2J\\nb");
    }

    @Test
    void textIsTextInJson() {
        assertThat(json(Line.content(HASH, Content.ofText("h\u00e9\u001b\u007f\u202e\""))))
                .isEqualTo("{\"hash\":\"000000000000002a\",\"size\":9,"
                        + "\"content\":\"h\\u00E9\\u001B\\u007F\\u202E\\\"\"}");
    }

    @Test
    void bytesThatAreNoTextAreBase64InJson() {
        assertThat(json(Line.content(HASH, Content.of(new byte[] {(byte) 0xff, 0}))))
                .isEqualTo("{\"hash\":\"000000000000002a\",\"size\":2,\"base64\":\"/wA=\"}");
    }

    @Test
    void longContentIsOnlyBegunInAnEvent() {
        String text = Line.entryChanged(put("x".repeat(1000))).text();

        assertThat(text).isEqualTo("* 000000000000002a holds 1000 bytes: \"" + "x".repeat(60) + "...\"");
    }

    @Test
    void characterOfTwoUnitsIsNotCutInHalf() {
        String text = Line.entryChanged(put("x".repeat(59) + "\ud83d\ude00")).text();

        assertThat(text).endsWith("x...\"");
    }

    @Test
    void changesSayWhatHasBecomeOfTheHash() {
        Line put = Line.entryChanged(put("x"));
        Line removed = Line.entryChanged(gone(EntryEvent.Reason.REMOVED));
        Line expired = Line.entryChanged(gone(EntryEvent.Reason.EXPIRED));

        assertThat(put.text()).isEqualTo("* 000000000000002a holds 1 byte: \"x\"");
        assertThat(json(put))
                .isEqualTo("{\"event\":\"entryChanged\",\"hash\":\"000000000000002a\",\"reason\":\"put\","
                        + "\"size\":1,\"content\":\"x\"}");
        assertThat(removed.text()).isEqualTo("* 000000000000002a is removed");
        assertThat(json(removed))
                .isEqualTo("{\"event\":\"entryChanged\",\"hash\":\"000000000000002a\",\"reason\":\"removed\"}");
        assertThat(expired.text()).isEqualTo("* 000000000000002a has ended");
        assertThat(json(expired)).endsWith("\"reason\":\"expired\"}");
    }

    @Test
    void storedLineSaysForHowLongIfThatWasSaid() {
        Content content = Content.ofText("x");
        Line forEver = Line.stored(HASH, content, Optional.empty());
        Line forAWhile = Line.stored(HASH, content, Optional.of(Duration.ofMillis(89_001)));

        assertThat(forEver.text()).isEqualTo("stored 000000000000002a, 1 byte");
        assertThat(json(forEver)).isEqualTo("{\"hash\":\"000000000000002a\",\"size\":1,\"ok\":true}");
        assertThat(forAWhile.text()).isEqualTo("stored 000000000000002a, 1 byte, for 90 s");
        assertThat(json(forAWhile))
                .isEqualTo("{\"hash\":\"000000000000002a\",\"size\":1,\"ttlSeconds\":90,\"ok\":true}");
    }

    @Test
    void peerIsShownWithKindAndSilence() {
        Endpoint endpoint = new Endpoint("tcp", NetAddress.of(new byte[] {127, 0, 0, 1}, 4000));
        Line line = Line.peer(new PeerInfo(endpoint, PeerInfo.Kind.ORIGINAL, Duration.ofMillis(700)));

        assertThat(line.text()).isEqualTo("tcp://127.0.0.1:4000  original, heard of 700 ms ago");
        assertThat(json(line))
                .isEqualTo("{\"peer\":\"tcp://127.0.0.1:4000\",\"kind\":\"original\",\"silenceMillis\":700}");
    }

    @Test
    void countersThatNeverCountedAreLeftOutForAPerson() {
        DhtStatistics statistics =
                new DhtStatistics(3, 40, 2, 1, 0, 0, new TreeMap<>(Map.of("framesSent", 7L, "pauses", 0L)));
        Line line = Line.statistics(statistics);

        assertThat(line.text())
                .isEqualTo("entries 3\nstoreBytes 40\npeers 2\ncandidates 1\npendingGets 0\nlookups 0\nframesSent 7");
        assertThat(json(line)).endsWith("\"lookups\":0,\"framesSent\":7,\"pauses\":0}");
    }

    private static EntryEvent put(String text) {
        return new EntryEvent(HASH, Optional.empty(), Optional.of(Content.ofText(text)), EntryEvent.Reason.PUT);
    }

    private static EntryEvent gone(EntryEvent.Reason reason) {
        return new EntryEvent(HASH, Optional.of(Content.ofText("x")), Optional.empty(), reason);
    }

    private static String json(Line line) {
        return Json.object(line.fields());
    }
}
