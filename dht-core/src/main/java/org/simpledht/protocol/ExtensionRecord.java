package org.simpledht.protocol;

import java.util.List;
import org.simpledht.types.Hash;

/** One record of an extension. */
public sealed interface ExtensionRecord {

    void dispatch(Handler handler);

    /** "I hold these", also the answer to {@link Ask}. */
    record Metas(List<Meta> metas) implements ExtensionRecord {
        public Metas {
            metas = List.copyOf(metas);
        }

        @Override
        public void dispatch(Handler handler) {
            handler.metas(metas);
        }
    }

    /** Asks what is held under these keys; answered at once with {@link Metas}, so that a miss is definite. */
    record Ask(List<Hash> keys) implements ExtensionRecord {
        public Ask {
            keys = List.copyOf(keys);
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
     */
    record Hello(int listenPort, int maxFrameBytes, int maxLeaseSeconds, long clusterHash) implements ExtensionRecord {
        public Hello {
            if (listenPort < 0 || listenPort > 0xffff) {
                throw new IllegalArgumentException("not a port: " + listenPort);
            }
        }

        @Override
        public void dispatch(Handler handler) {
            handler.hello(this);
        }
    }

    /** What can be done with each record. */
    interface Handler {
        void metas(List<Meta> metas);

        void ask(List<Hash> keys);

        void hello(Hello hello);
    }
}
