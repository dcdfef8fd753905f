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

    /**
     * Where the sender is in the tree along which contents are relayed.
     *
     * @param root of which tree: the upper half of its node id
     * @param round a u16: the root's last one of which the sender has heard
     * @param hops how far the root is, at most {@link #NO_WAY}
     * @param isParent whether the addressee is the sender's next one on the way there
     */
    record Trunk(int root, int round, int hops, boolean isParent) implements LinkRecord {

        /** The sender knows no way to the root. */
        public static final int NO_WAY = 0x7f;

        public Trunk {
            if (round < 0 || round > 0xffff) {
                throw new IllegalArgumentException("a round is a u16: " + round);
            }
            if (hops < 0 || hops > NO_WAY) {
                throw new IllegalArgumentException("hops are 0 to " + NO_WAY + ": " + hops);
            }
        }

        @Override
        public void dispatch(Handler handler) {
            handler.trunk(this);
        }
    }

    /**
     * What the sender's wall clock says, while its physical clock differs from that: whose neighbours' wall clocks agree with its own
     * may adopt it, though their physical clocks do not.
     *
     * @param clock Unix milliseconds in the upper 48 bits, as in a header
     */
    record Wall(long clock) implements LinkRecord {
        @Override
        public void dispatch(Handler handler) {
            handler.wall(clock);
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
