package org.simpledht.protocol;

/**
 * A subtree of the keys' order: all x that begin with these bits (docs/PROTOCOL.md, "Reconciliation"). x is the
 * {@link Mix64} of a key, and unsigned.
 *
 * @param first the bits, left-aligned and filled with zeros: the smallest x of the subtree
 * @param bits how many of them count: 0 to 64, a multiple of 4
 */
public record Prefix(long first, int bits) {

    /** Bits by which a child is longer than its parent. */
    public static final int LEVEL_BITS = 4;

    /** Children of a prefix. */
    public static final int CHILDREN = 1 << LEVEL_BITS;

    /** Bits of a prefix that is one x, and has no children. */
    public static final int MAX_BITS = 64;

    /** The whole tree. */
    public static final Prefix ROOT = new Prefix(0, 0);

    public Prefix {
        if (!isValid(first, bits)) {
            throw new IllegalArgumentException("not a prefix: " + bits + " bits of " + Long.toHexString(first)
                    + "; bits are a multiple of 4 up to 64, and the rest is zero");
        }
    }

    /** The prefix of that length under which an x is. */
    public static Prefix of(long x, int bits) {
        return new Prefix(x & mask(bits), bits);
    }

    static boolean isValid(long first, int bits) {
        return bits >= 0 && bits <= MAX_BITS && bits % LEVEL_BITS == 0 && (first & ~mask(bits)) == 0;
    }

    private static long mask(int bits) {
        // A shift by 64 is a shift by 0 in Java.
        return bits == 0 ? 0 : -1L << MAX_BITS - bits;
    }

    /** Levels below the root: 0 to 16. */
    public int depth() {
        return bits / LEVEL_BITS;
    }

    /** The largest x of the subtree. */
    public long last() {
        return first | ~mask(bits);
    }

    public boolean contains(long x) {
        return (x & mask(bits)) == first;
    }

    /** True if all of another subtree, which may be this one, is in this. */
    public boolean contains(Prefix other) {
        return other.bits >= bits && contains(other.first);
    }

    public boolean hasChildren() {
        return bits < MAX_BITS;
    }

    /**
     * The children in order are 0 to 15.
     *
     * @throws IllegalArgumentException if there is no such child
     */
    public Prefix child(int index) {
        if (index < 0 || index >= CHILDREN || !hasChildren()) {
            throw new IllegalArgumentException("no child " + index + " of " + this);
        }
        int longer = bits + LEVEL_BITS;
        return new Prefix(first | (long) index << MAX_BITS - longer, longer);
    }

    /**
     * Which child an x of this subtree is under.
     *
     * @throws IllegalArgumentException if this has no children
     */
    public int childIndex(long x) {
        if (!hasChildren()) {
            throw new IllegalArgumentException("no children of " + this);
        }
        return (int) (x >>> MAX_BITS - LEVEL_BITS - bits) & CHILDREN - 1;
    }

    /**
     * @throws IllegalArgumentException if this is the root
     */
    public Prefix parent() {
        if (bits == 0) {
            throw new IllegalArgumentException("the root has no parent");
        }
        return of(first, bits - LEVEL_BITS);
    }

    /** The digits that count, and {@code *} for those that do not. */
    @Override
    public String toString() {
        String digits = Long.toHexString(first);
        String all = "0".repeat(MAX_BITS / LEVEL_BITS - digits.length()) + digits;
        return all.substring(0, depth()) + (hasChildren() ? "*" : "");
    }
}
