package org.simpledht.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.simpledht.protocol.ChildSums;
import org.simpledht.protocol.ChunkRecord;
import org.simpledht.protocol.ClientRecord;
import org.simpledht.protocol.Cluster;
import org.simpledht.protocol.ContentDigest;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.LinkRecord;
import org.simpledht.protocol.Message;
import org.simpledht.protocol.Meta;
import org.simpledht.protocol.Mix64;
import org.simpledht.protocol.Prefix;
import org.simpledht.protocol.TreeRecord;
import org.simpledht.protocol.Version;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Frames that bytes decide on, such as mean something where they are sent: about keys that are held, in answer to what was asked. */
final class FuzzedFrames {

    /** Small numbers, and pairs that are next to each other in the order of comparison. */
    static final List<Hash> KEYS = keys();

    private static final int[] SIZES = {0, 1, 5, 40, 900, 1_200, 3_000, 20_000};
    private static final int[] LIVES = {0, 1, 5, 60, 3_599, 3_600, 3_610, 7_200, -1};
    private static final long[] AHEAD_MILLIS = {0, 1, -1, 500, -500, -60_000, 9_900, 10_100, -3_590_000, -3_700_000};
    private static final int COUNTER_BITS = 16;
    private static final int MANY = 4;
    private static final int NEAR_BITS = 12;
    private static final int ABOUT_CHALLENGES_FROM = 200;

    private static final List<Content> CONTENTS = contents();
    private static final Map<Long, Content> BY_DIGEST = byDigest();

    private final FuzzInput input;
    private final List<FuzzedFar> fars;
    private final Supplier<Now> clock;
    private final Function<Hash, Meta> held;
    private long headerClocks;

    /**
     * @param held what is held under a key
     */
    FuzzedFrames(FuzzInput input, List<FuzzedFar> fars, Supplier<Now> clock, Function<Hash, Meta> held) {
        this.input = input;
        this.fars = fars;
        this.clock = clock;
        this.held = held;
    }

    private static List<Hash> keys() {
        List<Hash> keys = new ArrayList<>();
        for (long key = 0; key < 8; key++) {
            keys.add(new Hash(key));
        }
        for (long key = 8; keys.size() < 16; key++) {
            long prefix = Mix64.of(key) >>> Long.SIZE - NEAR_BITS;
            if (prefix == Mix64.of(keys.size() < 12 ? 0 : 1) >>> Long.SIZE - NEAR_BITS) {
                keys.add(new Hash(key));
            }
        }
        return List.copyOf(keys);
    }

    private static List<Content> contents() {
        List<Content> contents = new ArrayList<>();
        for (int size : SIZES) {
            for (int fill = 0; fill < 2; fill++) {
                byte[] bytes = new byte[size];
                Arrays.fill(bytes, (byte) ('a' + fill));
                contents.add(Content.of(bytes));
            }
        }
        return List.copyOf(contents);
    }

    private static Map<Long, Content> byDigest() {
        Map<Long, Content> byDigest = new HashMap<>();
        CONTENTS.forEach(content -> byDigest.put(ContentDigest.of(content), content));
        return byDigest;
    }

    // Frames

    Frame frame(FuzzedFar from) {
        int kind = input.below(4);
        if (kind == 0) {
            return Frame.classic(message(from));
        }
        Message carrier = kind == 1 ? message(from) : Message.KEEP_ALIVE;
        List<ExtensionRecord> records = new ArrayList<>();
        int count = input.below(MANY);
        for (int i = 0; i < count; i++) {
            records.add(record(from));
        }
        return Frame.extended(carrier, new Extension(header(from), records));
    }

