package org.simpledht.testing;

import java.util.List;
import org.simpledht.testing.PatchedClasses.Patch;

/** The same as a {@link PlantedBug}, of what keeps hostile peers from doing harm: {@link Hostility} is to find it. */
enum PlantedHole {
    GUESTS_GET_ALL_THEY_ASK_FOR(
            28,
            new Patch(
                    "core/Gate",
                    "if (source.creditBytes >= bytes) {",
                    "if (source.creditBytes >= bytes || bytes > 0) {")),
    GUESTS_WRITE_WITHOUT_END(
            22, new Patch("core/Gate", "boolean admits = writes.tryTake(1, now);", "boolean admits = true;")),
    ANY_TOKEN_PROVES(
            1,
            new Patch(
                    "core/Gate",
                    "boolean isOurs = cookies.isOf(from.remote(), token, now);",
                    "boolean isOurs = true;")),
    COOKIE_OF_ANY_ADDRESS(
            1,
            new Patch(
                    "core/Cookies",
                    "hash.of(address.highBits(), address.lowBits(), secret, ADDRESS, family | address.port());",
                    "hash.of(0, 0, secret, ADDRESS, family);")),
    ECHO_PROVES(
            11,
            new Patch(
                    "core/Arrivals",
                    "gate.isCookieOf(from, extension.header().token(), now)",
                    "gate.isProvenBy(extension.header().token(), from, now)")),
    FLAGS_OF_UNPROVEN_HEEDED(
            5,
            new Patch(
                    "core/Arrivals",
                    "counters.add(Counter.UNPROVEN_FRAMES);",
                    "if (peers.at(from) != null) {\n            paths.obeyFlags(from, peers.at(from), extension.header(), now);\n        }")),
    CARRIER_OF_UNPROVEN_HEEDED(
            1,
            new Patch(
                    "core/Arrivals",
                    "receiveUnproven(from, extension, now);\n        }\n    }\n\n    private void shows",
                    "receiveUnproven(from, extension, now);\n            reception.classic(from, peers.heard(from, false, now), frame.carrier(), now);\n        }\n    }\n\n    private void shows")),
    UNPROVEN_TOLD_TO_OTHERS(
            1,
            new Patch(
                    "core/Introductions",
                    "known.remove(link.whereabouts().address());",
                    "peers.all().forEach(peer -> known.add(peer.path().remote()));\n        known.remove(link.whereabouts().address());")),
    CLAIM_TOLD_BEFORE_IT_IS_SHOWN(1, new Patch("core/Claim", "return proven;", "return proven || path != null;")),
    PROVEN_GIVES_WAY_TO_GUESTS(
            3,
            new Patch(
                    "core/PeerTable", "drop(unproven.iterator().next(), now);", "drop(peers.iterator().next(), now);")),
    SOURCES_WITHOUT_A_BOUND(
            21,
            new Patch(
                    "core/Gate",
                    "sources = new Bounded<>(MOST_SOURCES);",
                    "sources = new Bounded<>(MOST_SOURCES * 100);")),
    ASKED_OF_THE_GONE_KEPT(
            90,
            new Patch("core/Solicited", "if (unanswered.size() >= peers.size() + MAX_GONE) {", "if (peers == null) {")),
    EACH_IPV6_ADDRESS_HAS_A_BUDGET_OF_ITS_OWN(
            190,
            new Patch(
                    "core/Subnet",
                    "private static final int BITS_V6 = 48;",
                    "private static final int BITS_V6 = 128;")),
    RESTART_NEEDS_NO_COOKIE(
            12,
            new Patch(
                    "core/Arrivals",
                    "} else if (gate.isProvenBy(extension.header().token(), from, now)) {",
                    "} else if (gate.isProvenBy(extension.header().token(), from, now)\n                || extension.header().token() == 0\n                        && peers.at(from) != null\n                        && peers.at(from).nodeId() != 0\n                        && peers.at(from).silenceNanos(now) > 2_500_000_000L) {")),
    ORIGINALS_GET_ALL_THEY_SEEM_TO_ASK_FOR(
            10,
            new Patch("core/Ward", "return answers.isEmpty() && pacing.mayAnswer(now);", "return answers.isEmpty();")),
    GUESTS_GET_PUTS_AS_FAST_AS_THEY_ASK(
            1_100, new Patch("core/Guardian", "boolean may = canBear(asker, now);", "boolean may = true;"));

    private final long likelySeed;
    private final List<Patch> patches;

    /**
     * @param likelySeed the first that has found it, which is tried before all others: {@link PlantedBugRuns} prints it anew
     */
    PlantedHole(long likelySeed, Patch... patches) {
        this.likelySeed = likelySeed;
        this.patches = List.of(patches);
    }

    long likelySeed() {
        return likelySeed;
    }

    List<Patch> patches() {
        return patches;
    }
}
