package org.simpledht.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Frames of every kind with everything in them rolled, small ones rather than large. */
final class RandomFrames {

    /** Kinds of record that {@link #record} makes. */
    static final int KINDS = 23;

    private final Random dice;

    RandomFrames(long seed) {
        dice = new Random(seed);
    }

    Frame extended() {
        return Frame.extended(carrier(), new Extension(header(), many(this::record)));
    }

    Header header() {
        return new Header(dice.nextInt(0x80) << 1, number(), number(), number());
    }

    Message carrier() {
        return switch (dice.nextInt(5)) {
            case 0 -> new Message.Get(hash());
            case 1 -> new Message.Put(hash(), content());
            case 2 -> new Message.IHave(hash());
            case 3 -> new Message.Discover(address());
            default -> Message.KEEP_ALIVE;
        };
    }

    private ExtensionRecord record() {
        return record(dice.nextInt(KINDS));
    }

    ExtensionRecord record(int kind) {
        return switch (kind) {
            case 0 -> new ExtensionRecord.Metas(many(this::meta));
            case 1 -> new ExtensionRecord.Push(hash(), number(), integer(), content());
            case 2 -> new ExtensionRecord.Stamp(number(), integer());
            case 3 -> new ExtensionRecord.Gets(many(this::version));
            case 4 -> ExtensionRecord.PRUNE;
            case 5 -> new ExtensionRecord.Token(number());
            case 6 -> new ExtensionRecord.Ask(many(this::hash));
            case 7 ->
                new ExtensionRecord.Hello(
                        port(),
                        integer(),
                        integer(),
                        number(),
                        dice.nextBoolean() ? Optional.empty() : Optional.of(address()));
            case 8 -> new TreeRecord.Sums(prefix(15), sums());
            case 9 -> new TreeRecord.Listing(prefix(16), many(this::meta));
            case 10 -> new TreeRecord.Root(number(), integer());
            case 11 -> new ChunkRecord.ChunkGet(version(), integer(), integer());
            case 12 -> new ChunkRecord.Chunk(version(), integer(), content());
            case 13 -> new LinkRecord.Peers(many(this::address));
            case 14 -> new LinkRecord.Flow(number(), integer(), integer());
            case 15 -> new LinkRecord.Seen(address());
            case 16 -> new ClientRecord.Query(integer(), dice.nextInt(256), number());
            case 17 -> new ClientRecord.Reply(integer(), number(), content());
            case 18 -> new ClientRecord.Watch(many(this::hash));
            case 19 -> new LinkRecord.Wards(many(this::address));
            case 20 -> ExtensionRecord.GRAFT;
            case 21 -> new LinkRecord.Trunk(integer(), dice.nextInt(1 << 16), dice.nextInt(1 << 7), dice.nextBoolean());
            case 22 -> new LinkRecord.Wall(number());
            default -> throw new AssertionError(kind);
        };
    }

    private <T> List<T> many(Supplier<T> one) {
        List<T> all = new ArrayList<>();
        for (int left = dice.nextInt(5); left > 0; left--) {
            all.add(one.get());
        }
        return all;
    }

    /** Among them the ends of the range. */
    private long number() {
        return switch (dice.nextInt(5)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MIN_VALUE;
            default -> dice.nextLong();
        };
    }

    private int integer() {
        return (int) (number() >>> 32);
    }

    private int port() {
        return integer() & 0xffff;
    }

    private Hash hash() {
        return new Hash(number());
    }

    private Version version() {
        return new Version(hash(), number(), number());
    }

    private Meta meta() {
        return new Meta(hash(), number(), number(), integer(), integer());
    }

    private Prefix prefix(int maxDepth) {
        return Prefix.of(number(), dice.nextInt(maxDepth + 1) * Prefix.LEVEL_BITS);
    }

    private ChildSums sums() {
        long[] sums = new long[Prefix.CHILDREN];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = number();
        }
        return ChildSums.of(sums);
    }

    private NetAddress address() {
        return NetAddress.of(bytes(dice.nextBoolean() ? 4 : 16), port());
    }

    private Content content() {
        return Content.of(bytes(dice.nextInt(40)));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        dice.nextBytes(bytes);
        return bytes;
    }
}
