package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.types.NetAddress;

/** What befalls every frame: bandwidth, replays, repetition. */
class SimulatedTrafficTest {

    private static final Duration MS_1 = Duration.ofMillis(1);

    private final SimulatedNetwork network = SimulatedNetwork.ofSeed(1).delay(MS_1, MS_1);
    private final Mailbox a = Mailbox.at(network, "a");
    private final Mailbox b = Mailbox.at(network, "b");
    private final Mailbox c = Mailbox.at(network, "c");

    @Test
    void framesQueueBehindEachOtherAtTheirSender() {
        network.bandwidth(1_000, 1_000_000);
        a.sendMany(c, 3);
        b.sendMany(c, 1);
        network.advance(Duration.ofSeconds(10));
        assertThat(c.times())
                .containsExactly(
                        Duration.ofMillis(101), Duration.ofMillis(101), Duration.ofMillis(201), Duration.ofMillis(301));
    }

    @Test
    void whatOneHostMaySendComesBeforeWhatAllMay() {
        network.bandwidth(1, 0);
        network.host("a").bandwidth(1_000, 1_000_000);
        a.sendMany(c, 3);
        network.advance(Duration.ofSeconds(1));
        assertThat(c.times()).hasSize(3);

        network.host("a").unlimitedBandwidth();
        a.sendMany(c, 3);
        network.advance(Duration.ofSeconds(1));
        assertThat(network.frames()).containsEntry("line full", 2L);
    }

    @Test
    void fullLineLosesWhatComesBeyondItsQueue() {
        network.bandwidth(1_000, 250);
        a.sendMany(c, 10);
        network.advance(Duration.ofSeconds(10));
        // One is being sent, and counts as long as some of it is left: room for one more beside it.
        assertThat(c.numbers()).containsExactly(0, 1);
        assertThat(network.frames()).containsEntry("line full", 8L);

        a.send(c, 7, 60_000);
        network.advance(Duration.ofSeconds(61));
        assertThat(c.numbers()).as("a free line takes every frame").containsExactly(0, 1, 7);
    }

    @Test
    void framesOfAllQueueInASharedLine() {
        network.sharedBandwidth(1_000, 1_000_000);
        a.sendMany(c, 1);
        b.sendMany(c, 1);
        network.advance(Duration.ofSeconds(10));
        assertThat(c.times()).containsExactly(Duration.ofMillis(101), Duration.ofMillis(201));
    }

    @Test
    void replayedFramesComeOnceMoreWithinTheTimeAndAfterHealing() {
        network.replay(1, Duration.ofHours(24));
        network.cut("a", "c");
        a.sendMany(c, 100);
        network.advance(Duration.ofSeconds(1));
        long early = network.frames().get("replayed");
        network.heal();
        network.advance(Duration.ofHours(24));

        assertThat(network.frames()).containsEntry("replayed", 100L);
        assertThat(c.numbers()).hasSize((int) (100 - early)).doesNotHaveDuplicates();
        assertThat(c.times().get(c.times().size() - 1)).isBetween(Duration.ofHours(12), Duration.ofHours(24));
        network.advance(Duration.ofHours(48));
        assertThat(network.frames()).as("no replay of a replay").containsEntry("replayed", 100L);
    }

    @Test
    void onlyTheFractionIsReplayed() {
        network.replay(0.2, Duration.ofSeconds(1));
        a.sendMany(c, 100);
        network.advance(Duration.ofSeconds(2));
        assertThat(network.frames().get("replayed")).isBetween(8L, 35L);
    }

    @Test
    void endOfReplaysEndsThoseToCome() {
        network.replay(1, Duration.ofHours(24));
        a.sendMany(c, 100);
        network.advance(Duration.ofHours(12));
        network.endReplay();
        long replayed = network.frames().get("replayed");
        assertThat(replayed).isBetween(30L, 70L);
        a.sendMany(c, 100);
        network.advance(Duration.ofHours(24));
        assertThat(network.frames()).containsEntry("replayed", replayed);
    }

    @Test
    void duplicationRepeatsFrames() {
        network.duplication(1);
        a.sendMany(c, 3);
        network.advance(Duration.ofSeconds(1));
        assertThat(c.numbers()).containsExactly(0, 0, 1, 1, 2, 2);
    }

    @Test
    void eavesdropperHearsWhatOthersSay() {
        List<Integer> heard = new ArrayList<>();
        network.attach("spy", new SimulatedPeer.Eavesdropper() {
            @Override
            public void overhear(NetAddress from, NetAddress to, byte[] frame, SimulatedPeer.Line line) {
                heard.add((int) frame[0]);
                frame[0] = 99;
            }

            @Override
            public void receive(NetAddress from, byte[] frame, SimulatedPeer.Line line) {
                heard.add(-1);
            }

            @Override
            public void wake(SimulatedPeer.Line line) {
                line.send(c.address(), new byte[] {50});
            }
        });
        a.sendMany(c, 2);
        network.advance(Duration.ofSeconds(1));
        assertThat(heard).as("not its own").containsExactly(0, 1);
        assertThat(c.numbers()).as("its copy is its own").containsExactlyInAnyOrder(0, 1, 50);

        network.crash("spy");
        a.sendMany(c, 2);
        assertThat(heard).hasSize(2);
    }
}
