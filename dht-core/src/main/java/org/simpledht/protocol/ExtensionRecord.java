package org.simpledht.protocol;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * One record of an extension (docs/PROTOCOL.md, "The extension"). Those about entries and about who speaks stand here, the
 * others by what they are for. No list or content is longer than one record can state: 65,535 bytes with all else.
 */
public sealed interface ExtensionRecord
        permits ExtensionRecord.Metas,
                ExtensionRecord.Push,
                ExtensionRecord.Stamp,
                ExtensionRecord.Gets,
                ExtensionRecord.Prune,
                ExtensionRecord.Graft,
                ExtensionRecord.Token,
                ExtensionRecord.Ask,
                ExtensionRecord.Hello,
                TreeRecord,
                ChunkRecord,
                LinkRecord,
                ClientRecord {

    /** A record without content, of which one is enough. */
    Prune PRUNE = new Prune();

    /** The same. */
    Graft GRAFT = new Graft();

    /** Calls the handler's method for this record: the compiler sees to it that every handler knows all of them. */
    void dispatch(Handler handler);

    /** "I hold these": an announcement, a renewal, a removal, and the answer to {@link Ask}. */
    record Metas(List<Meta> metas) implements ExtensionRecord {
        public Metas {
            metas = ExtensionLayout.listOf(metas, Meta.BYTES, 0);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.metas(metas);
        }
    }

    /**
     * A small value; digest and size follow from the content.
     *
     * @param clock as in {@link Meta}
     * @param life as in {@link Meta}
     */
    record Push(Hash key, long clock, int life, Content content) implements ExtensionRecord {
        public Push {
            Objects.requireNonNull(key, "key");
            ExtensionLayout.requireBody((long) ExtensionLayout.PUSH_BYTES + content.size());
        }

        @Override
        public void dispatch(Handler handler) {
            handler.push(this);
        }
    }

    /**
     * The version of the carrier, a Put.
     *
     * @param clock as in {@link Meta}
     * @param life as in {@link Meta}
     */
    record Stamp(long clock, int life) implements ExtensionRecord {
        @Override
        public void dispatch(Handler handler) {
            handler.stamp(this);
        }
    }

    /** Asks for anything larger than what the sender holds, and for content to be pushed from now on. */
    record Gets(List<Version> held) implements ExtensionRecord {
        public Gets {
            held = ExtensionLayout.listOf(held, ExtensionLayout.VERSION_BYTES, 0);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.gets(held);
        }
    }

    /** Asks to be told instead of pushed to. */
    record Prune() implements ExtensionRecord {
        @Override
        public void dispatch(Handler handler) {
            handler.prune();
        }
    }

    /** Asks to be pushed to again. */
    record Graft() implements ExtensionRecord {
        @Override
        public void dispatch(Handler handler) {
            handler.graft();
        }
    }

    /** Asks that this cookie be echoed in the headers of the answers. */
    record Token(long cookie) implements ExtensionRecord {
        @Override
        public void dispatch(Handler handler) {
            handler.token(cookie);
        }
    }

    /** Asks what is held under these keys; answered at once with {@link Metas}, so that a miss is definite. */
    record Ask(List<Hash> keys) implements ExtensionRecord {
        public Ask {
            keys = ExtensionLayout.listOf(keys, ExtensionLayout.KEY_BYTES, 0);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.ask(keys);
        }
    }

    /**
     * Introduces the sender; first on a stream.
     *
     * @param listenPort where the sender accepts streams, 0 if nowhere
     * @param maxFrameBytes unsigned: the largest frame that the sender accepts
     * @param maxLeaseSeconds unsigned: the network's longest lease
     * @param clusterHash tells networks of different names apart
     * @param advertised where the sender says that it can be reached
     */
    record Hello(
            int listenPort, int maxFrameBytes, int maxLeaseSeconds, long clusterHash, Optional<NetAddress> advertised)
            implements ExtensionRecord {
        public Hello {
            if (listenPort < 0 || listenPort > 0xffff) {
                throw new IllegalArgumentException("not a port: " + listenPort);
            }
            Objects.requireNonNull(advertised, "advertised");
        }

        /** Without an address of its own. */
        public Hello(int listenPort, int maxFrameBytes, int maxLeaseSeconds, long clusterHash) {
            this(listenPort, maxFrameBytes, maxLeaseSeconds, clusterHash, Optional.empty());
        }

        @Override
        public void dispatch(Handler handler) {
            handler.hello(this);
        }
    }

    /** What can be done with each record. Encoding is one handler, the node another. */
    interface Handler {
        void metas(List<Meta> metas);

        void push(Push push);

        void stamp(Stamp stamp);

        void gets(List<Version> held);

        void prune();

        void graft();

        void token(long cookie);

        void ask(List<Hash> keys);

        void hello(Hello hello);

        void peers(List<NetAddress> addresses);

        void wards(List<NetAddress> addresses);

        void flow(LinkRecord.Flow flow);

        void seen(NetAddress address);

        void trunk(LinkRecord.Trunk trunk);

        void wall(long clock);

        void sums(TreeRecord.Sums sums);

        void listing(TreeRecord.Listing listing);

        void root(TreeRecord.Root root);

        void chunkGet(ChunkRecord.ChunkGet chunkGet);

        void chunk(ChunkRecord.Chunk chunk);

        void query(ClientRecord.Query query);

        void reply(ClientRecord.Reply reply);

        void watch(List<Hash> keys);
    }

    /** Does nothing with any record, for handlers that care for few. */
    interface Ignoring extends Handler {
        @Override
        default void metas(List<Meta> metas) {}

        @Override
        default void push(Push push) {}

        @Override
        default void stamp(Stamp stamp) {}

        @Override
        default void gets(List<Version> held) {}

        @Override
        default void prune() {}

        @Override
        default void graft() {}

        @Override
        default void token(long cookie) {}

        @Override
        default void ask(List<Hash> keys) {}

        @Override
        default void hello(Hello hello) {}

        @Override
        default void peers(List<NetAddress> addresses) {}

        @Override
        default void wards(List<NetAddress> addresses) {}

        @Override
        default void flow(LinkRecord.Flow flow) {}

        @Override
        default void seen(NetAddress address) {}

        @Override
        default void trunk(LinkRecord.Trunk trunk) {}

        @Override
        default void wall(long clock) {}

        @Override
        default void sums(TreeRecord.Sums sums) {}

        @Override
        default void listing(TreeRecord.Listing listing) {}

        @Override
        default void root(TreeRecord.Root root) {}

        @Override
        default void chunkGet(ChunkRecord.ChunkGet chunkGet) {}

        @Override
        default void chunk(ChunkRecord.Chunk chunk) {}

        @Override
        default void query(ClientRecord.Query query) {}

        @Override
        default void reply(ClientRecord.Reply reply) {}

        @Override
        default void watch(List<Hash> keys) {}
    }
}