    private Header header(FuzzedFar from) {
        int kind = input.octet();
        int flags = (kind & 1) == 0 ? Header.FLAG_NEIGHBOUR : input.octet() & ~Header.FLAG_MAC;
        long id =
                switch (kind >> 1 & 7) {
                    case 5 -> NodeFixture.OWN_ID;
                    case 6 -> fars.get(input.below(fars.size())).id();
                    case 7 -> input.octet();
                    default -> from.id();
                };
        long next = (clock.get().unixMillis() << COUNTER_BITS) + ++headerClocks;
        long headerClock =
                switch (kind >> 4 & 7) {
                    case 5 -> next - 2;
                    case 6 -> versionClock(KEYS.get(0));
                    case 7 -> input.number();
                    default -> next;
                };
        return new Header(flags, id, headerClock, (kind & 0x80) == 0 ? from.cookie() : token(from));
    }

    /** What shows nothing, mostly. */
    private long token(FuzzedFar from) {
        return switch (input.below(5)) {
            case 0 -> 0;
            case 1 -> fars.get(input.below(fars.size())).cookie();
            case 2 -> from.cookie() + 1;
            case 3 -> from.challenge().bits();
            default -> input.number();
        };
    }

    /** A challenge answered, sent back as it came, or answered by somebody else. */
    private Message aboutChallenge(FuzzedFar from) {
        return switch (input.below(6)) {
            case 0, 1 -> new Message.Get(from.challenge());
            case 2 -> new Message.IHave(from.challenge());
            case 3 -> new Message.Put(from.challenge(), content());
            case 4 -> new Message.Get(new Hash(from.cookie()));
            default -> new Message.Get(fars.get(input.below(fars.size())).challenge());
        };
    }

    private Message message(FuzzedFar from) {
        int which = input.octet();
        if (which >= ABOUT_CHALLENGES_FROM) {
            return aboutChallenge(from);
        }
        return switch (which % 5) {
            case 0 -> new Message.Get(key());
            case 1 -> new Message.Put(key(), content());
            case 2 -> new Message.IHave(key());
            case 3 -> new Message.Discover(address());
            default -> Message.KEEP_ALIVE;
        };
    }

    private ExtensionRecord record(FuzzedFar from) {
        return switch (input.below(23)) {
            case 0 -> new ExtensionRecord.Metas(many(this::meta));
            case 1 -> push();
            case 2 -> new ExtensionRecord.Stamp(versionClock(key()), life());
            case 3 -> new ExtensionRecord.Gets(many(this::version));
            case 4 -> ExtensionRecord.PRUNE;
            case 5 -> new ExtensionRecord.Token(input.octet());
            case 6 -> new ExtensionRecord.Ask(many(this::key));
            case 7 -> hello();
            case 8 -> new TreeRecord.Sums(prefix(15), sums());
            case 9 -> new TreeRecord.Listing(prefix(16), many(this::meta));
            case 10 -> new TreeRecord.Root(input.octet(), input.octet());
            case 11 -> new ChunkRecord.ChunkGet(version(), length(), length());
            case 12 -> new ChunkRecord.Chunk(version(), length(), content());
            case 13 -> new LinkRecord.Peers(many(this::address));
            case 14 -> new LinkRecord.Flow(input.integer(), input.octet(), input.octet());
            case 15 -> new LinkRecord.Seen(address());
            case 16 -> new ClientRecord.Query(input.octet(), input.octet(), input.octet());
            case 17 -> new ClientRecord.Reply(input.octet(), input.octet(), content());
            case 18 ->
                input.flag() ? new LinkRecord.Wall(versionClock(key())) : new ClientRecord.Watch(many(this::key));
            case 19 -> new LinkRecord.Wards(many(this::address));
            case 20 -> from.echo();
            case 21 -> new LinkRecord.Trunk(input.octet(), input.octet(), input.octet() & 0x7f, input.flag());
            default -> answer(from);
        };
    }

