package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;
import static org.simpledht.core.MachineFixture.KEY;
import static org.simpledht.core.MachineFixture.OTHER;
import static org.simpledht.protocol.Message.KEEP_ALIVE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.Hash;

/** An original forgets, so it is told again, of what it asked for, of what it missed and of what was overwritten. */
class RefreshTest {

    private static final Hash KEY2 = Hash.parse("2b");

    private final NodeFixture node = new NodeFixture();
    private final Far alice = node.udp("alice");
    private final Set<String> putAtLeastOnce = new TreeSet<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void valueIsPutAgainTwentyToTwentyFourSecondsAfterItsLastKnownPut(long seed) {
        NodeFixture other = new NodeFixture(NodeFixture.settings(0, NodeFixture.WIDE), seed);
        Far original = other.udp("original");
        original.becomesOriginal();
        other.put(KEY, HELLO);
        other.pass(500);
        original.gets(KEY);
        original.has(KEY);
        long acknowledged = other.millis();
        other.out();
        while (other.millis() < acknowledged + 25_000) {
            other.pass(1_000);
            original.keepsAlive();
        }
        List<String> puts = other.saidWhen();

        assertThat(puts).isNotEmpty();
        long first = Long.parseLong(puts.get(0).substring(0, puts.get(0).indexOf(' ')));
        assertThat(first - acknowledged).isBetween(20_000L, 24_000L);
    }

    @Test
    void announcementOfTheOriginalItselfPostponesTheRefresh() {
        alice.becomesOriginal();
        node.put(KEY, HELLO);
        node.pass(500);
        alice.gets(KEY);
        for (int i = 0; i < 60; i++) {
            alice.has(KEY);
            node.pass(1_000);
        }

        assertThat(node.said().stream().filter(line -> line.contains("Put "))).hasSize(1);
    }

    @Test
    void announcedValueThatIsNotFetchedIsPut() {
        alice.becomesOriginal();
        node.put(KEY, HELLO);
        node.out();
        for (int i = 0; i < 10; i++) {
            node.pass(1_000);
            alice.keepsAlive();
        }
        node.pass(50);

        assertThat(node.said()).containsExactly("+Put 2a hello [Stamp] to alice");
    }

    @Test
    void overwrittenContentIsPutSinceItsAnnouncementWouldBeIgnored() {
        alice.becomesOriginal();
        node.put(KEY, HELLO);
        alice.gets(KEY);
        alice.has(KEY);
        node.pass(500);
        alice.keepsAlive();
        node.out();
        node.put(KEY, OTHER);
        node.pass(150);

        assertThat(node.said()).containsExactly("IHave 2a to alice", "+Put 2a other [Stamp] to alice");
    }

    @Test
    void nothingUnaskedIsPutToTheUndecided() {
        node.put(KEY, HELLO);
        alice.keepsAlive();
        node.put(KEY2, HELLO);
        node.out();
        node.pass(3_999);

        assertThat(node.said()).isEmpty();
    }

    @Test
    void newOriginalIsGivenWhatWasWrittenLastWithinTwentySecondsAndSlowly() {
        for (int i = 0; i < 20; i++) {
            node.put(new Hash(i), HELLO);
        }
        List<Long> when = putsToAnAttentiveOriginal(26_000);

        assertThat(when).hasSize(20);
        for (int i = 1; i < when.size(); i++) {
            assertThat(when.get(i) - when.get(i - 1)).isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void onlyTheLast150WrittenAreKeptFresh() {
        for (int i = 0; i < 200; i++) {
            node.put(new Hash(i), HELLO);
        }
        putsToAnAttentiveOriginal(45_000);

        assertThat(putAtLeastOnce).hasSize(150).doesNotContain("0", "31").contains("32", "c7");
    }

    /** That it no longer does may have got lost. */
    @Test
    void whoNamesAnOriginalNoMoreIsNotWaitedFor() {
        List<Far> ours = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ours.add(node.udp("ours " + i).withId(1_000 + i));
        }
        ExtensionRecord wards = new LinkRecord.Wards(List.of(alice.path().remote()));
        ours.forEach(each -> each.tells(KEEP_ALIVE));
        alice.becomesOriginal();
        ours.forEach(each -> each.tells(KEEP_ALIVE, wards));
        node.put(KEY, HELLO);
        node.out();
        assertThat(putsToAliceWhileAllLive(ours, 8, wards)).isZero();
        assertThat(putsToAliceWhileAllLive(ours, 30, wards)).isZero();
        assertThat(putsToAliceWhileAllLive(ours, 12)).isPositive();
    }

    private long putsToAliceWhileAllLive(List<Far> ours, int seconds, ExtensionRecord... records) {
        long puts = 0;
        for (int i = 0; i < seconds; i++) {
            ours.forEach(each -> each.tells(KEEP_ALIVE, records));
            alice.keepsAlive();
            node.pass(1_000);
            puts += node.said().stream()
                    .filter(line -> line.contains("Put 2a") && line.endsWith("to alice"))
                    .count();
        }
        return puts;
    }

    @Test
    void whoTurnsOutToBeOursIsNotRefreshed() {
        alice.becomesOriginal();
        node.put(KEY, HELLO);
        alice.tells(KEEP_ALIVE);
        node.out();
        for (int i = 0; i < 30; i++) {
            alice.tells(KEEP_ALIVE);
            node.pass(1_000);
        }

        assertThat(node.said()).noneMatch(line -> line.contains("Put") || line.contains("Push"));
    }

    @Test
    void whatAnOriginalAnnouncedIsPutAgainBeforeItForgets() {
        alice.becomesOriginal();
        alice.has(KEY);
        alice.puts(KEY, HELLO);
        long put = node.millis();
        node.out();
        while (node.millis() < put + 25_000) {
            node.pass(1_000);
            alice.keepsAlive();
        }

        assertThat(node.said()).contains("+Put 2a hello [Stamp] to alice");
    }

    /** When an original that acknowledges what it gets was put something. */
    private List<Long> putsToAnAttentiveOriginal(long millis) {
        List<Long> when = new ArrayList<>();
        alice.becomesOriginal();
        node.out();
        long end = node.millis() + millis;
        for (long at = node.millis(); at < end; at = node.millis()) {
            node.pass(10);
            for (String line : node.said()) {
                assertThat(line).startsWith("+Put ");
                String hash = line.split(" ")[1];
                if (putAtLeastOnce.add(hash)) {
                    when.add(at);
                }
                alice.has(Hash.parse(hash));
            }
            if (at % 1_000 < 10) {
                alice.keepsAlive();
            }
        }
        return when;
    }
}
