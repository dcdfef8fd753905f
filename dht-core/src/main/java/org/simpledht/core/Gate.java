package org.simpledht.core;

import java.nio.ByteBuffer;
import java.util.List;
import org.simpledht.protocol.SipHash24;
import org.simpledht.types.Hash;
import org.simpledht.types.IpNetwork;
import org.simpledht.types.NetAddress;

/**
 * What an address may cost this node, and what may go there, before whoever speaks from it has shown that it receives there, too: by a
 * cookie of ours in the token of a header, or in a Get that answers the IHave of one (docs/PROTOCOL.md, "Validation"). Whose
 * connection was made, and whose network is trusted, has nothing to show.
 */
final class Gate {

    /** Bytes that may go to an address for each that came from there. */
    private static final int CREDIT = 3;

    /** More is not saved up. */
    private static final int MOST_CREDIT_BYTES = 1 << 18;

    private static final int MOST_SOURCES = 4_096;
    private static final int MOST_PROVEN = 4_096;
    private static final int MOST_NETWORKS = 4_096;
    private static final int NODE_BURST = 4;
    private static final int NETWORK_BURST = 16;
    private static final int WRITES_BURST = 2;

    private static final long PROVEN_NANOS = 600_000_000_000L;

    /** Who has shown it so long ago is asked again, early enough for all to get lost a few times. */
    private static final long SHOWN_NANOS = 300_000_000_000L;

    private static final long CHALLENGE_NANOS = 1_000_000_000L;

    /** Those that somebody told of: so many new ones a second, each so often at first, and then again and again. */
    private static final int MEETINGS_PER_SECOND = 5;

    private static final int PROBES = 3;

    /** Were it much longer, a node that lost its first greetings would stay alone: simulated networks have shown it. */
    private static final long PROBED_AGAIN_NANOS = 5_000_000_000L;

    /** What a greeting takes at most, with all that may be in it. */
    private static final int PROBE_BYTES = 256;

    /** What is kept of an address that has shown nothing yet. */
    private static final class Source {
        private final TokenBucket frames;
        private long creditBytes;
        private boolean challenged;
        private long challengedNanos;
        private int probes;
        private long probedNanos;

        Source(int framesPerSecond) {
            frames = new TokenBucket(framesPerSecond, framesPerSecond);
        }
    }

    private final GateSettings settings;
    private final List<Binding> bindings;
    private final Cookies cookies;
    private final Counter.Board counters;
    private final Bounded<NetAddress, Source> sources = new Bounded<>(MOST_SOURCES);
    private final Bounded<NetAddress, Long> provenNanos = new Bounded<>(MOST_PROVEN);
    private final Bounded<Subnet, TokenBucket> networks = new Bounded<>(MOST_NETWORKS);
    private final TokenBucket guests;
    private final TokenBucket writes;
    private final TokenBucket meetings = new TokenBucket(MEETINGS_PER_SECOND, MEETINGS_PER_SECOND);

    Gate(GateSettings settings, List<Binding> bindings, Counter.Board counters, Now start) {
        this.settings = settings;
        this.bindings = bindings;
        this.counters = counters;
        byte[] secret = ByteBuffer.allocate(SipHash24.KEY_BYTES)
                .putLong(settings.secret0())
                .putLong(settings.secret1())
                .array();
        cookies = new Cookies(new SipHash24(secret), start);
        guests = new TokenBucket(settings.guestBytesPerSecond(), (long) NODE_BURST * settings.guestBytesPerSecond());
        writes =
                new TokenBucket(settings.guestWritesPerSecond(), (long) WRITES_BURST * settings.guestWritesPerSecond());
    }

    private Source source(NetAddress address) {
        Source source = sources.get(address);
        if (source == null) {
            source = new Source(settings.guestFramesPerSecond());
            sources.put(address, source);
        }
        return source;
    }

    // Who has shown it

    /** Whether nobody can speak from there who does not receive there: of a connection, or of a trusted network. */
    boolean isExempt(Path path) {
        return bindings.get(path.binding()).stream() || isTrusted(path);
    }

    private boolean isTrusted(Path path) {
        for (IpNetwork network : settings.trusted()) {
            if (network.contains(path.remote())) {
                return true;
            }
        }
        return false;
    }

    /** Whether who speaks from there has shown lately that it receives there, or need not. */
    boolean isProven(Path path, Now now) {
        return isExempt(path) || hasProven(path.remote(), now);
    }

    /**
     * Whether as much may go there as one likes though nobody has spoken from there yet. That a connection would show who is there says
     * nothing before it has been made: making it is what somebody who was only told of must not be burdened with.
     */
    boolean isFree(Path path, Now now) {
        return isTrusted(path) || hasProven(path.remote(), now);
    }

    private boolean hasProven(NetAddress address, Now now) {
        Long at = provenNanos.get(address);
        return at != null && now.since(at) < PROVEN_NANOS;
    }

    /** Whether who is there has shown it, and is remembered for it; of those who need not, none is. */
    boolean hasShown(Path path) {
        return provenNanos.containsKey(path.remote());
    }