    /** What the other side last wanted to know. */
    private ExtensionRecord answer(FuzzedFar from) {
        ChunkRecord.ChunkGet asked = from.askedFor();
        Content content = asked == null ? null : BY_DIGEST.get(asked.version().digest());
        if (content == null || input.flag()) {
            return new ExtensionRecord.Metas(List.of(meta(), Meta.nothing(from.nonce())));
        }
        int offset = Math.min(Math.max(0, asked.offset()), content.size());
        int length = Math.min(Math.max(0, asked.length()), content.size() - offset);
        return new ChunkRecord.Chunk(asked.version(), asked.offset(), content.slice(offset, length));
    }

    private ExtensionRecord push() {
        Hash key = key();
        return new ExtensionRecord.Push(key, versionClock(key), life(), content());
    }

    private ExtensionRecord hello() {
        int kind = input.octet();
        return new ExtensionRecord.Hello(
                (kind & 1) == 0 ? 4_000 : input.octet(),
                (kind & 2) == 0 ? 66_560 : input.integer(),
                (kind & 12) == 0 ? input.integer() : 3_600,
                (kind & 48) == 0 ? input.number() : Cluster.UNNAMED.hash(),
                (kind & 64) == 0 ? Optional.empty() : Optional.of(address()));
    }

    // Their parts

    private <T> List<T> many(Supplier<T> one) {
        List<T> all = new ArrayList<>();
        int count = input.below(MANY);
        for (int i = 0; i < count; i++) {
            all.add(one.get());
        }
        return all;
    }

    Hash key() {
        int which = input.octet();
        return which == 255 ? new Hash(input.number()) : KEYS.get(which % KEYS.size());
    }

    Content content() {
        int which = input.octet();
        return which >= 240 ? input.content() : CONTENTS.get(which % CONTENTS.size());
    }

    int life() {
        return LIVES[input.below(LIVES.length)];
    }

    private long versionClock(Hash key) {
        int which = input.octet();
        long heldClock = held.apply(key).clock();
        return switch (which & 7) {
            case 0 -> heldClock;
            case 1 -> heldClock + 1;
            case 2 -> which >> 3;
            case 3 -> input.number();
            default ->
                (clock.get().unixMillis() + AHEAD_MILLIS[(which >> 3) % AHEAD_MILLIS.length] << COUNTER_BITS)
                        + (which & 1);
        };
    }

    private Meta meta() {
        Hash key = key();
        int kind = input.octet();
        if ((kind & 3) == 3) {
            Meta known = held.apply(key);
            return (kind & 4) == 0 ? known : new Meta(key, known.clock(), known.digest(), life(), known.size());
        }
        long clockOfIt = versionClock(key);
        if ((kind & 3) == 2) {
            return (kind & 4) == 0
                    ? Meta.removal(key, clockOfIt)
                    : new Meta(key, clockOfIt, 7, life(), input.integer());
        }
        return Meta.of(key, clockOfIt, life(), content());
    }

    private Version version() {
        return meta().version();
    }

    private Prefix prefix(int mostLevels) {
        return Prefix.of(Mix64.of(key().bits()), input.below(mostLevels + 1) * Prefix.LEVEL_BITS);
    }

    private ChildSums sums() {
        long[] sums = new long[Prefix.CHILDREN];
        for (int child = 0; child < sums.length; child++) {
            sums[child] = child < MANY ? input.octet() : 0;
        }
        return ChildSums.of(sums);
    }

    private int length() {
        int which = input.octet();
        return which == 255 ? input.integer() : which * 512;
    }

    NetAddress address() {
        int which = input.octet();
        return switch (which) {
            case 250 -> NetAddress.of(new byte[16], 4000);
            case 251 -> NetAddress.of(new byte[] {(byte) 224, 0, 0, 1}, 4000);
            case 252 -> MachineFixture.address(9).withPort(0);
            case 253 ->
                NetAddress.of(new byte[] {(byte) input.octet(), 0, 0, (byte) input.octet()}, input.integer() & 0xffff);
            case 254 -> MachineFixture.address6(input.octet());
            case 255 -> MachineFixture.WILDCARD;
            default -> which < 200 ? fars.get(which % fars.size()).path().remote() : MachineFixture.address(which);
        };
    }
}
