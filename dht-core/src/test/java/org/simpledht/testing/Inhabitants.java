package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** Who lives in a network of misfortune: our nodes, perhaps an original and an attacker, and one who hears all. */
final class Inhabitants {

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final Lot lot;
    private final Writes writes;
    private final List<Ours> ours = new ArrayList<>();
    private final Set<NetAddress> originals = new HashSet<>();
    private final Set<NetAddress> tapped = new HashSet<>();
    private final Wiretap wiretap;
    private final Pen pen = new Pen();
    private Runnable endOfAttack = () -> {};

    Inhabitants(SimulatedNetwork network, SplittableRandom dice, Lot lot, Writes writes) {
        this.network = network;
        this.dice = dice;
        this.lot = lot;
        this.writes = writes;
        wiretap = new Wiretap(originals, tapped, writes);
    }

    void moveIn() {
        network.attach("wiretap", wiretap);
        boolean hasFewBytes = dice.nextBoolean();
        for (int i = 0; i < lot.nodes; i++) {
            moveIn(new Ours(i, network, lot, hasFewBytes, writes, wiretap), i == lot.skewed);
        }
        if (lot.hasOriginal) {
            originals.add(network.attach("original", new SimulatedOriginal(dice.split())));
            network.attach("pen", pen);
            any().dht().discover("original:4000");
        }
        attack();
    }

    private void moveIn(Ours each, boolean isSkewed) {
        ours.add(each);
        if (isSkewed) {
            each.host().skewClock(lot.skew);
        } else if (!lot.clocksAgree) {
            each.host().skewClock(Duration.ofMillis(dice.nextLong(-4_000, 4_001)));
        }
        if (lot.isCrowded) {
            each.host().receiveBuffer(4 + dice.nextInt(28), 65_536).busy(Duration.ofMillis(1 + dice.nextInt(5)));
        }
        each.start();
        if (!lot.isForged()) {
            tapped.add(each.address());
        }
    }

    private void attack() {
        switch (lot.attacker) {
            case NOISY, FORGING -> {
                Duration pause = Duration.ofMillis(20 + dice.nextInt(200));
                HostilePeer hostile =
                        HostilePeer.ofSeed(dice.nextLong()).floodOf(10).every(pause);
                if (lot.attacker == Lot.Attacker.NOISY) {
                    hostile.attacks(HostilePeer.Attack.RANDOM_BYTES, HostilePeer.Attack.FLOODS);
                }
                network.attach("attacker", hostile);
                endOfAttack = hostile::end;
            }
            case CORRUPTING, LYING -> {
                Forger forger = new Forger(dice.split(), lot.attacker == Lot.Attacker.LYING);
                network.attach("attacker", forger);
                endOfAttack = forger::end;
            }
            default -> {
                // Nobody is there.
            }
        }
    }

    List<Ours> all() {
        return ours;
    }

    Ours any() {
        return ours.get(dice.nextInt(lot.nodes));
    }

    /** The one of whom all others are told, which keeps them together. */
    boolean isFirst(Ours one) {
        return one == ours.get(0);
    }

    Ours anyBut(Ours one) {
        return ours.get((ours.indexOf(one) + 1 + dice.nextInt(lot.nodes - 1)) % lot.nodes);
    }

    Wiretap wiretap() {
        return wiretap;
    }

    /** Somebody writes there who knows no node of ours. */
    void writeAtOriginal(Hash key, Content content) {
        writes.intended(key, content);
        pen.write(originals.iterator().next(), key, content);
    }

    /** Nobody does harm any more, and all of ours are up and have time. */
    void comeToRest() {
        endOfAttack.run();
        for (Ours each : ours) {
            each.startAgain();
            each.host().turns().resume();
            each.host().busy(Duration.ZERO).receiveBuffer(256, Integer.MAX_VALUE);
        }
    }
}
