package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.DhtListener;
import org.simpledht.EntryEvent;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

class SimulatedHostTest {

    private static final Duration MS_1 = Duration.ofMillis(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SimulatedNetwork network = SimulatedNetwork.ofSeed(1).delay(MS_1, MS_1);
    private final Mailbox a = Mailbox.at(network, "a");
    private final Mailbox b = Mailbox.at(network, "b");
    private final SimulatedHost host = network.host("b");

    @Test
    void whatComesBeyondTheBufferOfAStandingHostIsLost() {
        host.receiveBuffer(3, 1_000).pause();
        a.sendMany(b, 5);
        network.advance(SECOND);
        assertThat(b.numbers()).isEmpty();
        host.resume();
        assertThat(b.numbers()).containsExactly(0, 1, 2);
        assertThat(network.frames()).containsEntry("buffer full", 2L);
    }

    @Test
    void hostMovesToAnotherAddress() {
        SimulatedHost c = network.host("c").address("198.51.100.7");
        Dht node = Dht.start(DhtConfig.defaults(), c);
        assertThat(node.endpoints().get(0).address()).hasToString("198.51.100.7:4000");
        assertThatThrownBy(() -> c.address("198.51.100.8"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("crash it");
        Dht other = Dht.start(DhtConfig.builder().seeds("c:4000").build(), network.host("d"));
        assertThat(other.awaitPeers(1, SECOND)).isTrue();

        c.crash().address("203.0.113.9");
        Dht moved = Dht.start(DhtConfig.defaults(), c);
        assertThat(moved.awaitPeers(1, Duration.ofSeconds(60)))
                .as("its name is looked up anew")
                .isTrue();
        network.advance(SECOND);
        assertThat(other.peers().get(other.peers().size() - 1).endpoint().address())
                .hasToString("203.0.113.9:4000");
    }

    @Test
    void addressOfAHostIsAnIpv4AddressOfItsOwn() {
        assertThatThrownBy(() -> host.address("10.0.0.1")).hasMessageContaining("is taken by a");
        SimulatedHost c = network.host("c");
        for (String wrong : List.of("c", "1.2.3", "1.2.3.256", "224.0.0.1", "0.0.0.0", "::1", "1.2.3.4.")) {
            assertThatThrownBy(() -> c.address(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("198.51.100.7");
        }
        c.address("10.0.0.4");
        Mailbox d = Mailbox.at(network, "d");
        a.sendMany(d, 1);
        network.advance(SECOND);
        assertThat(d.numbers()).containsExactly(0);
    }

    @Test
    void bufferIsBoundedInBytesToo() {
        host.receiveBuffer(1_000, 250).pause();
        a.sendMany(b, 5);
        a.send(b, 9, 50);
        network.advance(SECOND);
        host.resume();
        assertThat(b.numbers()).containsExactly(0, 1, 9);
        host.pause();
        a.sendMany(b, 2);
        network.advance(SECOND);
        host.resume();
        assertThat(b.numbers()).as("what was read has made room").hasSize(5);
    }

    @Test
    void bufferHolds256FramesUnlessToldOtherwise() {
        host.pause();
        a.sendMany(b, 300);
        network.advance(SECOND);
        host.resume();
        assertThat(b.numbers()).hasSize(256);
    }

    @Test
    void busyHostReadsAllThatWaitsInItsNextTurn() {
        host.busy(Duration.ofMillis(10)).receiveBuffer(4, 100_000);
        for (int i = 0; i < 8; i++) {
            a.send(b, i, 10);
            network.advance(MS_1);
        }
        network.advance(SECOND);
        assertThat(b.numbers())
                .as("the first at once, four that fit, the others lost")
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(b.times().get(0)).isEqualTo(MS_1);
        assertThat(b.times().subList(1, 5)).containsOnly(Duration.ofMillis(11));
    }

    @Test
    void whoResumesReadsBeforeItLooksAtTheClock() {
        List<String> events = new ArrayList<>();
        NetAddress c = network.attach("c", new SimulatedPeer() {
            @Override
            public void receive(NetAddress from, byte[] frame, Line line) {
                events.add("read");
            }

            @Override
            public void wake(Line line) {
                events.add("woken");
            }
        });
        network.host("c").start("a node", false, mayWait -> {
            events.add("turn");
            return SECOND.toNanos();
        });
        network.advance(MS_1).pause("c");
        events.clear();
        a.send(c, 1, 1);
        a.send(c, 2, 1);
        network.advance(Duration.ofSeconds(5)).resume("c");
        assertThat(events).containsExactly("read", "read", "turn");
    }

    @Test
    void stallEndsByItself() {
        host.stall(SECOND);
        a.sendMany(b, 1);
        network.advance(Duration.ofMillis(999));
        assertThat(b.numbers()).isEmpty();
        network.advance(MS_1);
        assertThat(b.times()).containsExactly(SECOND);
    }

    @Test
    void ofTwoStallsAndOfAPauseTheLatestEndHolds() {
        host.stall(SECOND).stall(Duration.ofMillis(500));
        a.sendMany(b, 1);
        network.advance(SECOND);
        assertThat(b.times()).containsExactly(SECOND);

        host.pause().stall(SECOND);
        a.sendMany(b, 1);
        network.advance(Duration.ofMinutes(1));
        assertThat(b.numbers()).hasSize(1);
        host.stall(SECOND).resume();
        assertThat(b.numbers()).hasSize(2);
    }

    @Test
    void clockIsWrongDriftsAndSteps() {
        long right = network.host("a").currentTimeMillis();
        assertThat(host.skewClock(Duration.ofMinutes(-5)).currentTimeMillis()).isEqualTo(right - 300_000);
        host.skewClock(Duration.ofMinutes(1));
        assertThat(host.currentTimeMillis()).as("wrong by, and not stepped by").isEqualTo(right + 60_000);
        host.stepClock(SECOND).stepClock(SECOND);
        assertThat(host.currentTimeMillis()).isEqualTo(right + 62_000);

        host.driftClock(100);
        network.advance(Duration.ofSeconds(10_000));
        assertThat(host.currentTimeMillis()).isEqualTo(right + 10_000_000 + 63_000);
        host.driftClock(-1_000);
        assertThat(host.currentTimeMillis()).as("no step").isEqualTo(right + 10_000_000 + 63_000);
        network.advance(Duration.ofSeconds(1_000));
        assertThat(host.currentTimeMillis()).isEqualTo(right + 11_000_000 + 62_000);
        assertThat(host.nanoTime()).as("time as such goes on").isEqualTo(11_000 * SECOND.toNanos());
        assertThat(network.host("a").currentTimeMillis()).isEqualTo(right + 11_000_000);
    }

    @Test
    void peerThatWasAttachedIsGoneWithItsHost() {
        List<String> events = new ArrayList<>();
        network.attach("c", new SimulatedPeer() {
            @Override
            public void receive(NetAddress from, byte[] frame, Line line) {
                events.add("read");
            }

            @Override
            public void wake(Line line) {
                events.add("woken");
                line.wakeIn(SECOND.toNanos());
            }
        });
        network.advance(Duration.ofMillis(1_500));
        assertThat(events).hasSize(2);
        network.crash("c").advance(Duration.ofSeconds(10));
        assertThat(events).hasSize(2);
        network.attach("c", new Mailbox());
    }

    @Test
    void whatACrashedHostHadNotReadIsGone() {
        host.pause();
        a.sendMany(b, 3);
        network.advance(SECOND);
        host.crash();
        Mailbox another = Mailbox.at(network, "b");
        a.send(another, 7, 1);
        network.advance(SECOND);
        assertThat(another.numbers()).containsExactly(7);
        assertThat(network.frames()).as("not even for nobody").containsEntry("nobody", 0L);
    }

    @Test
    void callbacksAreGoneWithTheirHost() {
        List<Hash> stored = new ArrayList<>();
        Dht node = Dht.start(DhtConfig.defaults(), network.host("node"));
        node.listen(new DhtListener() {
            @Override
            public void entryChanged(EntryEvent event) {
                stored.add(event.hash());
            }
        });
        node.put(new Hash(1), "seen");
        network.advance(MS_1);
        assertThat(stored).hasSize(1);
        node.put(new Hash(2), "not told of");
        network.crash("node").advance(SECOND);
        assertThat(stored).hasSize(1);
    }

    @Test
    void callAtAHostThatStandsStillSaysSoUnlessItIsPlannedToGoOn() {
        Dht node = Dht.start(DhtConfig.defaults(), network.host("node"));
        network.pause("node");
        assertThatThrownBy(() -> node.put(new Hash(1), "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("node stands still")
                .hasMessageContaining("resume");
        network.after(SECOND, () -> network.resume("node"));
        node.put(new Hash(2), "y");
        assertThat(network.elapsed()).isEqualTo(SECOND);
        network.host("node").stall(SECOND);
        node.put(new Hash(3), "z");
        assertThat(network.elapsed()).isEqualTo(SECOND.multipliedBy(2));
    }

    @Test
    void crashInTheMidstOfACallEndsIt() {
        Dht node = Dht.start(DhtConfig.defaults(), network.host("node"));
        network.host("node").stall(Duration.ofHours(1));
        network.after(SECOND, () -> network.crash("node"));
        assertThatThrownBy(() -> node.put(new Hash(1), "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("crashed");
        assertThat(network.elapsed()).isEqualTo(SECOND);
    }
}
