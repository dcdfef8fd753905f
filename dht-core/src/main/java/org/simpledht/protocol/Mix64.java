package org.simpledht.protocol;

/**
 * Spreads keys evenly, so that keys chosen close together do not share a subtree (docs/PROTOCOL.md, "Reconciliation"). It
 * is the finaliser of SplitMix64 (Steele, Lea and Flood, 2014): each result has exactly one origin.
 */
public final class Mix64 {

    private Mix64() {}

    /** The place of a key in the order of reconciliation, unsigned. */
    public static long of(long key) {
        long mixed = (key ^ key >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ mixed >>> 31;
    }
}
