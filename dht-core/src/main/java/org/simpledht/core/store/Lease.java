package org.simpledht.core.store;

import org.simpledht.protocol.Meta;

/**
 * How long things live (docs/PROTOCOL.md, "Entries"). Each Meta is held for at least the longest lease after it was written,
 * also when its content has ended: so an ended value is its own tombstone, and nothing older comes back under it.
 *
 * @param longestMillis one value for the whole network
 */
public record Lease(long longestMillis) {

    /** How far the clocks of two nodes may be apart: 10 s. What is written further ahead is refused. */
    public static final long TOLERANCE_MILLIS = 10_000;

    private static final int CLOCK_COUNTER_BITS = 16;
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long MOST_LIFE_SECONDS = 0xffff_ffffL;

    /** A Meta takes part in comparisons until a multiple of this at which less than twice as much of its holding remains. */
    private static final long COMPARE_STEP_MILLIS = 10_000;

    /** How long before and after such a moment sums are not compared. */
    static final long LEAVING_MARGIN_MILLIS = 2_000;

    public Lease {
        if (longestMillis < MILLIS_PER_SECOND) {
            throw new IllegalArgumentException("a lease is at least a second, not " + longestMillis + " ms");
        }
    }

    static long endMillis(long clock, int life) {
        return (clock >>> CLOCK_COUNTER_BITS) + MILLIS_PER_SECOND * Integer.toUnsignedLong(life);
    }

    /**
     * The life, in unsigned whole seconds, with which something written at that clock is visible for so long from now on, and
     * no longer: what is renewed and then removed would else outlive the memory of its removal.
     */
    public int lifeUntil(long clock, long nowMillis, long spanMillis) {
        long remaining = nowMillis + spanMillis - (clock >>> CLOCK_COUNTER_BITS);
        return (int) Math.max(0, Math.min(MOST_LIFE_SECONDS, Math.floorDiv(remaining, MILLIS_PER_SECOND)));
    }

    public int longestSeconds() {
        return (int) (longestMillis / MILLIS_PER_SECOND);
    }

    /** Until then a Meta is held: compared, listed, announced. Afterwards it is forgotten, and refused. */
    public long heldUntilMillis(Meta meta) {
        return heldUntilMillis(meta.clock(), meta.life());
    }

    long heldUntilMillis(long clock, int life) {
        return Math.max(endMillis(clock, life), (clock >>> CLOCK_COUNTER_BITS) + longestMillis);
    }

    /** The moment, the same at every node, at which a Meta leaves the sums: some 10 to 20 s before it is forgotten. */
    long leavesSumsMillis(long clock, int life) {
        long lastly = heldUntilMillis(clock, life) - 2 * COMPARE_STEP_MILLIS;
        return (Math.floorDiv(lastly, COMPARE_STEP_MILLIS) + 1) * COMPARE_STEP_MILLIS;
    }

    /** The next moment at which something may leave the sums. */
    static long nextLeavingMillis(long nowMillis) {
        return (Math.floorDiv(nowMillis, COMPARE_STEP_MILLIS) + 1) * COMPARE_STEP_MILLIS;
    }
}
