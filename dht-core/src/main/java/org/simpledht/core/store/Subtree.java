package org.simpledht.core.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.SipHash24;

/**
 * All entries under a prefix: a sorted array of them, or a branch to sixteen smaller subtrees. Any thread may look at what it
 * holds while the writer changes it; what it counts is the writer's alone.
 */
abstract sealed class Subtree {

    /** A leaf with more entries is split. */
    private static final int MOST_IN_LEAF = 128;

    /** A branch with fewer becomes a leaf: far fewer than are split, or a key that comes and goes would do both each time. */
    private static final int LEAST_IN_BRANCH = 32;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Held[].class);

    int entries;
    int summed;
    long sum;

    /** As deep as it must be: distinct x differ somewhere, so at the sixteenth level at the latest no leaf has two. */
    static Subtree of(Held[] sorted, int depth, SipHash24 hash) {
        return sorted.length > MOST_IN_LEAF ? new Branch(sorted, depth, hash) : new Leaf(sorted, hash);
    }

    private static int childIndex(long x, int depth) {
        return (int) (x >>> Prefix.MAX_BITS - Prefix.LEVEL_BITS * (depth + 1)) & Prefix.CHILDREN - 1;
    }

    /** In order. From any thread; what is written meanwhile is seen or not. */
    abstract void forEach(Consumer<Held> visitor);

    /** A small one. */
    static final class Leaf extends Subtree {
        /** What it is made of, for the writer to go through; others come by {@link #at}. */
        final Held[] sorted;

        private Leaf(Held[] sorted, SipHash24 hash) {
            this.sorted = sorted;
            entries = sorted.length;
            for (Held held : sorted) {
                if (held.summed) {
                    summed++;
                    sum += held.hash(hash);
                }
            }
        }

        /** Where x is; if it is not here, less than 0, and the complement of where it would be. From any thread. */
        int indexOf(long x) {
            int low = 0;
            int high = sorted.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                int order = Long.compareUnsigned(at(middle).x(), x);
                if (order == 0) {
                    return middle;
                }
                if (order < 0) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return ~low;
        }

        /** From any thread. */
        Held at(int index) {
            return (Held) SLOT.getAcquire(sorted, index);
        }

        /** In the place of another version: who reads meanwhile sees the one or the other. */
        void set(int index, Held held) {
            SLOT.setRelease(sorted, index, held);
        }

        /** A copy with one more: who reads meanwhile goes on in the array as it was. */
        Held[] with(int index, Held held) {
            Held[] longer = new Held[sorted.length + 1];
            System.arraycopy(sorted, 0, longer, 0, index);
            longer[index] = held;
            System.arraycopy(sorted, index, longer, index + 1, sorted.length - index);
            return longer;
        }

        /** A copy with one less. */
        Held[] without(int index) {
            Held[] shorter = new Held[sorted.length - 1];
            System.arraycopy(sorted, 0, shorter, 0, index);
            System.arraycopy(sorted, index + 1, shorter, index, shorter.length - index);
            return shorter;
        }

        @Override
        void forEach(Consumer<Held> visitor) {
            for (int i = 0; i < sorted.length; i++) {
                visitor.accept(at(i));
            }
        }
    }

    /** A large one. */
    static final class Branch extends Subtree {
        private final AtomicReferenceArray<Subtree> children = new AtomicReferenceArray<>(Prefix.CHILDREN);

        private Branch(Held[] sorted, int depth, SipHash24 hash) {
            int from = 0;
            for (int i = 0; i < Prefix.CHILDREN; i++) {
                int to = from;
                while (to < sorted.length && childIndex(sorted[to].x(), depth) == i) {
                    to++;
                }
                Subtree child = Subtree.of(Arrays.copyOfRange(sorted, from, to), depth + 1, hash);
                children.set(i, child);
                entries += child.entries;
                summed += child.summed;
                sum += child.sum;
                from = to;
            }
        }

        /** From any thread. */
        Subtree child(int index) {
            return children.get(index);
        }

        /** The child around an x. From any thread. */
        Subtree childAround(long x, int depth) {
            return children.get(childIndex(x, depth));
        }

        /** Once it is complete: from then on others read it. */
        void setChildAround(long x, int depth, Subtree child) {
            children.set(childIndex(x, depth), child);
        }

        boolean isTooSmall() {
            return entries < LEAST_IN_BRANCH;
        }

        /** All that it holds, as for a leaf. */
        Held[] sorted() {
            List<Held> all = new ArrayList<>(entries);
            forEach(all::add);
            return all.toArray(Held[]::new);
        }

        @Override
        void forEach(Consumer<Held> visitor) {
            for (int i = 0; i < Prefix.CHILDREN; i++) {
                children.get(i).forEach(visitor);
            }
        }
    }
}
