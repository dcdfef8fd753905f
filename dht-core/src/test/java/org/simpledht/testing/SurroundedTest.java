package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Somebody who has a whole subnet asks everybody for places, again and again: he surrounds nobody. */
class SurroundedTest {

    private static final int HONEST = 30;
    private static final int ATTACKERS = 250;
    private static final int MOST_OF_A_SUBNET = 2;
    private static final Hash KEY = Hash.parse("2a");

    private final List<Dht> nodes = new ArrayList<>();
    private final List<NetAddress> honest = new ArrayList<>();
    private final List<NetAddress> attackers = new ArrayList<>();

    @Test
    void ownerOfOneSubnetSurroundsNobody() {
        Seeds.from(1, 1).forEach(network -> {
            begin(network);
            for (int i = 0; i < HONEST; i++) {
                start(network, i);
            }
            network.advance(Duration.ofSeconds(20));
            attack(network);
            network.advance(Duration.ofSeconds(60));
            for (Dht node : nodes) {
                // One may just have come back that was silent, and has not been told yet that its place is another's.
                assertThat(attackersAt(node)).isLessThanOrEqualTo(MOST_OF_A_SUBNET + 1);
                assertThat(honestAt(node)).isGreaterThanOrEqualTo(4);
            }
            assertThat(nodes.stream().mapToLong(this::attackersAt).sum())
                    .as("they have places")
                    .isPositive();
            nodes.get(3).put(KEY, "hello");
            assertThat(network.advanceUntil(this::allHold, Duration.ofSeconds(3)))
                    .isTrue();
        });
    }

    @Test
    void whoComesInTheMidstOfItFindsTheOthersAndIsNotLeftAlone() {
        Seeds.from(3, 1).forEach(network -> {
            begin(network);
            for (int i = 0; i < HONEST - 1; i++) {
                start(network, i);
            }
            network.advance(Duration.ofSeconds(20));
            attack(network);
            network.advance(Duration.ofSeconds(10));
            Dht late = start(network, HONEST - 1);
            network.advance(Duration.ofSeconds(60));

            assertThat(attackersAt(late)).isLessThanOrEqualTo(MOST_OF_A_SUBNET + 1);
            assertThat(honestAt(late)).isGreaterThanOrEqualTo(4);
        });
    }

    private void begin(SimulatedNetwork network) {
        network.delay(Duration.ofMillis(5), Duration.ofMillis(50));
        nodes.clear();
        honest.clear();
        attackers.clear();
        for (int i = 0; i < HONEST; i++) {
            honest.add(NetAddress.of(new byte[] {(byte) 198, 18, (byte) i, 1}, 4000));
            network.host("n" + i).address("198.18." + i + ".1");
        }
    }

    private Dht start(SimulatedNetwork network, int number) {
        DhtConfig config =
                DhtConfig.builder().seeds(number == 0 ? "" : "n0:4000").build();
        nodes.add(Dht.start(config, network.host("n" + number)));
        network.advance(Duration.ofMillis(200));
        return nodes.get(nodes.size() - 1);
    }

    private void attack(SimulatedNetwork network) {
        for (int i = 0; i < ATTACKERS; i++) {
            attackers.add(NetAddress.of(new byte[] {(byte) 203, 0, 113, (byte) (i + 1)}, 4000));
            network.host("x" + i).address("203.0.113." + (i + 1));
        }
        for (int i = 0; i < ATTACKERS; i++) {
            network.attach("x" + i, new Attacker(i + 1));
        }
    }

    private long attackersAt(Dht node) {
        return node.peers().stream()
                .filter(peer -> attackers.contains(peer.endpoint().address()))
                .count();
    }

    private long honestAt(Dht node) {
        return node.peers().stream()
                .filter(peer -> honest.contains(peer.endpoint().address()))
                .count();
    }

    private boolean allHold() {
        return nodes.stream().allMatch(node -> node.local(KEY).isPresent());
    }

    /**
     * Begs three at random for a place each second, shows where it is, answers all as a neighbour would, tells of nobody but its own, and
     * says that it hangs from all in the tree.
     */
    private final class Attacker implements SimulatedPeer {
        private final long nodeId;
        private final SplittableRandom dice;
        private final Map<NetAddress, Long> tokens = new HashMap<>();
        private long clock;

        Attacker(long nodeId) {
            this.nodeId = nodeId;
            dice = new SplittableRandom(nodeId);
        }

        @Override
        public void receive(NetAddress from, byte[] frame, Line line) {
            Long before = tokens.get(from);
            if (FrameCodec.decode(ByteBuffer.wrap(frame)) instanceof Frame heard
                    && heard.extension().isPresent()) {
                for (ExtensionRecord record : heard.extension().get().records()) {
                    if (record instanceof ExtensionRecord.Token token) {
                        tokens.put(from, token.cookie());
                    }
                }
            }
            if (!tokens.getOrDefault(from, 0L).equals(before)) {
                say(from, Header.FLAG_PLEASE | Header.FLAG_NEIGHBOUR, line);
            } else if (dice.nextInt(4) == 0) {
                say(from, Header.FLAG_NEIGHBOUR, line);
            }
        }

        @Override
        public void wake(Line line) {
            for (int i = 0; i < 3; i++) {
                say(honest.get(dice.nextInt(HONEST)), Header.FLAG_PLEASE | Header.FLAG_NEIGHBOUR, line);
            }
            line.wakeIn(Duration.ofSeconds(1).toNanos());
        }

        private void say(NetAddress to, int flags, Line line) {
            List<NetAddress> friends = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                friends.add(attackers.get(dice.nextInt(ATTACKERS)));
            }
            long millis = new HostClock().millis(line.nowNanos());
            clock = Math.max(clock + 1, millis << 16);
            Frame frame = Frame.extended(
                    Message.KEEP_ALIVE,
                    new Extension(
                            new Header(flags, nodeId, clock, tokens.getOrDefault(to, 0L)),
                            List.of(
                                    new ExtensionRecord.Hello(4000, 66_560, 3_600, Cluster.UNNAMED.hash()),
                                    new LinkRecord.Peers(friends),
                                    new LinkRecord.Trunk(-1, 1, 1, true))));
            ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.size(frame));
            FrameCodec.encode(frame, bytes);
            line.send(to, bytes.array());
        }
    }
}
