package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.types.NetAddress;

/** A node behind a router that forwards a port to it, and where others find it. */
class AdvertiseTest {

    private static final String OUTSIDE = "203.0.113.5";
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SimulatedNetwork network =
            SimulatedNetwork.ofSeed(1).delay(Duration.ofMillis(5), Duration.ofMillis(50));
    private final List<Integer> toVictim = new ArrayList<>();
    private final Set<String> told = new TreeSet<>();

    @BeforeEach
    void overhear() {
        network.attach("tap", new SimulatedPeer.Eavesdropper() {
            @Override
            public void overhear(NetAddress from, NetAddress to, byte[] frame, Line line) {
                if (to.toString().startsWith("198.51.100.")) {
                    toVictim.add(frame.length);
                }
                for (ExtensionRecord record : records(frame)) {
                    if (record instanceof LinkRecord.Peers peers) {
                        peers.addresses().forEach(address -> told.add(address.toString()));
                    }
                }
            }

            @Override
            public void receive(NetAddress from, byte[] frame, Line line) {
                // Nobody sends anything here.
            }

            @Override
            public void wake(Line line) {
                // It has nothing to do.
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "10.0.0.0/8,203.0.113.0/24"})
    void othersAreToldWhereItSaysThatItIsAndReachItThere(String trusted) {
        network.host("inner").behindRouter(OUTSIDE, 9_000, 4_000);
        Dht inner = start("inner", trusted, "seed:4000", OUTSIDE + ":9000");
        start("seed", trusted, "", "");
        network.advance(MINUTE);
        told.clear();
        Dht late = start("late", trusted, "seed:4000", "");
        network.advance(MINUTE);

        assertThat(told).contains(OUTSIDE + ":9000").doesNotContain(OUTSIDE + ":40000");
        assertThat(inner.peers()).hasSize(2);
        assertThat(late.observedEndpoints()).extracting(Object::toString).containsExactly("udp://10.0.0.4:4000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "10.0.0.0/8,203.0.113.0/24"})
    void whatIsNotForwardedAnyMoreIsForgottenAndFoundAgain(String trusted) {
        network.host("inner").behindRouter(OUTSIDE, 9_000, 4_000);
        start("inner", trusted, "seed:4000", OUTSIDE + ":9000");
        start("seed", trusted, "", "");
        start("late", trusted, "seed:4000", "");
        network.advance(Duration.ofMinutes(30));
        told.clear();
        network.advance(Duration.ofMinutes(10));
        assertThat(told).contains(OUTSIDE + ":9000").doesNotContain(OUTSIDE + ":40000");

        network.host("inner").behindRouter(OUTSIDE, 9_001, 4_000);
        network.advance(Duration.ofMinutes(12));
        told.clear();
        network.advance(Duration.ofMinutes(10));
        assertThat(told).isNotEmpty().doesNotContain(OUTSIDE + ":9000");

        network.host("inner").behindRouter(OUTSIDE, 9_000, 4_000);
        network.advance(Duration.ofMinutes(12));
        told.clear();
        network.advance(Duration.ofMinutes(10));
        assertThat(told).contains(OUTSIDE + ":9000");
    }

    @Test
    void withoutThatOthersAreToldWhereTheySeeIt() {
        network.host("inner").behindRouter(OUTSIDE, 9_000, 4_000);
        start("inner", "none", "seed:4000", "");
        start("seed", "none", "", "");
        start("late", "none", "seed:4000", "");
        network.advance(MINUTE);

        assertThat(told).contains(OUTSIDE + ":40000").doesNotContain(OUTSIDE + ":9000");
    }

    @Test
    void whatIsNotTrueIsToldToNobodyAndCostsFewFrames() {
        start("seed", "none", "", "");
        Dht liar = start("liar", "none", "seed:4000", "198.51.100.7:53");
        network.advance(MINUTE);
        start("third", "none", "seed:4000", "");
        network.advance(Duration.ofMinutes(8));

        assertThat(liar.peers()).hasSize(2);
        assertThat(toVictim).as("three from each of those who were told").hasSizeBetween(1, 6);
        assertThat(toVictim).allMatch(bytes -> bytes < 100);
        assertThat(told).isNotEmpty().noneMatch(address -> address.startsWith("198"));
    }

    @Test
    void addressOfAnotherNodeIsNotTakenOver() {
        network.host("victim").address("198.51.100.7");
        Dht victim = start("victim", "none", "seed:4000", "");
        Dht seed = start("seed", "none", "", "");
        start("liar", "none", "seed:4000", "198.51.100.7:4000");
        network.advance(MINUTE);
        Dht late = start("late", "none", "seed:4000", "");
        network.advance(MINUTE);

        assertThat(peers(seed)).hasSize(3).contains("198.51.100.7:4000");
        assertThat(peers(late)).hasSize(3).contains("198.51.100.7:4000");
        assertThat(victim.peers()).hasSize(3);
    }

    @Test
    void nodeShowsWhereMostOfItsPeersSeeIt() {
        network.host("inner").behindRouter(OUTSIDE, 9_000, 4_000);
        Dht inner = start("inner", "none", "seed:4000", OUTSIDE + ":9000");
        start("seed", "none", "", "");
        network.advance(MINUTE);
        assertThat(inner.observedEndpoints()).as("one is not enough").isEmpty();
        start("late", "none", "seed:4000", "");
        network.advance(MINUTE);
        Set<String> seen = new TreeSet<>();
        inner.observedEndpoints().forEach(endpoint -> seen.add(endpoint.toString()));

        assertThat(seen).isSubsetOf("udp://" + OUTSIDE + ":40000", "udp://" + OUTSIDE + ":9000");
    }

    @Test
    void addressWhereNobodyCanBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start("a", "none", "", "0.0.0.0:4000"))
                .withMessage("advertise: udp://0.0.0.0:4000 is no address at which others could reach this node;"
                        + " name the one that they use");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start("a", "none", "", "tcp://203.0.113.5:4000"))
                .withMessageContaining(
                        "advertise: tcp://203.0.113.5:4000 cannot be reached, as bind names no tcp address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> start("a", "none", "", "nowhere:4000"))
                .withMessageContaining("\"nowhere\" does not resolve");
    }

    private static List<ExtensionRecord> records(byte[] frame) {
        return FrameCodec.decode(ByteBuffer.wrap(frame)) instanceof Frame valid
                ? valid.extension().map(Extension::records).orElse(List.of())
                : List.of();
    }

    private static Set<String> peers(Dht dht) {
        Set<String> peers = new TreeSet<>();
        dht.peers().forEach(peer -> peers.add(peer.endpoint().address().toString()));
        return peers;
    }

    private Dht start(String name, String trusted, String seeds, String advertise) {
        DhtConfig config = DhtConfig.builder()
                .bind(name + ":4000")
                .trustedNetworks(trusted)
                .set("seeds", seeds)
                .set("advertise", advertise)
                .build();
        return Dht.start(config, network.host(name));
    }
}
