package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.testing.HostilePeer.Attack;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

class HostilePeerTest {

    private record Seen(NetAddress from, Content frame, long atNanos) {}

    /** Says one thing every second, and keeps what it hears. */
    private static final class Victim implements SimulatedPeer {
        private static final Content WORDS = Content.ofText("what a victim says is 33 bytes..");
        private final List<Seen> seen = new ArrayList<>();

        @Override
        public void receive(NetAddress from, byte[] frame, Line line) {
            seen.add(new Seen(from, Content.of(frame), line.nowNanos()));
        }

        @Override
        public void wake(Line line) {
            line.send(line.address(), WORDS.toBytes());
            line.wakeIn(1_000_000_000);
        }
    }

    private final SimulatedNetwork network = SimulatedNetwork.ofSeed(1);
    private final Victim victim = new Victim();
    private final NetAddress target = network.attach("victim", victim);
    private final HostilePeer attacker = HostilePeer.ofSeed(1);

    private List<Seen> attack(Attack attack, Duration time) {
        NetAddress itsAddress = network.attach("attacker", attacker.attacks(attack));
        network.advance(time);
        List<Seen> attacks = victim.seen.stream()
                .filter(s -> !s.from.equals(target))
                .filter(s ->
                        (attack == Attack.RANDOM_BYTES || attack == Attack.MUTATED_FRAMES) == s.from.equals(itsAddress)
                                || attack == Attack.FLOODS)
                .toList();
        return attacks;
    }

    @Test
    void randomBytesAreOfEveryKind() {
        Set<Content> frames = new HashSet<>();
        attack(Attack.RANDOM_BYTES, Duration.ofSeconds(10)).forEach(seen -> frames.add(seen.frame));
        assertThat(frames).hasSizeGreaterThan(900).doesNotContain(Victim.WORDS);
        assertThat(frames).anyMatch(frame -> frame.size() > 10_000).anyMatch(frame -> frame.size() == 0);
    }

    @Test
    void mutatedFramesAreNearlyReal() {
        List<Seen> attacks = attack(Attack.MUTATED_FRAMES, Duration.ofSeconds(10));
        assertThat(attacks).hasSizeGreaterThan(900).noneMatch(seen -> seen.frame.equals(Victim.WORDS));
        String beginning = Victim.WORDS.toText().substring(0, 5);
        assertThat(attacks.stream().filter(seen -> seen.frame.toText().startsWith(beginning)))
                .hasSizeGreaterThan(500);
    }

    @Test
    void forgedFramesComeFromManyAndSomeAreReal() {
        List<Seen> attacks = attack(Attack.FORGED_SOURCES, Duration.ofSeconds(10));
        assertThat(attacks.stream().map(Seen::from).distinct()).hasSizeGreaterThan(300);
        assertThat(attacks).anyMatch(seen -> seen.frame.equals(Victim.WORDS));
    }

    @Test
    void forgedFramesComeFromOtherTargetsToo() {
        NetAddress other = network.attach("other", new Victim());
        attack(Attack.FORGED_SOURCES, Duration.ofSeconds(10));
        assertThat(victim.seen).anyMatch(seen -> seen.from.equals(other));
    }

    @Test
    void floodsComeInOneMoment() {
        network.delay(Duration.ofMillis(1), Duration.ofMillis(1));
        attacker.floodOf(500).every(Duration.ofSeconds(1)).targets(target);
        List<Seen> attacks = attack(Attack.FLOODS, Duration.ofMillis(1_500));
        assertThat(attacks).hasSize(1_000);
        assertThat(attacks.subList(0, 500)).allMatch(seen -> seen.atNanos == attacks.get(0).atNanos);
    }

    @Test
    void itEndsWhenToldTo() {
        attack(Attack.RANDOM_BYTES, Duration.ofSeconds(1));
        attacker.end();
        long sent = attacker.sent();
        network.advance(Duration.ofSeconds(10));
        assertThat(attacker.sent()).isEqualTo(sent).isPositive();
    }

    @Test
    void onlyItsTargetsAreAttacked() {
        Victim other = new Victim();
        network.attach("other", other);
        attacker.targets(target);
        attack(Attack.RANDOM_BYTES, Duration.ofSeconds(1));
        assertThat(other.seen).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Attack.class)
    void nodesLiveThroughIt(Attack attack) {
        SimulatedNetwork net = SimulatedNetwork.ofSeed(attack.ordinal());
        Dht a = Dht.start(DhtConfig.defaults(), net.host("a"));
        Dht b = Dht.start(DhtConfig.builder().seeds("a:4000").build(), net.host("b"));
        assertThat(b.awaitPeers(1, Duration.ofSeconds(5))).isTrue();
        HostilePeer hostile = HostilePeer.ofSeed(3).attacks(attack);
        net.attach("hostile", hostile);
        net.advance(Duration.ofSeconds(10));
        assertThat(a.statistics().counter("framesReceived")).isGreaterThan(400);

        hostile.end();
        net.advance(Duration.ofSeconds(60));
        a.put(Hash.parse("2a"), "still here");
        assertThat(b.get(Hash.parse("2a"), Duration.ofSeconds(10)))
                .as(net::story)
                .contains(Content.ofText("still here"));
    }

    @Test
    void mistakesAreRefused() {
        assertThatThrownBy(attacker::targets)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no target");
        assertThatThrownBy(() -> attacker.every(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("longer than zero");
        assertThatThrownBy(() -> attacker.floodOf(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 1 to 1000000");
    }
}
