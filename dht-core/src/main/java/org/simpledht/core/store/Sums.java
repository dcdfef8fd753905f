package org.simpledht.core.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.simpledht.core.store.Subtree.Branch;
import org.simpledht.core.store.Subtree.Leaf;
import org.simpledht.protocol.ChildSums;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.SipHash24;
import org.simpledht.protocol.TreeRecord;

/**
 * What nodes compare of their tables: the entries that are summed, their sums under each prefix, and which they are
 * (docs/PROTOCOL.md, "Reconciliation").
 */
public final class Sums {

    private final EntryTree tree;
    private final SipHash24 hash;

    Sums(EntryTree tree, SipHash24 hash) {
        this.tree = tree;
        this.hash = hash;
    }

    public TreeRecord.Root root() {
        return new TreeRecord.Root(tree.root().sum, tree.root().summed);
    }

    public ChildSums ofChildren(Prefix prefix) {
        long[] sums = new long[Prefix.CHILDREN];
        Subtree part = part(prefix);
        if (part instanceof Branch branch) {
            for (int i = 0; i < Prefix.CHILDREN; i++) {
                sums[i] = branch.child(i).sum;
            }
        } else {
            for (Held held : ((Leaf) part).sorted) {
                if (held.summed && prefix.contains(held.x())) {
                    sums[prefix.childIndex(held.x())] += held.hash(hash);
                }
            }
        }
        return ChildSums.of(sums);
    }

    /** The subtree of a prefix, or the leaf that it is within. */
    private Subtree part(Prefix prefix) {
        Subtree part = tree.root();
        for (int depth = 0; depth < prefix.depth() && part instanceof Branch branch; depth++) {
            part = branch.childAround(prefix.first(), depth);
        }
        return part;
    }

    /** All that is summed under a prefix, if it is at most so much. */
    public Optional<List<Meta>> listing(Prefix prefix, int most) {
        if (count(prefix) > most) {
            return Optional.empty();
        }
        return Optional.of(page(prefix, prefix.first(), most));
    }

    /** How many are summed under a prefix. */
    int count(Prefix prefix) {
        Subtree part = part(prefix);
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
     * The next ones of what is summed under a prefix, in order.
     *
     * @param fromX the smallest x that may be among them
     */
    public List<Meta> page(Prefix prefix, long fromX, int most) {
        List<Meta> found = new ArrayList<>();
        collect(part(prefix), prefix, fromX, most, found);
        return Collections.unmodifiableList(found);
    }

    private static void collect(Subtree part, Prefix prefix, long from, int most, List<Meta> found) {
        if (part instanceof Branch branch) {
            for (int i = 0; i < Prefix.CHILDREN && found.size() < most; i++) {
                Prefix child = prefix.child(i);
                if (Long.compareUnsigned(child.last(), from) >= 0) {
                    collect(branch.child(i), child, from, most, found);
                }
            }
            return;
        }
        for (Held held : ((Leaf) part).sorted) {
            boolean isMeant = held.summed && prefix.contains(held.x()) && Long.compareUnsigned(held.x(), from) >= 0;
            if (isMeant && found.size() < most) {
                found.add(held.meta());
            }
        }
    }

    /** The largest subtree around an x that holds at most so much. */
    public Prefix subtreeAround(long x, int most) {
        Prefix prefix = Prefix.ROOT;
        while (prefix.hasChildren() && count(prefix) > most) {
            prefix = prefix.child(prefix.childIndex(x));
        }
        return prefix;
    }
}
