package org.simpledht.testing;

import java.util.HashMap;
import java.util.Map;
import org.simpledht.types.NetAddress;

/**
 * What a good node sends to those who have not shown that they receive: at most three times of what came from there, some greetings, and
 * beyond that what the budget has. It is added up over all time, so it does not matter when which part of it goes.
 */
final class Ledger {

    private static final int CREDIT = 3;
    private static final long GREETING_BYTES = 256;
    private static final long GREETINGS_AT_ONCE = 3;
    private static final long GREETED_AGAIN_NANOS = 5_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long OF_NODE = 64 << 10;
    private static final long OF_NODE_AT_ONCE = 256 << 10;
    private static final long OF_NETWORK = 8 << 10;
    private static final long OF_NETWORK_AT_ONCE = 128 << 10;
    private static final int NETWORK_BITS_V4 = 24;
    private static final int NETWORK_BITS_V6 = 48;

    private static final class Account {
        private final long sinceNanos;
        private long sent;
        private long received;
        private long beyond;

        Account(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    private final String node;
    private final long startNanos;
    private final Map<NetAddress, Account> accounts = new HashMap<>();
    private final Map<NetAddress, Long> beyondOfNetworks = new HashMap<>();
    private long beyondOfNode;

    /**
     * @param startNanos when this life of the node begins
     */
    Ledger(String node, long startNanos) {
        this.node = node;
        this.startNanos = startNanos;
    }

    private Account account(NetAddress of, long nowNanos) {
        return accounts.computeIfAbsent(of, a -> new Account(nowNanos));
    }

    /** How many addresses there are that have said something and shown nothing, or have been spoken to. */
    int size() {
        return accounts.size();
    }

    void received(NetAddress from, int bytes, long nowNanos) {
        account(from, nowNanos).received += bytes;
    }

    /**
     * @throws AssertionError if it is too much
     */
    void sent(NetAddress to, int bytes, long nowNanos) {
        Account account = account(to, nowNanos);
        account.sent += bytes;
        long greetings = GREETINGS_AT_ONCE + 1 + (nowNanos - account.sinceNanos) / GREETED_AGAIN_NANOS;
        long beyond = account.sent - CREDIT * account.received - greetings * GREETING_BYTES;
        if (beyond <= account.beyond) {
            return;
        }
        long more = beyond - Math.max(0, account.beyond);
        account.beyond = beyond;
        beyondOfNode += more;
        require(to, beyondOfNode, OF_NODE_AT_ONCE, OF_NODE, nowNanos);
        long beyondOfNetwork = beyondOfNetworks.merge(network(to), more, Long::sum);
        require(to, beyondOfNetwork, OF_NETWORK_AT_ONCE, OF_NETWORK, nowNanos);
    }

    private static NetAddress network(NetAddress of) {
        return of.inNetwork(of.isV6() ? NETWORK_BITS_V6 : NETWORK_BITS_V4);
    }

    private void require(NetAddress to, long beyond, long atOnce, long perSecond, long nowNanos) {
        if (beyond > atOnce + perSecond * (nowNanos - startNanos) / NANOS_PER_SECOND) {
            Account account = accounts.get(to);
            throw new AssertionError(
                    node + " has sent " + account.sent + " bytes to " + to + ", of which " + account.received
                            + " have come; with others like it that is " + beyond + " beyond three times of it");
        }
    }
}
