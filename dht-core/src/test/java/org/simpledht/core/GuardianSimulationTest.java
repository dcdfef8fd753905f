package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.testkit.Datagram;
import org.simpledht.testkit.OriginalNode;
import org.simpledht.testkit.OriginalWire;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Ten minutes of an original beside a node of ours to which an application puts at random moments. */
class GuardianSimulationTest {

    private static final int MINUTES = 10;
    private static final long STEP_MILLIS = 1;
    private static final long CLOSE_MILLIS = 100;
    private static final int MOST_CLOSE_TOGETHER = 2;
    private static final NetAddress OURS = MachineFixture.address(200);

    private final OriginalNode original = new OriginalNode(OriginalNode.Family.V4_ONLY);
    private final List<Datagram> toOriginal = new ArrayList<>();
    private final Deque<Long> putsAt = new ArrayDeque<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void originalNeverDiesAndNeverGetsThreePutsWithinAHundredMilliseconds(long seed) {
        RandomGenerator dice = new SplittableRandom(seed);
        NodeFixture node = new NodeFixture(NodeFixture.settings(0, NodeFixture.WIDE), seed);
        Far far = node.udp("original");
        node.connect((to, frame) -> deliver(node.millis(), to, frame));
        node.discover(far);
        long readAt = 0;
        for (long at = 0; at < MINUTES * 60_000L; at += STEP_MILLIS) {
            putSomething(node, dice);
            boolean tickDue = at % 1_000 == 0;
            if (tickDue || !toOriginal.isEmpty() && at >= readAt) {
                List<Datagram> received = List.copyOf(toOriginal);
                toOriginal.clear();
                // A machine that stalls now and then has much to read at once.
                readAt = at + (dice.nextInt(100) == 0 ? dice.nextInt(20) : 1);
                for (Datagram sent : original.wakeUp(at * 1_000_000, received, tickDue)) {
                    if (dice.nextInt(50) > 0) {
                        far.sends(sent.bytes().toBytes());
                    }
                }
            }
            assertThat(original.causeOfDeath()).as("after %d ms", at).isEmpty();
            node.pass(STEP_MILLIS);
        }

        assertThat(node.kinds()).containsExactly(PeerKind.ORIGINAL);
        assertThat(missingOf(node.machine().store().snapshot(node.now().unixMillis()).keySet().stream()
                        .toList()))
                .as("hashes that the original has forgotten")
                .isEmpty();
    }

    /** Now one, now several at once; a few keys over and over. */
    private static void putSomething(NodeFixture node, RandomGenerator dice) {
        if (dice.nextInt(5_000) == 0) {
            int puts = 1 + dice.nextInt(10);
            for (int i = 0; i < puts; i++) {
                node.put(new Hash(dice.nextInt(40)), Content.ofText("v" + dice.nextInt(1_000)));
            }
        }
    }

    private void deliver(long millis, Path to, byte[] frame) {
        if (frame[0] == 1 || frame[0] == 4) {
            putsAt.addLast(millis);
            putsAt.removeIf(at -> at <= millis - CLOSE_MILLIS);
            assertThat(putsAt)
                    .as("Puts and Discovers within %d ms", CLOSE_MILLIS)
                    .hasSizeLessThanOrEqualTo(MOST_CLOSE_TOGETHER);
        }
        toOriginal.add(Datagram.of(OURS, frame));
    }

    /** Asked one by one: what it has it answers at once. */
    private List<Hash> missingOf(List<Hash> hashes) {
        long end = MINUTES * 60_000_000_000L;
        List<Hash> missing = new ArrayList<>(hashes);
        missing.removeIf(
                hash -> original.wakeUp(end, List.of(Datagram.of(OURS, OriginalWire.get(hash.bits()))), false).stream()
                        .anyMatch(answer -> answer.bytes().toBytes()[0] == 1));
        return missing;
    }
}
