package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.DhtListener;
import org.simpledht.PeerInfo;

/** A day of heavy loss, in which machines stand still for some seconds now and then: nobody who lives is taken for dead. */
class LossyDayTest {

    private static final int NODES = 4;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final List<String> drops = new ArrayList<>();

    @Test
    void nobodyIsDroppedForLoss() {
        Seeds.from(1, 3).forEach(network -> liveADay(network, 0.2));
    }

    private void liveADay(SimulatedNetwork network, double loss) {
        network.delay(Duration.ofMillis(5), Duration.ofMillis(50));
        List<Dht> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            DhtConfig config =
                    DhtConfig.builder().seeds(i == 0 ? "" : "n0:4000").build();
            nodes.add(Dht.start(config, network.host("n" + i)));
        }
        network.advance(Duration.ofSeconds(5)).loss(loss);
        nodes.forEach(node -> assertThat(node.peers()).hasSize(NODES - 1));
        for (Dht node : nodes) {
            node.listen(new DhtListener() {
                @Override
                public void peerLost(PeerInfo peer) {
                    drops.add(node.endpoints() + " has dropped " + peer + " after " + network.elapsed());
                }
            });
        }
        SplittableRandom dice = new SplittableRandom(network.seed());
        Duration end = network.elapsed().plus(Duration.ofDays(1));
        while (network.elapsed().compareTo(end) < 0) {
            network.advance(Duration.ofSeconds(20 + dice.nextInt(20)));
            network.host("n" + dice.nextInt(NODES)).stall(PAUSE);
        }

        assertThat(drops).isEmpty();
    }
}
