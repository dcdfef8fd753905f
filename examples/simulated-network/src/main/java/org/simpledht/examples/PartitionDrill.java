package org.simpledht.examples;

import java.time.Duration;
import java.util.List;
import org.simpledht.Dht;
import org.simpledht.DhtConfig;
import org.simpledht.testing.SimulatedNetwork;

/** A minute in the life of two registries, in no time: their network loses every tenth frame, and falls apart for half of it. */
public final class PartitionDrill {

    private PartitionDrill() {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(1).loss(0.1);
        Dht one = Dht.start(DhtConfig.defaults(), network.host("here"));
        Dht two = Dht.start(DhtConfig.builder().seeds("here:4000").build(), network.host("there"));
        ServiceRegistry here = new ServiceRegistry(one);
        ServiceRegistry there = new ServiceRegistry(two);

        // No thread runs and nobody sleeps: time passes when it is told to, and in calls that wait.
        network.advance(Duration.ofSeconds(5)).partition(List.of("there"));
        there.register("billing", "10.0.0.5:8080");
        System.out.println("parted: billing is " + here.find("billing").orElse("unknown"));

        network.advance(Duration.ofSeconds(25)).heal();
        network.advance(Duration.ofSeconds(30));
        System.out.println("healed: billing is at " + here.find("billing").orElse("unknown"));
    }
}
