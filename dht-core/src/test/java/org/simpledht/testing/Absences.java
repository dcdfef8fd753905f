package org.simpledht.testing;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/** Who publishes cannot hear that others write, or all sleep, until leases end. */
final class Absences {

    private static final long START_MILLIS = 1_700_000_000_000L;
    /** A longer lease would not end even while all sleep. */
    private static final long SHORT_MINUTES = 10;

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final Lot lot;
    private final Inhabitants inhabitants;
    private final Author author;
    private final Writes writes;
    private Duration asleep = Duration.ZERO;

    Absences(
            SimulatedNetwork network,
            SplittableRandom dice,
            Lot lot,
            Inhabitants inhabitants,
            Author author,
            Writes writes) {
        this.network = network;
        this.dice = dice;
        this.lot = lot;
        this.inhabitants = inhabitants;
        this.author = author;
        this.writes = writes;
    }

    /** How much of the time so far all have slept. */
    Duration asleep() {
        return asleep;
    }

    /** Others change what somebody publishes who cannot hear of it. */
    void cutPublisherOff() {
        Ours publisher = inhabitants.any();
        Hash key = author.anyKey();
        author.write(publisher, key, 0);
        network.advance(Duration.ofMillis(500 + dice.nextLong(2_000)));
        cutOff(publisher);
        changeElsewhere(publisher, key);
        network.advance(Duration.ofMillis(dice.nextLong(2_000)));
        if (hasShortLease() && dice.nextInt(3) > 0) {
            sleep(Duration.ofSeconds(90 + dice.nextInt(200)), publisher);
        }
        network.advance(Duration.ofMillis(dice.nextLong(2_000)));
        network.heal();
    }

    private void cutOff(Ours one) {
        if (dice.nextBoolean()) {
            network.partition(Set.of(one.name()));
        } else {
            one.host().stall(Duration.ofSeconds(2));
        }
    }

    private void changeElsewhere(Ours publisher, Hash key) {
        network.advance(Duration.ofMillis(dice.nextLong(1_000)));
        Ours other = inhabitants.anyBut(publisher);
        switch (dice.nextInt(3)) {
            case 0 -> author.remove(other, key);
            case 1 -> author.write(other, key, 0);
            default -> author.write(other, key, 1 + dice.nextInt(3));
        }
    }

    /** All sleep until shortly before or after something ends, or is forgotten. */
    void outlive() {
        List<Meta> all = writes.inOrder();
        if (!hasShortLease() || all.isEmpty()) {
            return;
        }
        Meta meta = all.get(Math.max(0, all.size() - 1 - dice.nextInt(30)));
        long end = dice.nextBoolean() ? meta.endMillis() : meta.clockMillis() + lot.lease.toMillis();
        long now = START_MILLIS + network.elapsed().toMillis();
        long millis = end - now - 15_000 + dice.nextInt(20_000);
        if (millis > 1_000 && millis < lot.lease.toMillis() + 20_000) {
            sleep(Duration.ofMillis(millis), null);
        }
    }

    private boolean hasShortLease() {
        return lot.lease.toMinutes() < SHORT_MINUTES;
    }

    /** All stand still, so that nothing happens but that time passes; they wake up one after the other, one of them last. */
    private void sleep(Duration time, Ours last) {
        for (Ours each : inhabitants.all()) {
            long more = each == last ? dice.nextLong(5_000) : dice.nextLong(300);
            each.host().stall(time.plusMillis(more));
        }
        network.advance(time);
        asleep = asleep.plus(time);
    }
}
