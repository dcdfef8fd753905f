package org.simpledht.protocol;

import java.util.List;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;

/** What clients ask for (docs/PROTOCOL.md, "The extension"). */
public sealed interface ClientRecord extends ExtensionRecord {

    /** Metas, in the order of reconciliation. */
    int QUERY_METAS = 1;

    /** Peers. */
    int QUERY_PEERS = 2;

    /** Statistics. */
    int QUERY_STATISTICS = 3;

    /**
     * Asks for a page of something; answered with {@link Reply}.
     *
     * @param id to be repeated in the answer
     * @param what one of the {@code QUERY} constants, or what a later version may ask for: 0 to 255
     * @param cursor 0 for the first page, then what the last answer said
     */
    record Query(int id, int what, long cursor) implements ClientRecord {
        public Query {
            if (what < 0 || what > 0xff) {
                throw new IllegalArgumentException("what is asked for is 0 to 255, not " + what);
            }
        }

        @Override
        public void dispatch(Handler handler) {
            handler.query(this);
        }
    }

    /**
     * A page of what was asked for.
     *
     * @param id that of the question
     * @param nextCursor where the next page begins, 0 if this was the last
     */
    record Reply(int id, long nextCursor, Content body) implements ClientRecord {
        public Reply {
            ExtensionLayout.requireBody((long) ExtensionLayout.REPLY_BYTES + body.size());
        }

        @Override
        public void dispatch(Handler handler) {
            handler.reply(this);
        }
    }

    /** Asks that changes of these keys be announced for a while; of all, if there are none. */
    record Watch(List<Hash> keys) implements ClientRecord {
        public Watch {
            keys = ExtensionLayout.listOf(keys, ExtensionLayout.KEY_BYTES, 0);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.watch(keys);
        }
    }
}
