package org.simpledht.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * Writes other addresses than its own into its frames: those of victims, who never asked for anything; those of good nodes; and those
 * that are nobody's. It hears no answer. Nothing of it may cost a victim more than its budget, and nothing with an extension may count.
 */
final class Spoofer {

    /** What it pretends, and what for. */
    enum Pretence {
        /** Victims ask for contents that are larger than the question. */
        GET,
        /** The same, with records. */
        ASK,
        /** Somebody tells of victims. */
        DISCOVER,
        /** Somebody says that it is there, or has what nobody has. */
        SIGN_OF_LIFE,
        /** Somebody without an address writes, under keys that are for that. */
        PUT,
        /** A good node writes over what good nodes wrote, ends its link, or tells lies. */
        NEIGHBOUR,
        /** The same, in the original's words. */
        BARE_NEIGHBOUR,
        /** The same or a victim, with a cookie that was told to another address. */
        STOLEN_COOKIE,
        /** The node itself, or one that has its node id. */
        SELF,
        /** Somebody wants a place, each time by another node id. */
        HELLO,
        /** An original, which shows nothing by which it could be told from who forges it: so all it may write is what guests do. */
        ORIGINAL
    }

    private static final int[] FLAGS = {
        Header.FLAG_LEAVING,
        Header.FLAG_NO_ROOM,
        Header.FLAG_NEIGHBOUR,
        Header.FLAG_NEIGHBOUR | Header.FLAG_FULL,
        Header.FLAG_PROBE,
        Header.FLAG_CLIENT,
        Header.FLAG_NEIGHBOUR | Header.FLAG_PLEASE
    };

    private final SplittableRandom dice;
    private final Loot loot;
    private final Falsehoods falsehoods;
    private final boolean areKnown;

    /**
     * @param areKnown whether good nodes are known for what they are wherever it speaks in their names; or else it writes there as
     *     any guest may, under keys that are for that
     */
    Spoofer(SplittableRandom dice, Loot loot, boolean areKnown) {
        this.dice = dice;
        this.loot = loot;
        this.areKnown = areKnown;
        falsehoods = new Falsehoods(dice, loot);
    }

    void pretend(Pretence pretence, NetAddress target, SimulatedPeer.Line line) {
        long now = line.nowNanos();
        NetAddress good = loot.anyHonestBut(target);
        switch (pretence) {
            case GET -> line.sendForged(loot.victimFor(target), target, Loot.frame(new Message.Get(askedFor())));
            case ASK ->
                extended(
                        loot.victimFor(target),
                        target,
                        1 + dice.nextLong(1L << 40),
                        wrongToken(),
                        questions(now),
                        line);
            case DISCOVER ->
                line.sendForged(
                        dice.nextBoolean() ? loot.addressFor(target) : loot.victimFor(target),
                        target,
                        Loot.frame(new Message.Discover(loot.anyVictim())));
            case SIGN_OF_LIFE ->
                line.sendForged(
                        dice.nextBoolean() ? loot.addressFor(target) : loot.victimFor(target),
                        target,
                        Loot.frame(signOfLife()));
            case PUT -> line.sendForged(loot.addressFor(target), target, Loot.frame(put(loot.keyOfGuests())));
            case NEIGHBOUR -> extended(good, target, loot.idOf(good), wrongToken(), falsehoods.ofForger(now), line);
            case BARE_NEIGHBOUR -> line.sendForged(good, target, Loot.frame(bare()));
            case STOLEN_COOKIE -> {
                NetAddress from = dice.nextInt(3) > 0 ? good : loot.victimFor(target);
                extended(from, target, loot.idOf(from), loot.stolenCookie(target), falsehoods.ofForger(now), line);
            }
            case SELF -> {
                NetAddress from = dice.nextBoolean() ? good : loot.victimFor(target);
                extended(from, target, loot.idOf(target), wrongToken(), falsehoods.ofForger(now), line);
            }
            case HELLO -> {
                ExtensionRecord hello = falsehoods.hello(Optional.of(loot.anyVictim()));
                List<ExtensionRecord> records = List.of(hello, falsehoods.peers());
                extended(loot.addressFor(target), target, dice.nextLong(), wrongToken(), records, line);
            }
            case ORIGINAL -> {
                NetAddress from = loot.originalFor(target);
                if (dice.nextInt(8) == 0) {
                    extended(from, target, loot.idOf(good), wrongToken(), falsehoods.ofForger(now), line);
                } else {
                    line.sendForged(from, target, Loot.frame(ofOriginal()));
                }
            }
            default -> throw new IllegalStateException();
        }
    }

    private void extended(
            NetAddress from,
            NetAddress to,
            long nodeId,
            long token,
            List<ExtensionRecord> records,
            SimulatedPeer.Line line) {
        // As late as those of good nodes are, and later, so that nothing is refused as old.
        long clock = loot.clockAt(line.nowNanos(), dice.nextLong(9_000));
        Header header = new Header(FLAGS[dice.nextInt(FLAGS.length)], nodeId, clock, token);
        line.sendForged(from, to, Loot.frame(carrier(), header, records));
    }

    private Message carrier() {
        return switch (dice.nextInt(8)) {
            case 0 -> put(loot.keyOfHonest());
            case 1 -> new Message.IHave(loot.keyOfNobody());
            case 2 -> new Message.Discover(loot.anyVictim());
            case 3 -> new Message.Get(loot.keyOfHonest());
            default -> Message.KEEP_ALIVE;
        };
    }

    private long wrongToken() {
        return dice.nextInt(3) == 0 ? 0 : dice.nextLong();
    }

    private Hash askedFor() {
        return dice.nextInt(4) == 0 ? loot.keyOfNobody() : loot.keyOfHonest();
    }

    private List<ExtensionRecord> questions(long now) {
        List<ExtensionRecord> questions =
                new ArrayList<>(List.of(falsehoods.gets(), falsehoods.ask(), falsehoods.chunkGet(now)));
        if (dice.nextBoolean()) {
            questions.add(new ExtensionRecord.Token(dice.nextLong()));
        }
        return questions;
    }

    private Message signOfLife() {
        return dice.nextBoolean() ? Message.KEEP_ALIVE : new Message.IHave(loot.keyOfNobody());
    }

    private Message put(Hash key) {
        return new Message.Put(key, falsehoods.bytes(1 + dice.nextInt(30)));
    }

    private Message bare() {
        return switch (dice.nextInt(5)) {
            case 0 -> Message.KEEP_ALIVE;
            case 1 -> new Message.Get(loot.keyOfHonest());
            case 2 -> new Message.IHave(loot.keyOfNobody());
            case 3 -> new Message.Discover(loot.anyVictim());
            default -> put(areKnown ? loot.keyOfHonest() : loot.keyOfGuests());
        };
    }

    private Message ofOriginal() {
        return switch (dice.nextInt(8)) {
            case 0 -> Message.KEEP_ALIVE;
            case 1, 2 -> new Message.Get(askedFor());
            case 3, 4 -> new Message.IHave(loot.keyOfNobody());
            case 5 -> new Message.IHave(loot.keyOfHonest());
            case 6 -> new Message.Discover(loot.anyVictim());
            default -> put(loot.keyOfGuests());
        };
    }
}
