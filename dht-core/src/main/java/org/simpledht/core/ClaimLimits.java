package org.simpledht.core;

import org.simpledht.types.NetAddress;

/**
 * How often addresses that somebody claims for its own are heeded, and asked. It is remembered of where claimants speak from, and not of their
 * links: those end when the claimant likes, and each begins with another node id.
 */
final class ClaimLimits {

    /** So soon nobody who speaks the truth is at yet another address. */
    private static final long CHANGE_NANOS = 60_000_000_000L;

    private static final int MOST_CLAIMANTS = 1_024;
    private static final int MOST_ASKED = 1_024;
    private static final int MOST_SUBNETS = 1_024;

    /** As many as there are places may come from one subnet at once, behind one router for instance, and as many again in a minute. */
    private static final int SECONDS_PER_CLAIM = 6;

    private static final int BURST_SECONDS = SECONDS_PER_CLAIM * Places.MOST;
    private static final int HOST_BITS_V4 = 32;
    private static final int HOST_BITS_V6 = 64;

    private record Heeded(Path claimed, long sinceNanos) {}

    private record Asked(NetAddress host, Path claimed) {}

    private final Bounded<Path, Heeded> byClaimant = new Bounded<>(MOST_CLAIMANTS);
    private final Bounded<Subnet, TokenBucket> bySubnet = new Bounded<>(MOST_SUBNETS);
    private final Bounded<Asked, Claim.Questions> questions = new Bounded<>(MOST_ASKED);

    /** Whether it is heeded that whoever speaks from there claims to be elsewhere. */
    boolean mayClaim(Path claimant, Path claimed, Now now) {
        Heeded before = byClaimant.get(claimant);
        if (before != null && before.claimed().equals(claimed)) {
            return true;
        }
        boolean isTooSoon = before != null && now.since(before.sinceNanos()) < CHANGE_NANOS;
        if (isTooSoon || !budget(claimant).tryTake(SECONDS_PER_CLAIM, now)) {
            return false;
        }
        byClaimant.put(claimant, new Heeded(claimed, now.nanos()));
        return true;
    }

    private TokenBucket budget(Path claimant) {
        return bySubnet.computeIfAbsent(Subnet.around(claimant.remote()), subnet -> new TokenBucket(1, BURST_SECONDS));
    }

    /** How often that address was asked on the word of whoever is at the claimant's host. */
    Claim.Questions questions(Path claimant, Path claimed) {
        NetAddress remote = claimant.remote();
        NetAddress host = remote.inNetwork(remote.isV6() ? HOST_BITS_V6 : HOST_BITS_V4);
        return questions.computeIfAbsent(new Asked(host, claimed), asked -> new Claim.Questions());
    }
}
