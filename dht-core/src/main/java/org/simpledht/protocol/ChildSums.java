package org.simpledht.protocol;

import java.util.Arrays;

/** The sums of the children of a {@link Prefix}, compared by value; a record would compare its array by identity. */
public final class ChildSums {

    private final long[] sums;

    private ChildSums(long[] sums) {
        this.sums = sums;
    }

    /**
     * A copy of the given sums, child by child.
     *
     * @throws IllegalArgumentException if there are not {@link Prefix#CHILDREN} of them
     */
    public static ChildSums of(long... sums) {
        if (sums.length != Prefix.CHILDREN) {
            throw new IllegalArgumentException(
                    "a prefix has " + Prefix.CHILDREN + " children, and not " + sums.length + " sums");
        }
        return new ChildSums(sums.clone());
    }

    /**
     * The sum modulo 2⁶⁴ of the hashes of what is held under a child.
     *
     * @param child 0 to 15
     */
    public long at(int child) {
        return sums[child];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChildSums that && Arrays.equals(sums, that.sums);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sums);
    }

    /** Hexadecimal, child by child. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("ChildSums[");
        for (long sum : sums) {
            text.append(text.charAt(text.length() - 1) == '[' ? "" : " ").append(Long.toHexString(sum));
        }
        return text.append(']').toString();
    }
}
