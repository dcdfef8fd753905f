package org.simpledht.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.testing.Seeds;
import org.simpledht.testing.SimulatedNetwork;
import org.simpledht.testkit.StandardOutput;

class ServiceRegistryTest {

    @Test
    void aServiceIsFoundAfterAPartition() {
        Seeds.from(1, 100).forEach(network -> {
            ServiceRegistry here = registry(network, "here", "");
            ServiceRegistry there = registry(network.loss(0.1), "there", "here:4000");

            network.advance(Duration.ofSeconds(5)).partition(List.of("there"));
            there.register("billing", "10.0.0.5:8080");
            assertThat(here.find("billing")).isEmpty();

            network.advance(Duration.ofSeconds(25)).heal();
            network.advance(Duration.ofSeconds(30));
            assertThat(here.find("billing")).contains("10.0.0.5:8080");
        });
    }

    private static ServiceRegistry registry(SimulatedNetwork network, String host, String seed) {
        return new ServiceRegistry(Dht.start(DhtConfig.builder().seeds(seed).build(), network.host(host)));
    }

    @Test
    void theDrillSaysWhatItFinds() throws Exception {
        assertThat(StandardOutput.of(PartitionDrill::main).lines())
                .containsExactly("parted: billing is unknown", "healed: billing is at 10.0.0.5:8080");
    }
}
