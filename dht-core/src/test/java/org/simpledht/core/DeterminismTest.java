package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** Same seed, same events: same bytes. And whatever the events, every bound holds and nothing is thrown. */
class DeterminismTest {

    private static final int EVENTS = 4_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sameSeedAndEventsGiveTheSameBytes(long seed) {
        assertThat(run(seed, 7)).isEqualTo(run(seed, 7)).hasSizeGreaterThan(EVENTS);
    }

    @Test
    void diceDecideTheJitter() {
        assertThat(run(1, 7)).isNotEqualTo(run(1, 8));
    }

    private static List<String> run(long seed, long diceSeed) {
        RandomGenerator events = new SplittableRandom(seed);
        NodeFixture node = new NodeFixture(NodeFixture.settings(1, NodeFixture.TIGHT), diceSeed);
        List<Far> far = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            far.add(i < 4 ? node.udp("udp" + i) : node.tcp("tcp" + i));
        }
        List<String> out = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            happen(node, far, events);
            out.addAll(node.out());
            assertThat(node.machine().peers(node.now())).hasSizeLessThanOrEqualTo(3);
            assertThat(node.machine().store().entries()).isLessThanOrEqualTo(3);
            assertThat(node.machine().store().bytes()).isLessThanOrEqualTo(100);
            assertThat(node.sizes().pendingGets()).isLessThanOrEqualTo(4);
            assertThat(node.sizes().lookups()).isLessThanOrEqualTo(2);
            assertThat(node.sizes().wants()).isLessThanOrEqualTo(2);
        }
        assertThat(node.bytes()).hasSizeGreaterThan(EVENTS / 2);
        out.addAll(node.bytes());
        return out;
    }

    private static void happen(NodeFixture node, List<Far> fars, RandomGenerator dice) {
        Far far = fars.get(dice.nextInt(fars.size()));
        Hash hash = new Hash(dice.nextInt(6));
        Content content = Content.of(new byte[dice.nextInt(50)]);
        Message message =
                switch (dice.nextInt(5)) {
                    case 0 -> new Message.Get(hash);
                    case 1 -> new Message.Put(hash, content);
                    case 2 -> new Message.IHave(hash);
                    case 3 -> new Message.Discover(fars.get(dice.nextInt(4)).address());
                    default -> Message.KEEP_ALIVE;
                };
        switch (dice.nextInt(12)) {
            case 0 -> node.put(hash, content);
            case 1 -> node.get(dice.nextLong(), hash, 2_000);
            case 2 -> node.resolved(0, far);
            case 3 -> node.pass(dice.nextInt(3_000));
            case 4 -> far.tells(dice.nextInt(256), message, new ExtensionRecord.Ask(List.of(hash)));
            case 5 -> far.withId(1 + dice.nextInt(8)).tells(message);
            case 6 -> far.tells(Header.FLAG_PROBE, message);
            case 7 -> disturb(node, far, dice);
            default -> far.says(message);
        }
    }

    private static void disturb(NodeFixture node, Far far, RandomGenerator dice) {
        byte[] noise = new byte[dice.nextInt(60)];
        dice.nextBytes(noise);
        far.sends(noise);
        if (far.path().binding() == MachineFixture.TCP) {
            if (dice.nextBoolean()) {
                node.accepted(far);
            } else {
                node.closed(far);
            }
        }
    }
}
