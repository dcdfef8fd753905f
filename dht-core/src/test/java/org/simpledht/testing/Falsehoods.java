package org.simpledht.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.simpledht.protocol.ChildSums;
import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Records that are well-formed, and not true. */
final class Falsehoods {

    private static final int METAS = 32;
    private static final int PEERS = 8;
    private static final int LEASE_SECONDS = 3_600;
    private static final long MOST_AHEAD_MILLIS = 9_000;
    private static final long[] FAR_MILLIS = {-86_400_000, -60_000, 11_000, 120_000, 86_400_000, 1L << 45};
    private static final int[] LIVES = {0, 1, 60, LEASE_SECONDS, LEASE_SECONDS + 60, -1};
    private static final int[] SIZES = {0, 10, 2_000, 60_000, 1 << 20, -1};

    private final SplittableRandom dice;
    private final Loot loot;

    Falsehoods(SplittableRandom dice, Loot loot) {
        this.dice = dice;
        this.loot = loot;
    }

    /** What who is really there may say without writing what belongs to others. */
    List<ExtensionRecord> ofLiar(long nowNanos) {
        return switch (dice.nextInt(18)) {
            case 0, 1 -> List.of(root());
            case 2, 3 -> List.of(sums(), sums());
            case 4, 5 -> List.of(new TreeRecord.Listing(prefix(), metas(nowNanos)));
            case 6, 7 -> List.of(new ExtensionRecord.Metas(metas(nowNanos)));
            case 8 ->
                List.of(new ExtensionRecord.Push(
                        loot.keyOfLiars(),
                        loot.clockAt(nowNanos, dice.nextLong(MOST_AHEAD_MILLIS)),
                        1 + dice.nextInt(LEASE_SECONDS),
                        bytes(dice.nextInt(1_000))));
            case 9 -> List.of(trunk(), trunk());
            case 10 -> List.of(peers());
            case 11 -> List.of(hello(Optional.of(loot.anyVictim())));
            case 12 -> List.of(new LinkRecord.Wards(List.of(loot.anyVictim(), loot.anyVictim())));
            case 13 -> List.of(flow(), new LinkRecord.Seen(loot.anyVictim()));
            case 14 -> List.of(gets(), ask());
            case 15 -> List.of(chunkGet(nowNanos), chunk(nowNanos));
            case 16 -> List.of(ExtensionRecord.PRUNE);
            default -> List.of(ExtensionRecord.GRAFT);
        };
    }

    /** What would change a table or a link, if it were heeded. */
    List<ExtensionRecord> ofForger(long nowNanos) {
        Hash key = loot.keyOfHonest();
        long clock = loot.clockAt(nowNanos, dice.nextLong(MOST_AHEAD_MILLIS));
        return switch (dice.nextInt(5)) {
            case 0 -> List.of(new ExtensionRecord.Push(key, clock, LEASE_SECONDS, bytes(20)));
            case 1 -> List.of(new ExtensionRecord.Metas(List.of(Meta.removal(key, clock))));
            case 2 -> List.of(new TreeRecord.Listing(Prefix.ROOT, List.of(Meta.removal(key, clock))));
            case 3 -> List.of(new ExtensionRecord.Token(dice.nextLong()));
            default -> ofLiar(nowNanos);
        };
    }

    ExtensionRecord hello(Optional<NetAddress> advertised) {
        return new ExtensionRecord.Hello(4_000, 66_560, LEASE_SECONDS, Cluster.UNNAMED.hash(), advertised);
    }

    private List<Meta> metas(long nowNanos) {
        List<Meta> metas = new ArrayList<>();
        for (int i = dice.nextInt(1 + METAS); i > 0; i--) {
            metas.add(dice.nextInt(8) == 0 ? larger(nowNanos) : invented(nowNanos));
        }
        return metas;
    }

    /** A version of what somebody else wrote, of which there is no content: so it must never come to anything. */
    private Meta larger(long nowNanos) {
        long clock = loot.clockAt(nowNanos, dice.nextLong(MOST_AHEAD_MILLIS));
        int life = 600 + dice.nextInt(LEASE_SECONDS);
        return new Meta(loot.keyOfHonest(), clock, dice.nextLong() | 1, life, SIZES[dice.nextInt(SIZES.length)]);
    }

    private Meta invented(long nowNanos) {
        long ahead = dice.nextBoolean()
                ? dice.nextLong(-MOST_AHEAD_MILLIS, MOST_AHEAD_MILLIS)
                : FAR_MILLIS[dice.nextInt(FAR_MILLIS.length)];
        long digest = dice.nextInt(8) == 0 ? 0 : dice.nextLong();
        return new Meta(
                loot.keyOfNobody(),
                loot.clockAt(nowNanos, ahead),
                digest,
                LIVES[dice.nextInt(LIVES.length)],
                SIZES[dice.nextInt(SIZES.length)]);
    }

    private ExtensionRecord root() {
        return new TreeRecord.Root(dice.nextLong(), dice.nextInt());
    }

    private ExtensionRecord sums() {
        long[] sums = new long[Prefix.CHILDREN];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = dice.nextLong();
        }
        Prefix prefix = prefix();
        return new TreeRecord.Sums(prefix.hasChildren() ? prefix : Prefix.ROOT, ChildSums.of(sums));
    }

    private Prefix prefix() {
        int depth = dice.nextInt(3) > 0 ? 0 : dice.nextInt(17);
        return Prefix.of(dice.nextLong(), depth * Prefix.LEVEL_BITS);
    }

    private ExtensionRecord trunk() {
        int root = dice.nextBoolean() ? 0 : dice.nextInt();
        return new LinkRecord.Trunk(root, dice.nextInt(1 << 16), dice.nextInt(128), dice.nextBoolean());
    }

    ExtensionRecord peers() {
        return new LinkRecord.Peers(IntStream.range(0, PEERS)
                .mapToObj(i -> dice.nextBoolean() ? loot.anyVictim() : loot.anyAddress())
                .toList());
    }

    private ExtensionRecord flow() {
        return new LinkRecord.Flow(dice.nextLong(), dice.nextInt(), dice.nextInt(64));
    }

    ExtensionRecord gets() {
        return new ExtensionRecord.Gets(IntStream.range(0, METAS)
                .mapToObj(i -> Version.nothing(dice.nextBoolean() ? loot.keyOfHonest() : loot.keyOfNobody()))
                .toList());
    }

    ExtensionRecord ask() {
        return new ExtensionRecord.Ask(
                IntStream.range(0, METAS).mapToObj(i -> loot.keyOfHonest()).toList());
    }

    ExtensionRecord chunkGet(long nowNanos) {
        Version version = new Version(loot.keyOfHonest(), loot.clockAt(nowNanos, 0), dice.nextLong());
        return new ChunkRecord.ChunkGet(version, dice.nextInt(), dice.nextInt());
    }

    private ExtensionRecord chunk(long nowNanos) {
        Version version = new Version(loot.keyOfNobody(), loot.clockAt(nowNanos, 0), dice.nextLong());
        return new ChunkRecord.Chunk(version, dice.nextInt(100_000), bytes(500));
    }

    Content bytes(int size) {
        byte[] bytes = new byte[size];
        dice.nextBytes(bytes);
        return Content.of(bytes);
    }
}
