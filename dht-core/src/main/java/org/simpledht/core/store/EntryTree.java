package org.simpledht.core.store;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.SipHash24;

/**
 * The entries in the order of x, as a tree with 16 children at each level, like the prefixes by which nodes compare: so one
 * structure finds a key, walks the order, and knows the sum of everything under a prefix. Small subtrees are sorted arrays, so
 * the tree is as deep as it must be and no deeper, also for keys chosen to lie side by side.
 *
 * <p>One thread writes. {@link #get} and {@link #forEach} may be called from any thread: they see each entry before or after
 * a write, and never a half one.
 */
final class EntryTree {

    /** A leaf with more entries is split, a branch with fewer becomes a leaf. */
    private static final int MOST_IN_LEAF = 128;

    private static final int LEAST_IN_BRANCH = 32;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Held[].class);

    /** A subtree. The numbers are the writer's alone. */
    private abstract static class Part {
        int entries;
        int summed;
        long sum;
    }

    private static final class Leaf extends Part {
        final Held[] sorted;

        Leaf(Held[] sorted) {
            this.sorted = sorted;
            this.entries = sorted.length;
        }

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
            return -low - 1;
        }

        Held at(int index) {
            return (Held) SLOT.getAcquire(sorted, index);
        }
    }

    private static final class Branch extends Part {
        final AtomicReferenceArray<Part> children = new AtomicReferenceArray<>(Prefix.CHILDREN);
    }

    private final SipHash24 hash;
    private volatile Part root = new Leaf(new Held[0]);

    /** What the write in progress changes on its way back to the root. */
    private int entriesChange;

    private int summedChange;
    private long sumChange;
    private Held before;

    EntryTree(SipHash24 hash) {
        this.hash = hash;
    }

    private long hashOf(Held held) {
        return hash.of(held.key, held.clock, held.digest, held.life, held.size);
    }

    private static int childIndex(long x, int depth) {
        return (int) (x >>> Prefix.MAX_BITS - Prefix.LEVEL_BITS * (depth + 1)) & Prefix.CHILDREN - 1;
    }

    // Looks

    /** From any thread. */
    Held get(long x) {
        Part part = root;
        for (int depth = 0; part instanceof Branch branch; depth++) {
            part = branch.children.get(childIndex(x, depth));
        }
        Leaf leaf = (Leaf) part;
        int index = leaf.indexOf(x);
        return index < 0 ? null : leaf.at(index);
    }

    /** In order. From any thread; what is written meanwhile is seen or not. */
    void forEach(Consumer<Held> visitor) {
        forEach(root, visitor);
    }

    private static void forEach(Part part, Consumer<Held> visitor) {
        if (part instanceof Branch branch) {
            for (int i = 0; i < Prefix.CHILDREN; i++) {
                forEach(branch.children.get(i), visitor);
            }
        } else {
            Leaf leaf = (Leaf) part;
            for (int i = 0; i < leaf.sorted.length; i++) {
                visitor.accept(leaf.at(i));
            }
        }
    }

    int entries() {
        return root.entries;
    }

    int summed() {
        return root.summed;
    }

    long sum() {
        return root.sum;
    }

    // The writer's

    /** Takes the place of what is held at its x. Returns what that was, or null. */
    Held put(Held held) {
        begin();
        root = put(root, 0, held);
        return before;
    }

    private void begin() {
        entriesChange = 0;
        summedChange = 0;
        sumChange = 0;
        before = null;
    }

    private Part put(Part part, int depth, Held held) {
        if (part instanceof Branch branch) {
            int index = childIndex(held.x(), depth);
            Part child = branch.children.get(index);
            Part changed = put(child, depth + 1, held);
            if (changed != child) {
                branch.children.set(index, changed);
            }
            return account(branch);
        }
        Leaf leaf = (Leaf) part;
        int index = leaf.indexOf(held.x());
        change(held, 1);
        if (index >= 0) {
            before = leaf.at(index);
            change(before, -1);
            SLOT.setRelease(leaf.sorted, index, held);
            return account(leaf);
        }
        int at = -index - 1;
        Held[] longer = new Held[leaf.sorted.length + 1];
        System.arraycopy(leaf.sorted, 0, longer, 0, at);
        longer[at] = held;
        System.arraycopy(leaf.sorted, at, longer, at + 1, leaf.sorted.length - at);
        return longer.length > MOST_IN_LEAF ? split(longer, depth) : leaf(longer);
    }

    private void change(Held held, int sign) {
        entriesChange += sign;
        if (held.summed) {
            summedChange += sign;
            sumChange += sign * hashOf(held);
        }
    }

    private Part account(Part part) {
        part.entries += entriesChange;
        part.summed += summedChange;
        part.sum += sumChange;
        return part;
    }

    private Leaf leaf(Held[] sorted) {
        Leaf leaf = new Leaf(sorted);
        for (Held held : sorted) {
            if (held.summed) {
                leaf.summed++;
                leaf.sum += hashOf(held);
            }
        }
        return leaf;
    }

    /** Distinct x differ somewhere, so at the sixteenth level at the latest no leaf has two. */
    private Part split(Held[] sorted, int depth) {
        Branch branch = new Branch();
        int from = 0;
        for (int i = 0; i < Prefix.CHILDREN; i++) {
            int to = from;
            while (to < sorted.length && childIndex(sorted[to].x(), depth) == i) {
                to++;
            }
            Held[] under = new Held[to - from];
            System.arraycopy(sorted, from, under, 0, under.length);
            Part child = under.length > MOST_IN_LEAF ? split(under, depth + 1) : leaf(under);
            branch.children.set(i, child);
            branch.entries += child.entries;
            branch.summed += child.summed;
            branch.sum += child.sum;
            from = to;
        }
        return branch;
    }

    /** Returns what was there, or null. */
    Held remove(long x) {
        begin();
        root = remove(root, 0, x);
        return before;
    }

    private Part remove(Part part, int depth, long x) {
        if (part instanceof Branch branch) {
            int index = childIndex(x, depth);
            Part child = branch.children.get(index);
            Part changed = remove(child, depth + 1, x);
            if (changed != child) {
                branch.children.set(index, changed);
            }
            account(branch);
            return branch.entries < LEAST_IN_BRANCH ? merged(branch) : branch;
        }
        Leaf leaf = (Leaf) part;
        int index = leaf.indexOf(x);
        if (index < 0) {
            return leaf;
        }
        before = leaf.at(index);
        change(before, -1);
        Held[] shorter = new Held[leaf.sorted.length - 1];
        System.arraycopy(leaf.sorted, 0, shorter, 0, index);
        System.arraycopy(leaf.sorted, index + 1, shorter, index, shorter.length - index);
        return leaf(shorter);
    }

    private Leaf merged(Branch branch) {
        List<Held> all = new ArrayList<>(branch.entries);
        forEach(branch, all::add);
        return leaf(all.toArray(Held[]::new));
    }

    /** What is held at x leaves the sums, and is held on. */
    void leaveSums(long x) {
        Held held = get(x);
        if (held == null || !held.summed) {
            return;
        }
        begin();
        change(held, -1);
        entriesChange = 0;
        held.summed = false;
        Part part = account(root);
        for (int depth = 0; part instanceof Branch branch; depth++) {
            part = account(branch.children.get(childIndex(x, depth)));
        }
    }

    // What nodes compare: the entries that are summed

    /** The sums of the children of a prefix. */
    long[] childSums(Prefix prefix) {
        long[] sums = new long[Prefix.CHILDREN];
        Part part = part(prefix);
        if (part instanceof Branch branch) {
            for (int i = 0; i < Prefix.CHILDREN; i++) {
                sums[i] = branch.children.get(i).sum;
            }
        } else {
            for (Held held : ((Leaf) part).sorted) {
                if (held.summed && prefix.contains(held.x())) {
                    sums[prefix.childIndex(held.x())] += hashOf(held);
                }
            }
        }
        return sums;
    }

    /** The subtree of a prefix, or the leaf that it is within. */
    private Part part(Prefix prefix) {
        Part part = root;
        for (int depth = 0; depth < prefix.depth() && part instanceof Branch branch; depth++) {
            part = branch.children.get(childIndex(prefix.first(), depth));
        }
        return part;
    }

    /** How many are summed under a prefix. */
    int summedUnder(Prefix prefix) {
        Part part = part(prefix);
        if (part instanceof Branch) {
            return part.summed;
        }
        int count = 0;
        for (Held held : ((Leaf) part).sorted) {
            if (held.summed && prefix.contains(held.x())) {
                count++;
            }
        }
        return count;
    }

    /**
     * The next ones under a prefix, in order.
     *
     * @param from the smallest x that may be among them
     */
    List<Held> summedUnder(Prefix prefix, long from, int most) {
        List<Held> found = new ArrayList<>();
        collect(part(prefix), prefix, from, most, found);
        return found;
    }

    private static void collect(Part part, Prefix prefix, long from, int most, List<Held> found) {
        if (part instanceof Branch branch) {
            for (int i = 0; i < Prefix.CHILDREN && found.size() < most; i++) {
                Prefix child = prefix.child(i);
                if (Long.compareUnsigned(child.last(), from) >= 0) {
                    collect(branch.children.get(i), child, from, most, found);
                }
            }
            return;
        }
        for (Held held : ((Leaf) part).sorted) {
            boolean isMeant = held.summed && prefix.contains(held.x()) && Long.compareUnsigned(held.x(), from) >= 0;
            if (isMeant && found.size() < most) {
                found.add(held);
            }
        }
    }

    /** All sums anew: they must be what is kept. Throws if they are not. */
    void check() {
        check(root, Prefix.ROOT);
    }

    private void check(Part part, Prefix prefix) {
        int entries = 0;
        int summed = 0;
        long sum = 0;
        if (part instanceof Branch branch) {
            for (int i = 0; i < Prefix.CHILDREN; i++) {
                Part child = branch.children.get(i);
                check(child, prefix.child(i));
                entries += child.entries;
                summed += child.summed;
                sum += child.sum;
            }
        } else {
            for (Held held : ((Leaf) part).sorted) {
                entries++;
                if (held.summed) {
                    summed++;
                    sum += hashOf(held);
                }
            }
        }
        if (part.entries != entries || part.summed != summed || part.sum != sum) {
            throw new IllegalStateException("under " + prefix + " there are " + entries + " entries, " + summed
                    + " of them with the sum " + sum + ", and not " + part.entries + ", " + part.summed + ", "
                    + part.sum);
        }
    }
}
