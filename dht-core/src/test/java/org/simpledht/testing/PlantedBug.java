package org.simpledht.testing;

import java.util.List;
import org.simpledht.testing.PatchedClasses.Patch;

/**
 * A defect that is put into the source for a test's sake. Where the source is changed on purpose the text here has to follow: a patch
 * that does not apply fails its test.
 */
enum PlantedBug {
    TOMBSTONE_HELD_A_STEP_TOO_SHORT(
            6,
            new Patch(
                    "core/store/Lease",
                    "return Math.max(endMillis(clock, life), (clock >>> CLOCK_COUNTER_BITS) + longestMillis);",
                    "return Math.max(endMillis(clock, life), (clock >>> CLOCK_COUNTER_BITS) + longestMillis - 10_000);")),
    ENDED_VALUE_FORGOTTEN_AT_ITS_OWN_END(
            1,
            new Patch(
                    "core/store/Lease",
                    "return Math.max(endMillis(clock, life), (clock >>> CLOCK_COUNTER_BITS) + longestMillis);",
                    "return life != 0 ? endMillis(clock, life) : (clock >>> CLOCK_COUNTER_BITS) + longestMillis;")),
    ENDED_VALUE_SHOWN_UNTIL_THE_NEXT_TICK(
            1,
            new Patch(
                    "core/store/Held",
                    "return content != null && endMillis() > nowMillis;",
                    "return content != null;")),
    RENEWAL_UNDER_A_NEW_CLOCK(
            4,
            new Patch(
                    "core/store/Store",
                    "return new Meta(held.key(), held.clock(), held.digest(), life, held.size());",
                    "long renewed = clock.next(physicalMillis, held.clock());\n        return new Meta(held.key(), renewed, held.digest(), lease.longestSeconds(), held.size());")),
    RENEWED_LIFE_ROUNDED_UP(
            4,
            new Patch(
                    "core/store/Lease",
                    "Math.floorDiv(remaining, MILLIS_PER_SECOND)",
                    "Math.floorDiv(remaining + MILLIS_PER_SECOND - 1, MILLIS_PER_SECOND)")),
    RENEWAL_TAKEN_FOR_THE_SAME(
            67, new Patch("protocol/Meta", "order = Integer.compareUnsigned(life, other.life);", "order = 0;")),
    PUBLISHER_NEVER_STOPS(
            4,
            new Patch(
                    "core/store/Publisher",
                    "if (entry != null && entry.written != null && !isSameWrite(entry.written, meta)) {",
                    "if (entry == null && meta == null) {")),
    ORDER_BY_CLOCK_ALONE(
            2, new Patch("protocol/Meta", "order = Long.compareUnsigned(digest, other.digest);", "return 0;")),
    TIE_RESOLVED_BY_ORDER_OF_ARRIVAL(
            2,
            new Patch(
                    "core/store/Store",
                    "int order = before == null ? 1 : meta.compareVersion(before.meta());",
                    "boolean ties = before != null && before.clock == meta.clock() && before.digest != meta.digest();\n        int order = before == null || ties ? 1 : meta.compareVersion(before.meta());")),
    OLDER_OVERWRITES_NEWER(1, new Patch("core/store/Store", "if (order <= 0) {", "if (order == 0) {")),
    HYBRID_CLOCK_DOES_NOT_OBSERVE(1, new Patch("core/store/Store", "clock.observe(meta.clock(), physicalMillis);", "")),
    AHEAD_NOT_CHECKED(
            39,
            new Patch(
                    "core/store/Store",
                    "if (meta.clockMillis() > physicalMillis + Lease.TOLERANCE_MILLIS) {",
                    "if (meta == null) {")),
    LIFE_NOT_CHECKED(39, new Patch("core/store/Store", "return isTooLong ? Applied.TOO_LONG : null;", "return null;")),
    FULL_TABLE_EVICTS(
            1,
            new Patch(
                    "core/store/Store",
                    "return isRoom(before, size, now) ? null : Applied.FULL;",
                    "if (!room.isThere(before, size) && room.entries() > 0) {\n            Held[] any = new Held[1];\n            tree.forEach(each -> any[0] = each);\n            tree.remove(any[0].x());\n            room.addBytes(-any[0].bytes());\n            room.entries(tree.entries());\n        }\n        return room.isThere(before, size) ? null : Applied.FULL;")),
    FULL_TABLE_TAKES_NO_UPDATES(
            1,
            new Patch(
                    "core/store/Room",
                    "return fits && (before != null || entries < maxEntries);",
                    "return fits && entries < maxEntries;")),
    SUM_NOT_SUBTRACTED(
            1,
            new Patch(
                    "core/store/EntryTree",
                    "before = leaf.at(index);\n            change(before, -1);\n            leaf.set",
                    "before = leaf.at(index);\n            leaf.set")),
    UNSUMMED_FLAG_LOST(6, new Patch("core/store/EntryTree", "held.summed = false;", "")),
    GETS_ANSWERED_BY_CLOCK_ALONE(
            2,
            new Patch(
                    "core/Gossip",
                    "return byClock > 0 || byClock == 0 && Long.compareUnsigned(ours.digest(), theirs.digest()) > 0;",
                    "return byClock > 0;")),
    WANTS_BACK_OFF_WITHOUT_A_CAP(
            1,
            new Patch(
                    "core/Wants",
                    "BACK_OFF_NANOS[Math.min(want.tries, BACK_OFF_NANOS.length - 1)]",
                    "(BACK_OFF_NANOS[0] << 2 * want.tries)")),
    WANTS_ASKED_FOR_ONCE(
            1,
            new Patch(
                    "core/Wants",
                    "want.tries++;",
                    "want.tries++;\n                want.nextNanos = now.nanos() + 3_600_000_000_000L;")),
    REMOVAL_NOT_RELAYED(
            2,
            new Patch(
                    "core/Dissemination",
                    "if (holders.contains(link.peer()) || refuses(link, applied)) {",
                    "if (holders.contains(link.peer()) || refuses(link, applied) || applied == Applied.ENDED) {")),
    LAZY_LINKS_NOT_TOLD(
            2, new Patch("core/Dissemination", "announcements.collect(meta.key(), lazy, tellsMore(), now);", ";")),
    PIECES_NOT_CHECKED(
            11,
            new Patch(
                    "core/Fetching",
                    "if (ContentDigest.of(content) != assembly.meta.digest()) {",
                    "if (content == null) {")),
    ROUNDS_AND_SCRUB_OFF(
            1,
            new Patch(
                    "core/Reconciler",
                    "private static boolean mayCompare(Link link, Now now) {\n        return ",
                    "private static boolean mayCompare(Link link, Now now) {\n        return false && "),
            new Patch("core/Reconciler", "            descent.scrub(neighbours.sharing());", "")),
    LISTINGS_NOT_HEEDED(
            1,
            new Patch("core/Descent", "gossip.announced(link, meta, !isYoung(meta, now), now);", ""),
            new Patch(
                    "core/Descent",
                    "boolean isLacking = their == null ? !link.isFull() : ours.isLargerThan(their);",
                    "boolean isLacking = their == null && !link.isFull();")),
    LOST_BYTES_COUNT_AS_UNDER_WAY(
            1, new Patch("core/Flow", "Math.max(0, sent - arrived - lost)", "Math.max(0, sent - arrived)")),
    HEADER_CLOCK_STANDS(
            1,
            new Patch(
                    "core/HeaderClock",
                    "last = Long.compareUnsigned(physical, last) > 0 ? physical : last + 1;",
                    "last = physical;")),
    REFRESH_WITHOUT_STAMP(
            67,
            new Patch(
                    "core/Delivery",
                    "sender.stamped(peer.path(), store.meta(hash), content, now);",
                    "sender.classic(peer.path(), new Message.Put(hash, content), now);"));

    private final long likelySeed;
    private final List<Patch> patches;

    /**
     * @param likelySeed the first that has found it, which is tried before all others: {@link PlantedBugRuns} prints it anew
     */
    PlantedBug(long likelySeed, Patch... patches) {
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
