package org.simpledht.core;

import java.util.List;
import java.util.Optional;
import org.simpledht.types.NetAddress;

/** Where this node says that it can be reached, other than where it speaks from. */
final class Advertised {

    private final List<Path> paths;

    /**
     * @param paths of each binding as many as there are names or families
     */
    Advertised(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    /** What whoever is there is told: an address of the family that it uses, or else of the other one. */
    Optional<NetAddress> toward(Path to) {
        NetAddress other = null;
        for (Path path : paths) {
            if (path.binding() == to.binding()) {
                if (path.remote().isV6() == to.remote().isV6()) {
                    return Optional.of(path.remote());
                }
                other = path.remote();
            }
        }
        return Optional.ofNullable(other);
    }
}
