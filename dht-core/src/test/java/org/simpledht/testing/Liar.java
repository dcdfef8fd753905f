package org.simpledht.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.simpledht.protocol.Extension.Header;
import org.simpledht.protocol.ExtensionRecord;
import org.simpledht.protocol.Message;
import org.simpledht.types.NetAddress;

/**
 * Shows that it is where it is, as a node of ours does, gets places, and then says what is not so. It writes under keys of its own
 * alone: in an open network nobody could keep it from writing under any.
 */
final class Liar {

    private static final int NO_FLAGS = 0;

    private final SplittableRandom dice;
    private final Loot loot;
    private final Falsehoods falsehoods;
    private final boolean isImpostor;
    private final boolean begs;
    private long nodeId;
    private long clock;

    /**
     * @param isImpostor speaks now and then as another node, of a new id or of that of a good node
     * @param begs whether it wants the places of others
     */
    Liar(SplittableRandom dice, Loot loot, boolean isImpostor, boolean begs) {
        this.dice = dice;
        this.loot = loot;
        this.isImpostor = isImpostor;
        this.begs = begs;
        falsehoods = new Falsehoods(dice, loot);
        nodeId = dice.nextLong() | 1;
    }

    /** As each node does in each second. */
    void signOfLife(NetAddress to, SimulatedPeer.Line line) {
        say(to, Header.FLAG_NEIGHBOUR | (begs ? Header.FLAG_PLEASE : 0), nodeId, true, line);
    }

    void lie(NetAddress to, SimulatedPeer.Line line) {
        if (isImpostor && dice.nextInt(8) == 0) {
            long other = dice.nextBoolean() ? dice.nextLong() | 1 : loot.idOf(loot.anyHonestBut(to));
            say(to, dice.nextBoolean() ? Header.FLAG_NEIGHBOUR : Header.FLAG_LEAVING, other, false, line);
            return;
        }
        int flags = dice.nextInt(16) > 0 ? Header.FLAG_NEIGHBOUR : dice.nextInt(1 << 8) & ~Header.FLAG_MAC;
        if (!begs) {
            flags &= ~Header.FLAG_PLEASE;
        }
        say(to, flags, nodeId, false, line);
    }

    /** Without a word of its own: it wants nothing but a cookie. */
    void spy(NetAddress to, SimulatedPeer.Line line) {
        Header header = new Header(NO_FLAGS, nodeId, later(line), 0);
        line.send(to, Loot.frame(Message.KEEP_ALIVE, header, List.of()));
    }

    private void say(NetAddress to, int flags, long as, boolean isGreeting, SimulatedPeer.Line line) {
        Header header = new Header(flags, as, later(line), loot.cookieOf(to, line.address()));
        List<ExtensionRecord> records = new ArrayList<>();
        if (isGreeting) {
            records.add(falsehoods.hello(Optional.empty()));
        } else {
            records.addAll(falsehoods.ofLiar(line.nowNanos()));
        }
        records.add(new ExtensionRecord.Token(1 + dice.nextInt(2)));
        line.send(to, Loot.frame(carrier(), header, records));
    }

    private long later(SimulatedPeer.Line line) {
        clock = Math.max(clock + 1, loot.clockAt(line.nowNanos(), 0));
        return clock;
    }

    private Message carrier() {
        return switch (dice.nextInt(16)) {
            case 0 -> new Message.Discover(loot.anyVictim());
            case 1 -> new Message.IHave(loot.keyOfNobody());
            case 2 -> new Message.Get(loot.keyOfHonest());
            default -> Message.KEEP_ALIVE;
        };
    }
}
