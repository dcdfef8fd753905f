package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.simpledht.protocol.Extension;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.protocol.Message;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** What hostile peers know together: who is where, by which node id, and which cookies they themselves were told. They hear nothing else. */
final class Loot {

    /** Under which guests write whoever they are, whoever is proven, and nobody at all; the keys of good nodes are small numbers. */
    private static final long OF_GUESTS = 0x6000_0000_0000_0000L;

    private static final long OF_LIARS = 0x7000_0000_0000_0000L;
    private static final long OF_NOBODY = 0x5000_0000_0000_0000L;
    private static final int CLOCK_COUNTER_BITS = 16;

    private final SplittableRandom dice;
    private final List<NetAddress> honest;
    private final List<NetAddress> victims;
    private final List<NetAddress> originals;
    private final int keys;
    private final Map<NetAddress, Long> ids = new HashMap<>();
    private final Map<NetAddress, Map<NetAddress, Long>> cookies = new HashMap<>();
    private final HostClock clock = new HostClock();

    /**
     * @param keys how many keys good nodes have
     */
    Loot(
            SplittableRandom dice,
            List<NetAddress> honest,
            List<NetAddress> victims,
            List<NetAddress> originals,
            int keys) {
        this.dice = dice;
        this.honest = honest;
        this.victims = victims;
        this.originals = originals;
        this.keys = keys;
    }

    /** One of them has been told something, at its own address. */
    void heard(NetAddress from, NetAddress at, Extension extension) {
        if (honest.contains(from)) {
            ids.put(from, extension.header().nodeId());
            for (ExtensionRecord record : extension.records()) {
                if (record instanceof ExtensionRecord.Token token) {
                    cookies.computeIfAbsent(from, f -> new HashMap<>()).put(at, token.cookie());
                }
            }
        }
    }

    /** The node id of who is there; nobody's if it is not known. */
    long idOf(NetAddress there) {
        return ids.getOrDefault(there, 1L);
    }

    /** What a node has told one of them, to be shown by that one; 0 if nothing. */
    long cookieOf(NetAddress by, NetAddress toldTo) {
        return cookies.getOrDefault(by, Map.of()).getOrDefault(toldTo, 0L);
    }

    /** What a node has told any of them, and no other address; a random number if nothing. */
    long stolenCookie(NetAddress by) {
        List<Long> all = List.copyOf(cookies.getOrDefault(by, Map.of()).values());
        return all.isEmpty() ? dice.nextLong() : all.get(dice.nextInt(all.size()));
    }

    NetAddress anyHonest() {
        return any(honest);
    }

    /** All that somebody there can speak to, good nodes of both families by one of their addresses. */
    List<NetAddress> honestLike(NetAddress one) {
        return like(honest, one);
    }

    /** Another node, by an address of the same family. */
    NetAddress anyHonestBut(NetAddress one) {
        List<NetAddress> others = like(honest, one);
        return others.get((others.indexOf(one) + 1 + dice.nextInt(others.size() - 1)) % others.size());
    }

    /** Somebody to tell of, be it a victim or an original. */
    NetAddress anyVictim() {
        int number = dice.nextInt(victims.size() + originals.size());
        return number < victims.size() ? victims.get(number) : originals.get(number - victims.size());
    }

    /** From where a frame may seem to come to that address: a victim, or now and then somebody else in its subnet. */
    NetAddress victimFor(NetAddress target) {
        List<NetAddress> some = like(victims, target);
        if (some.isEmpty()) {
            return addressFor(target);
        }
        NetAddress victim = any(some);
        return dice.nextInt(3) > 0 ? victim : inSubnetOf(victim);
    }

    /** The same with an original, of which there may be none. */
    NetAddress originalFor(NetAddress target) {
        List<NetAddress> some = like(originals, target);
        return some.isEmpty() ? addressFor(target) : any(some);
    }

    private static List<NetAddress> like(List<NetAddress> all, NetAddress one) {
        return all.stream().filter(each -> each.isV6() == one.isV6()).toList();
    }

    private <T> T any(List<T> some) {
        return some.get(dice.nextInt(some.size()));
    }

    /** Where nobody is, but with a budget that is the victim's as well. */
    private NetAddress inSubnetOf(NetAddress victim) {
        byte[] address = victim.address();
        if (victim.isV6()) {
            ByteBuffer.wrap(address).putShort(6, (short) dice.nextInt()).putLong(8, dice.nextLong() | 1L << 63);
        } else {
            address[3] = (byte) (100 + dice.nextInt(100));
        }
        return NetAddress.of(address, victim.port());
    }

    /** Of either family, whoever is told of it. */
    NetAddress anyAddress() {
        return dice.nextBoolean() ? anyV4() : anyV6();
    }

    /** From where a frame may seem to come to that address, and where nobody is. */
    NetAddress addressFor(NetAddress target) {
        return target.isV6() ? anyV6() : anyV4();
    }

    /** In 100.64.0.0/10, where no host of a simulated network is. */
    private NetAddress anyV4() {
        byte[] address = {100, (byte) (64 + dice.nextInt(64)), (byte) dice.nextInt(256), (byte) dice.nextInt(256)};
        return NetAddress.of(address, 1 + dice.nextInt(0xffff));
    }

    /** In 3fff::/20, where none is either. */
    private NetAddress anyV6() {
        byte[] address = new byte[16];
        long subnet = 0x3fffL << 48 | dice.nextLong() >>> 20 & 0xffff_ffffL << 12;
        ByteBuffer.wrap(address).putLong(subnet).putLong(dice.nextLong());
        return NetAddress.of(address, 1 + dice.nextInt(0xffff));
    }

    Hash keyOfHonest() {
        return new Hash(dice.nextInt(keys));
    }

    Hash keyOfGuests() {
        return new Hash(OF_GUESTS + dice.nextInt(Integer.MAX_VALUE));
    }

    static boolean isOfGuests(Hash key) {
        return key.bits() >>> 60 == OF_GUESTS >>> 60;
    }

    Hash keyOfLiars() {
        return new Hash(OF_LIARS + dice.nextInt(64));
    }

    Hash keyOfNobody() {
        return new Hash(OF_NOBODY + dice.nextInt(Integer.MAX_VALUE));
    }

    long clockAt(long nowNanos, long aheadMillis) {
        return clock.millis(nowNanos) + aheadMillis << CLOCK_COUNTER_BITS | dice.nextInt(1 << CLOCK_COUNTER_BITS);
    }

    static byte[] frame(Message message) {
        return encode(Frame.classic(message));
    }

    static byte[] frame(Message carrier, Header header, List<ExtensionRecord> records) {
        return encode(Frame.extended(carrier, new Extension(header, records)));
    }

    private static byte[] encode(Frame frame) {
        ByteBuffer out = ByteBuffer.allocate(FrameCodec.size(frame));
        FrameCodec.encode(frame, out);
        return out.array();
    }
}
