package org.simpledht.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.simpledht.core.store.Sums;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Mix64;
import org.simpledht.protocol.Prefix;

/** Everything under some prefixes, page by page, in the order of keys: what a neighbour is to get that lacks most of it. */
final class Bulk {

    private static final int MOST = 16;
    private static final int PAGE = 32;

    private final Sums sums;
    private final Deque<Prefix> prefixes = new ArrayDeque<>();
    private long from;

    Bulk(Sums sums) {
        this.sums = sums;
    }

    /** What is on its way already is not begun anew, and what there is no room for is asked for again. */
    void add(Prefix prefix) {
        if (prefixes.stream().anyMatch(other -> other.contains(prefix))) {
            return;
        }
        Prefix head = prefixes.peek();
        prefixes.removeIf(prefix::contains);
        if (prefixes.size() < MOST) {
            prefixes.add(prefix);
        }
        if (!prefixes.peek().equals(head)) {
            from = prefixes.peek().first();
        }
    }

    boolean isEmpty() {
        return prefixes.isEmpty();
    }

    /** What comes next, as it is held now. */
    List<Meta> nextPage() {
        Prefix part = prefixes.peek();
        List<Meta> page = sums.page(part, from, PAGE);
        long last = page.isEmpty()
                ? part.last()
                : Mix64.of(page.get(page.size() - 1).key().bits());
        if (page.size() < PAGE || last == part.last()) {
            prefixes.poll();
            from = prefixes.isEmpty() ? 0 : prefixes.peek().first();
        } else {
            from = last + 1;
        }
        return page;
    }
}
