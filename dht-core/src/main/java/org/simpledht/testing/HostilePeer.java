package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import org.simpledht.types.NetAddress;

/**
 * An attacker: hears what others say to each other, and makes its attacks of it, all from one seed of its own.
 *
 * <pre>{@code
 * HostilePeer attacker = HostilePeer.ofSeed(1).attacks(Attack.MUTATED_FRAMES, Attack.FLOODS).every(Duration.ofMillis(5));
 * network.attach("attacker", attacker);
 * }</pre>
 *
 * <p>It begins when it is attached, with all attacks, each at random every 10 ms, at everybody whom it has heard of. It is no model of
 * a clever attacker: what survives it has survived noise, not malice. Real nodes of 2017 do not survive it.
 */
public final class HostilePeer implements UnchangingPeer {

    /** What it can do. */
    public enum Attack {
        /** Frames of any bytes and length, half of them with the first byte of a real one. */
        RANDOM_BYTES,
        /** Frames that were overheard, with bits turned, cut short, prolonged, or two in one. */
        MUTATED_FRAMES,
        /** Frames that were overheard, changed or not, that say they come from another target or from an address nobody has. */
        FORGED_SOURCES,
        /** Many frames in one moment, from its own address or from as many others. */
        FLOODS
    }

    private static final int REMEMBERED = 64;
    private static final int MAX_DATAGRAM_BYTES = 65_507;
    private static final int USUAL_BYTES = 64;
    private static final int MESSAGE_TYPES = 6;
    private static final int MOST_FLIPS = 8;
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    private final SplittableRandom dice;
    private final List<byte[]> overheard = new ArrayList<>();
    private final List<NetAddress> targets = new ArrayList<>();
    private List<Attack> attacks = List.of(Attack.values());
    private long pauseNanos = 10_000_000;
    private int floodFrames = 300;
    private boolean knowsTargets;
    private boolean ended;
    private long sent;

    private HostilePeer(long seed) {
        dice = new SplittableRandom(seed);
    }

    public static HostilePeer ofSeed(long seed) {
        return new HostilePeer(seed);
    }

    /** These attacks alone. */
    public HostilePeer attacks(Attack first, Attack... others) {
        attacks = List.copyOf(EnumSet.of(first, others));
        return this;
    }

    /**
     * At these addresses alone.
     *
     * @throws IllegalArgumentException if there are none
     */
    public HostilePeer targets(NetAddress... addresses) {
        if (addresses.length == 0) {
            throw new IllegalArgumentException("no target; without this call everybody is one who was heard of");
        }
        targets.clear();
        targets.addAll(List.of(addresses));
        knowsTargets = true;
        return this;
    }

    /**
     * How long it waits between two attacks.
     *
     * @param pause longer than zero, at most a day
     * @throws IllegalArgumentException if it is anything else
     */
    public HostilePeer every(Duration pause) {
        pauseNanos = Require.positiveNanos("pause", pause, LONGEST_PAUSE);
        return this;
    }

    /**
     * How many frames a flood has.
     *
     * @param frames from 1 to 1,000,000; 300 at the beginning
     * @throws IllegalArgumentException if it is anything else
     */
    public HostilePeer floodOf(int frames) {
        floodFrames = (int) Require.within("frames", frames, 1, 1_000_000);
        return this;
    }

    /** It attacks no more. */
    public void end() {
        ended = true;
    }

    /** Frames that it has sent. */
    public long sent() {
        return sent;
    }

    // What the network calls

    @Override
    public void overhear(NetAddress from, NetAddress to, byte[] frame, Line line) {
        if (overheard.size() < REMEMBERED) {
            overheard.add(frame);
        } else {
            overheard.set(dice.nextInt(REMEMBERED), frame);
        }
        if (!knowsTargets && targets.size() < REMEMBERED && !targets.contains(from) && !from.equals(line.address())) {
            targets.add(from);
        }
    }

    @Override
    public void receive(NetAddress from, byte[] frame, Line line) {
        // What is said to it is as good as what is overheard.
        overhear(from, line.address(), frame, line);
    }

    @Override
    public void wake(Line line) {
        if (ended) {
            return;
        }
        if (!targets.isEmpty()) {
            attack(attacks.get(dice.nextInt(attacks.size())), any(targets), line);
        }
        line.wakeIn(pauseNanos);
    }

    private void attack(Attack attack, NetAddress target, Line line) {
        switch (attack) {
            case RANDOM_BYTES -> send(line, line.address(), target, randomBytes());
            case MUTATED_FRAMES -> send(line, line.address(), target, mutated());
            case FORGED_SOURCES ->
                send(
                        line,
                        dice.nextBoolean() ? anotherTarget(target) : anyAddress(),
                        target,
                        dice.nextBoolean() ? real() : mutated());
            case FLOODS -> flood(target, line);
            default -> throw new IllegalStateException("no such attack: " + attack);
        }
    }

    private void flood(NetAddress target, Line line) {
        boolean forged = dice.nextBoolean();
        byte[] frame = dice.nextBoolean() ? real() : randomBytes();
        for (int i = 0; i < floodFrames; i++) {
            send(line, forged ? anyAddress() : line.address(), target, frame);
        }
    }

    private void send(Line line, NetAddress from, NetAddress to, byte[] frame) {
        sent++;
        line.sendForged(from, to, frame);
    }

    // What it sends

    private byte[] randomBytes() {
        int most = dice.nextInt(16) == 0 ? MAX_DATAGRAM_BYTES : USUAL_BYTES;
        byte[] frame = new byte[dice.nextInt(most + 1)];
        dice.nextBytes(frame);
        if (frame.length > 0 && dice.nextBoolean()) {
            frame[0] = (byte) dice.nextInt(MESSAGE_TYPES);
        }
        return frame;
    }

    private byte[] real() {
        return overheard.isEmpty() ? randomBytes() : any(overheard);
    }

    private byte[] mutated() {
        byte[] real = real();
        if (real.length == 0) {
            return randomBytes();
        }
        byte[] frame =
                switch (dice.nextInt(4)) {
                    case 0 -> Arrays.copyOf(real, dice.nextInt(real.length));
                    case 1 -> join(real, randomBytes());
                    case 2 -> join(real, real());
                    default -> flipped(real);
                };
        if (Arrays.equals(frame, real)) {
            // The same bit was turned twice, or nothing was appended.
            frame[0] ^= 1;
        }
        return frame;
    }

    private byte[] flipped(byte[] real) {
        byte[] frame = real.clone();
        for (int flips = 1 + dice.nextInt(MOST_FLIPS); flips > 0; flips--) {
            frame[dice.nextInt(frame.length)] ^= (byte) (1 << dice.nextInt(Byte.SIZE));
        }
        return frame;
    }

    private static byte[] join(byte[] front, byte[] back) {
        byte[] both = Arrays.copyOf(front, Math.min(front.length + back.length, MAX_DATAGRAM_BYTES));
        System.arraycopy(back, 0, both, front.length, both.length - front.length);
        return both;
    }

    private NetAddress anotherTarget(NetAddress target) {
        NetAddress other = any(targets);
        return other.equals(target) ? anyAddress() : other;
    }

    /** In 172.16.0.0/12, where no host of a simulated network is. */
    private NetAddress anyAddress() {
        byte[] address = {(byte) 172, (byte) (16 + dice.nextInt(16)), (byte) dice.nextInt(256), (byte) dice.nextInt(256)
        };
        return NetAddress.of(address, 1 + dice.nextInt(0xffff));
    }

    private <T> T any(List<T> list) {
        return list.get(dice.nextInt(list.size()));
    }
}
