package org.simpledht.protocol;

import java.util.List;
import java.util.Objects;

/** By which two nodes find out where they differ (docs/PROTOCOL.md, "Reconciliation"). */
public sealed interface TreeRecord extends ExtensionRecord {

    /**
     * The sums of the children of a prefix.
     *
     * @param prefix one that has children
     */
    record Sums(Prefix prefix, ChildSums sums) implements TreeRecord {
        public Sums {
            if (!prefix.hasChildren()) {
                throw new IllegalArgumentException("no children of " + prefix);
            }
            Objects.requireNonNull(sums, "sums");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.sums(this);
        }
    }

    /** All that the sender holds under a prefix; without any Metas it asks for everything under it. */
    record Listing(Prefix prefix, List<Meta> metas) implements TreeRecord {
        public Listing {
            metas = ExtensionLayout.listOf(metas, Meta.BYTES, ExtensionLayout.prefixBytes(prefix));
        }

        @Override
        public void dispatch(Handler handler) {
            handler.listing(this);
        }
    }

    /**
     * The sender's whole store.
     *
     * @param count unsigned: how many entries
     */
    record Root(long sum, int count) implements TreeRecord {
        @Override
        public void dispatch(Handler handler) {
            handler.root(this);
        }
    }
}
