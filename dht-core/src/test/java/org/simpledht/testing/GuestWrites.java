package org.simpledht.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** What those write who have shown nothing: of all of them together a node takes only so much in each second. */
final class GuestWrites {

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int PER_SECOND = 1_000;
    private static final int AT_ONCE = 2_000;

    private record Second(NetAddress node, long number) {}

    private final Map<Second, List<Hash>> written = new HashMap<>();

    /** A node reads such a write, and may take it or not. */
    void read(NetAddress node, Hash key, long nowNanos) {
        Second second = new Second(node, nowNanos / SECOND_NANOS);
        written.computeIfAbsent(second, s -> new ArrayList<>()).add(key);
    }

    /**
     * @param isHeld whether anything is held under a key
     * @throws AssertionError if a node has taken more than it may
     */
    void look(Predicate<Hash> isHeld) {
        written.forEach((second, keys) -> {
            long taken =
                    keys.size() <= AT_ONCE ? 0 : keys.stream().filter(isHeld).count();
            if (taken > AT_ONCE + PER_SECOND) {
                throw new AssertionError(second.node + " has taken " + taken + " writes of guests in one second");
            }
        });
        written.clear();
    }
}
