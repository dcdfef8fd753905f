package org.simpledht.core.store;

import java.util.function.Consumer;
import org.simpledht.core.store.Subtree.Branch;
import org.simpledht.core.store.Subtree.Leaf;
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

    private final SipHash24 hash;
    private volatile Subtree root;

    /** What the write in progress changes on its way back to the root. */
    private int entriesChange;

    private int summedChange;
    private long sumChange;
    private Held before;

    EntryTree(SipHash24 hash) {
        this.hash = hash;
        root = Subtree.of(new Held[0], 0, hash);
    }

    // Looks

    /** From any thread. */
    Held get(long x) {
        Subtree part = root;
        for (int depth = 0; part instanceof Branch branch; depth++) {
            part = branch.childAround(x, depth);
        }
        Leaf leaf = (Leaf) part;
        int index = leaf.indexOf(x);
        return index < 0 ? null : leaf.at(index);
    }

    /** In order. From any thread; what is written meanwhile is seen or not. */
    void forEach(Consumer<Held> visitor) {
        root.forEach(visitor);
    }

    int entries() {
        return root.entries;
    }

    /** For who goes by the sums. The writer's thread only. */
    Subtree root() {
        return root;
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

    private Subtree put(Subtree part, int depth, Held held) {
        if (part instanceof Branch branch) {
            Subtree child = branch.childAround(held.x(), depth);
            Subtree changed = put(child, depth + 1, held);
            if (changed != child) {
                branch.setChildAround(held.x(), depth, changed);
            }
            return account(branch);
        }
        Leaf leaf = (Leaf) part;
        int index = leaf.indexOf(held.x());
        change(held, 1);
        if (index >= 0) {
            before = leaf.at(index);
            change(before, -1);
            leaf.set(index, held);
            return account(leaf);
        }
        return Subtree.of(leaf.with(~index, held), depth, hash);
    }

    private void change(Held held, int sign) {
        entriesChange += sign;
        if (held.summed) {
            summedChange += sign;
            sumChange += sign * held.hash(hash);
        }
    }

    private Subtree account(Subtree part) {
        part.entries += entriesChange;
        part.summed += summedChange;
        part.sum += sumChange;
        return part;
    }

    /** Returns what was there, or null. */
    Held remove(long x) {
        begin();
        root = remove(root, 0, x);
        return before;
    }

    private Subtree remove(Subtree part, int depth, long x) {
        if (part instanceof Branch branch) {
            Subtree child = branch.childAround(x, depth);
            Subtree changed = remove(child, depth + 1, x);
            if (changed != child) {
                branch.setChildAround(x, depth, changed);
            }
            account(branch);
            return branch.isTooSmall() ? Subtree.of(branch.sorted(), depth, hash) : branch;
        }
        Leaf leaf = (Leaf) part;
        int index = leaf.indexOf(x);
        if (index < 0) {
            return leaf;
        }
        before = leaf.at(index);
        change(before, -1);
        return Subtree.of(leaf.without(index), depth, hash);
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
        Subtree part = account(root);
        for (int depth = 0; part instanceof Branch branch; depth++) {
            part = account(branch.childAround(x, depth));
        }
    }

    /** All sums anew: they must be what is kept. Throws if they are not. */
    void check() {
        check(root, Prefix.ROOT);
    }

    private void check(Subtree part, Prefix prefix) {
        int entries = 0;
        int summed = 0;
        long sum = 0;
        if (part instanceof Branch branch) {
            for (int i = 0; i < Prefix.CHILDREN; i++) {
                Subtree child = branch.child(i);
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
                    sum += held.hash(hash);
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