    /** Whether it is time that who is there shows it, or shows it again. */
    boolean mustShowAgain(Path path, Now now) {
        Long at = provenNanos.get(path.remote());
        return at == null || now.since(at) >= SHOWN_NANOS;
    }

    /** Whether the token of a header shows it. */
    boolean isProvenBy(long token, Path from, Now now) {
        if (isExempt(from)) {
            return true;
        }
        boolean isOurs = cookies.isOf(from.remote(), token, now);
        if (isOurs) {
            proven(from.remote(), now);
        }
        return isOurs;
    }

    /** Whether a Get is the answer to a challenge of ours, and shows it. */
    boolean isProvenBy(Hash asked, Path from, Now now) {
        boolean isOurs = isCookie(asked, from, now);
        if (isOurs) {
            proven(from.remote(), now);
        }
        return isOurs;
    }

    private void proven(NetAddress address, Now now) {
        provenNanos.put(address, now.nanos());
        sources.remove(address);
    }

    /** Whether a hash is nothing but what we have told whoever is there. */
    boolean isCookie(Hash hash, Path from, Now now) {
        return !isExempt(from) && cookies.isOf(from.remote(), hash.bits(), now);
    }

    /** Whether that is what we have told whoever is there, and nobody else. */
    boolean isCookieOf(Path there, long token, Now now) {
        return cookies.isOf(there.remote(), token, now);
    }

    long cookie(Path to, Now now) {
        return cookies.of(to.remote(), now);
    }

    /** The challenge for whoever is there, if it is time for one: or null. */
    Hash challenge(Path to, Now now) {
        Source source = source(to.remote());
        if (source.challenged && now.since(source.challengedNanos) < CHALLENGE_NANOS) {
            return null;
        }
        source.challenged = true;
        source.challengedNanos = now.nanos();
        return new Hash(cookie(to, now));
    }

    // What comes in

    /** Whether a frame is to be looked at; asked once of each, before anything else. */
    boolean admits(Path from, int bytes, Now now) {
        if (isProven(from, now)) {
            return true;
        }
        Source source = source(from.remote());
        if (!source.frames.tryTake(1, now)) {
            counters.add(Counter.GUEST_FRAMES_REFUSED);
            return false;
        }
        source.creditBytes = Math.min(MOST_CREDIT_BYTES, source.creditBytes + (long) CREDIT * bytes);
        return true;
    }

    /** Whether what shows nothing is to be looked at, though somebody at its address has shown it: it may be forged. */
    boolean admitsDoubtful(Path from, Now now) {
        if (!hasProven(from.remote(), now)) {
            return true;
        }
        boolean admits = source(from.remote()).frames.tryTake(1, now);
        if (!admits) {
            counters.add(Counter.GUEST_FRAMES_REFUSED);
        }
        return admits;
    }

    /** Whether one of those who have shown nothing may write something here: all together only so much. */
    boolean admitsWrite(Now now) {
        boolean admits = writes.tryTake(1, now);
        if (!admits) {
            counters.add(Counter.GUEST_WRITES_REFUSED);
        }
        return admits;
    }

    // What goes out

    /** Whether a frame may go there: as much as three times of what came from there, and beyond that as guests get. */
    boolean lets(Path to, int bytes, Now now) {
        if (isProven(to, now)) {
            return true;
        }
        Source source = source(to.remote());
        if (source.creditBytes >= bytes) {
            source.creditBytes -= bytes;
            return true;
        }
        TokenBucket network = network(to.remote());
        if (guests.holds(bytes, now) && network.tryTake(bytes, now)) {
            guests.take(bytes, now);
            return true;
        }
        counters.add(Counter.GUEST_FRAMES_WITHHELD);
        return false;
    }

    private TokenBucket network(NetAddress address) {
        int perSecond = settings.guestBytesPerNetwork();
        return networks.computeIfAbsent(
                Subnet.around(address), network -> new TokenBucket(perSecond, (long) NETWORK_BURST * perSecond));
    }

    /** The user has named that address: a greeting may go there. */
    void vouch(Path to, Now now) {
        if (!isProven(to, now)) {
            source(to.remote()).creditBytes += PROBE_BYTES;
        }
    }

    /**
     * Whether somebody new may be met whom somebody told of. Of a trusted network only those who are in it are believed: else a stranger
     * could have all its ports tried.
     *
     * @param teller who told of it
     */
    boolean mayMeet(Path path, Path teller, Now now) {
        boolean isKnown = hasProven(path.remote(), now) || isTrusted(path) && isTrusted(teller);
        return isKnown || meetings.tryTake(1, now);
    }

    /** Whether an address that somebody told of may be greeted once more; then a greeting may go there. */
    boolean mayProbe(Path to, Now now) {
        if (isFree(to, now)) {
            return true;
        }
        Source source = source(to.remote());
        if (source.probes >= PROBES && now.since(source.probedNanos) < PROBED_AGAIN_NANOS) {
            return false;
        }
        source.probes++;
        source.probedNanos = now.nanos();
        source.creditBytes += PROBE_BYTES;
        return true;
    }

    /** How many addresses are remembered, of those that have shown nothing and of those that have. */
    int size() {
        return sources.size() + provenNanos.size();
    }
}
