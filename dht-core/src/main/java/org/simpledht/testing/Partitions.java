package org.simpledht.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which hosts nothing passes between. It is remembered by host and not by pair of hosts, of which a large network has too many: a
 * {@link SimulatedLink} between two that are parted is made when something first goes there.
 */
final class Partitions {

    private final List<Partition> partitions = new ArrayList<>();

    private record Partition(Set<SimulatedHost> side, Set<SimulatedHost> others) {
        boolean parts(SimulatedHost one, SimulatedHost other) {
            return side.contains(one) && others.contains(other) || side.contains(other) && others.contains(one);
        }
    }

    void add(Set<SimulatedHost> side, Set<SimulatedHost> others) {
        partitions.add(new Partition(side, others));
    }

    void clear() {
        partitions.clear();
    }

    boolean part(SimulatedHost one, SimulatedHost other) {
        for (Partition partition : partitions) {
            if (partition.parts(one, other)) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return partitions.isEmpty();
    }
}
