package org.simpledht.protocol;

import java.util.Objects;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** One classic message: the protocol of 2017, and the first thing in every frame (docs/PROTOCOL.md, "Classic messages"). */
public sealed interface Message {

    /** The most bytes that the length of a {@link Put} can state. */
    int MAX_CONTENT_BYTES = 0xffff;

    /** A message without content, of which one is enough. */
    KeepAlive KEEP_ALIVE = new KeepAlive();

    /** Calls the handler's method for this message: the compiler sees to it that every handler knows all five. */
    void dispatch(Handler handler);

    /** Asks for the content of a hash; answered with {@link Put}, at once or as soon as it is known. */
    record Get(Hash hash) implements Message {
        public Get {
            Objects.requireNonNull(hash, "hash");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.get(hash);
        }
    }

    /**
     * Stores a content under a hash; acknowledged with {@link IHave}.
     *
     * @param content at most {@link #MAX_CONTENT_BYTES}
     */
    record Put(Hash hash, Content content) implements Message {
        public Put {
            Objects.requireNonNull(hash, "hash");
            if (content.size() > MAX_CONTENT_BYTES) {
                throw new IllegalArgumentException(
                        "a Put carries at most " + MAX_CONTENT_BYTES + " bytes of content, not " + content.size());
            }
        }

        @Override
        public void dispatch(Handler handler) {
            handler.put(hash, content);
        }
    }

    /** A sign of life. */
    record KeepAlive() implements Message {
        @Override
        public void dispatch(Handler handler) {
            handler.keepAlive();
        }
    }

    /** Announces that the sender holds a hash; whoever lacks it answers with {@link Get}. */
    record IHave(Hash hash) implements Message {
        public IHave {
            Objects.requireNonNull(hash, "hash");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.iHave(hash);
        }
    }

    /** Tells of another node, to be reached over the transport that this message came over. */
    record Discover(NetAddress peer) implements Message {
        public Discover {
            Objects.requireNonNull(peer, "peer");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.discover(peer);
        }
    }

    /** What can be done with each message. Encoding is one handler, the node another. */
    interface Handler {
        void get(Hash hash);

        void put(Hash hash, Content content);

        void keepAlive();

        void iHave(Hash hash);

        void discover(NetAddress peer);
    }
}
