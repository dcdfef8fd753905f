package org.simpledht.protocol;

import java.util.List;
import java.util.Objects;
import org.simpledht.types.NetAddress;

/** About the link and what is at its ends (docs/PROTOCOL.md, "The extension"). */
public sealed interface LinkRecord extends ExtensionRecord {

    /** Candidates, to be reached over the transport that this record came over. Answered in kind, unless it is an answer. */
    record Peers(List<NetAddress> addresses) implements LinkRecord {
        public Peers {
            addresses = List.copyOf(addresses);
            ExtensionLayout.requireBody(ExtensionSizes.addressesBody(addresses));
        }

        @Override
        public void dispatch(Handler handler) {
            handler.peers(addresses);
        }
    }

    /**
     * The originals that the sender talks to: of all who name one, one does the talking.
     */
    record Wards(List<NetAddress> addresses) implements LinkRecord {
        public Wards {
            addresses = List.copyOf(addresses);
            ExtensionLayout.requireBody(ExtensionSizes.addressesBody(addresses));
        }

        @Override
        public void dispatch(Handler handler) {
            handler.wards(addresses);
        }
    }

    /**
     * How much came through.
     *
     * @param received unsigned: bytes received from the addressee in all
     * @param mark unsigned: to be echoed
     * @param echo unsigned: the addressee's last mark that the sender saw
     */
    record Flow(long received, int mark, int echo) implements LinkRecord {
        @Override
        public void dispatch(Handler handler) {
            handler.flow(this);
        }
    }

    /** The address from which the addressee's {@link ExtensionRecord.Hello} came. */
    record Seen(NetAddress address) implements LinkRecord {
        public Seen {
            Objects.requireNonNull(address, "address");
        }

        @Override
        public void dispatch(Handler handler) {
            handler.seen(address);
        }
    }
}
