package org.simpledht.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.simpledht.types.NetAddress;

/**
 * Where others of ours are who are no neighbours: those heard of, each to be tried once, and those met, to be told to others. They are
 * no peers: nobody here hears a sign of life. Both lists are bounded, oldest out.
 */
final class AddressBook {

    private static final int MOST_HEARD_OF = 256;
    private static final int MOST_MET = 64;

    private final RandomGenerator dice;
    private final Set<Path> heardOf = new LinkedHashSet<>();
    private final Map<Path, Long> metNanos = new LinkedHashMap<>();

    AddressBook(RandomGenerator dice) {
        this.dice = dice;
    }

    /** Somebody told of it. */
    void heardOf(Path path) {
        if (metNanos.containsKey(path) || !heardOf.add(path)) {
            return;
        }
        if (heardOf.size() > MOST_HEARD_OF) {
            heardOf.remove(heardOf.iterator().next());
        }
    }

    /** One of ours is there who is no neighbour, or is none any more. */
    void met(Path path, Now now) {
        heardOf.remove(path);
        metNanos.remove(path);
        if (metNanos.size() >= MOST_MET) {
            metNanos.remove(metNanos.keySet().iterator().next());
        }
        metNanos.put(path, now.nanos());
    }

    /** It is a neighbour now, or nobody is there. */
    void forget(Path path) {
        heardOf.remove(path);
        metNanos.remove(path);
    }

    int size() {
        return heardOf.size() + metNanos.size();
    }

    /**
     * Somebody to ask next, at random; null if there is nobody. Who was only heard of is asked first, and once.
     *
     * @param againNanos how long ago somebody who was met must have been asked to be asked again
     */
    Path next(long againNanos, Now now) {
        if (!heardOf.isEmpty()) {
            Path path = new ArrayList<>(heardOf).get(dice.nextInt(heardOf.size()));
            heardOf.remove(path);
            return path;
        }
        List<Path> some = new ArrayList<>();
        metNanos.forEach((path, at) -> {
            if (now.since(at) >= againNanos) {
                some.add(path);
            }
        });
        if (some.isEmpty()) {
            return null;
        }
        Path path = some.get(dice.nextInt(some.size()));
        // If nobody answers, nobody is there.
        metNanos.remove(path);
        return path;
    }

    /** Those who were met and are reached over that binding. */
    List<NetAddress> met(int binding) {
        List<NetAddress> addresses = new ArrayList<>();
        for (Path path : metNanos.keySet()) {
            if (path.binding() == binding) {
                addresses.add(path.remote());
            }
        }
        return addresses;
    }
}
