package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.simpledht.protocol.Frame;
import org.simpledht.protocol.FrameCodec;
import org.simpledht.types.NetAddress;

/** A hostile peer at an address of its own, from which it may or may not speak as one of ours, and with the power to write any other into its frames. */
final class Enemy implements SimulatedPeer {

    private static final long SECOND_NANOS = 1_000_000_000L;

    /** Twice of how long it is quiet in between. */
    private static final long FLOOD_NANOS = 8_000_000_000L;

    private final SplittableRandom dice;
    private final Loot loot;
    private final List<Spoofer.Pretence> pretences;
    private final Spoofer spoofer;
    private final Liar liar;
    private final boolean isProven;
    private final long pauseNanos;
    private final int flood;
    private long nextSignNanos;
    private long nextFloodNanos;
    private boolean ended;

    /**
     * @param areKnown whether good nodes know each other all the time
     * @param isProven whether it speaks from its own address, or wants nothing but a cookie there
     * @param flood how many frames it sends at once now and then
     */
    Enemy(
            SplittableRandom dice,
            Loot loot,
            List<Spoofer.Pretence> pretences,
            Liar liar,
            boolean areKnown,
            boolean isProven,
            long pauseNanos,
            int flood) {
        this.dice = dice;
        this.loot = loot;
        this.pretences = pretences;
        this.liar = liar;
        this.isProven = isProven;
        this.pauseNanos = pauseNanos;
        this.flood = flood;
        spoofer = new Spoofer(dice, loot, areKnown);
    }

    void end() {
        ended = true;
    }

    @Override
    public void receive(NetAddress from, byte[] bytes, Line line) {
        if (FrameCodec.decode(ByteBuffer.wrap(bytes)) instanceof Frame frame) {
            frame.extension().ifPresent(extension -> loot.heard(from, line.address(), extension));
        }
    }

    @Override
    public void wake(Line line) {
        if (ended) {
            return;
        }
        if (line.nowNanos() >= nextSignNanos) {
            nextSignNanos = line.nowNanos() + SECOND_NANOS;
            for (NetAddress target : loot.honestLike(line.address())) {
                if (isProven) {
                    liar.signOfLife(target, line);
                } else {
                    liar.spy(target, line);
                }
            }
        }
        NetAddress target = loot.anyHonest();
        // From where it is it reaches those of the same family; what it forges may be of any.
        if (isProven && dice.nextBoolean() && target.isV6() == line.address().isV6()) {
            liar.lie(target, line);
        } else {
            Spoofer.Pretence pretence = pretences.get(dice.nextInt(pretences.size()));
            int frames = 1 + dice.nextInt(4);
            if (line.nowNanos() >= nextFloodNanos) {
                nextFloodNanos = line.nowNanos() + dice.nextLong(FLOOD_NANOS);
                frames = flood;
            }
            for (int i = 0; i < frames; i++) {
                spoofer.pretend(pretence, target, line);
            }
        }
        line.wakeIn(1 + dice.nextLong(2 * pauseNanos));
    }
}
