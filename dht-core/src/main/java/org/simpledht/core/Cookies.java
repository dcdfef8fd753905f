package org.simpledht.core;

import org.simpledht.protocol.SipHash24;
import org.simpledht.types.NetAddress;

/**
 * Numbers that only who receives at an address can know: a keyed hash of the address and of the minute, so nothing is kept of those
 * who were told theirs (docs/PROTOCOL.md, "Validation"; after the SYN cookies of Bernstein, 1996). The one of this minute counts and
 * that of the last.
 */
final class Cookies {

    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int MINUTE = 1;
    private static final int ADDRESS = 2;

    private final SipHash24 hash;
    private final long startNanos;

    /**
     * @param secret known to nobody else
     */
    Cookies(SipHash24 secret, Now start) {
        hash = secret;
        startNanos = start.nanos();
    }

    /** What to tell who is at that address; never 0. */
    long of(NetAddress address, Now now) {
        return of(address, minute(now));
    }

    /** Whether somebody there can have been told that lately. */
    boolean isOf(NetAddress address, long cookie, Now now) {
        long minute = minute(now);
        return cookie != 0 && (cookie == of(address, minute) || cookie == of(address, minute - 1));
    }

    private long minute(Now now) {
        return now.since(startNanos) / MINUTE_NANOS;
    }

    private long of(NetAddress address, long minute) {
        int family = address.isV6() ? 1 << 16 : 0;
        // A key of its own for each minute, so that no two minutes' cookies have anything to do with each other.
        long secret = hash.of(minute, 0, 0, MINUTE, 0);
        long cookie = hash.of(address.highBits(), address.lowBits(), secret, ADDRESS, family | address.port());
        return cookie == 0 ? 1 : cookie;
    }
}
