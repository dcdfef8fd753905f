package org.simpledht.testing;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.simpledht.Insides;
import org.simpledht.protocol.Meta;
import org.simpledht.testkit.OriginalWire;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/**
 * A minute in which nodes write, overwrite and remove, while all goes wrong that can; then the misfortune ends, and they have to
 * come to an agreement. All of it is drawn from the network's seed.
 */
final class Misfortune {

    private static final Duration AWAKE = Duration.ofSeconds(60);
    private static final Duration TO_AGREE = Duration.ofSeconds(60);
    private static final Duration TO_BE_QUIET = Duration.ofSeconds(30);

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final Lot lot;
    private final Writes writes = new Writes();
    private final List<Ours> ours = new ArrayList<>();
    private final Set<NetAddress> originals = new HashSet<>();
    private final Set<NetAddress> tapped = new HashSet<>();
    private HostilePeer attacker;
    private Pen pen;
    private Duration asleep = Duration.ZERO;
    private int written;
    private int largeValues;
    private boolean isOver;

    Misfortune(SimulatedNetwork network) {
        this.network = network;
        dice = new SplittableRandom(network.seed());
        lot = new Lot(dice);
    }

    Lot lot() {
        return lot;
    }

    /** Returns how long the agreement took. */
    Duration befall() {
        network.note("drawn: " + lot);
        build();
        while (network.elapsed().minus(asleep).compareTo(AWAKE) < 0) {
            network.advance(Duration.ofMillis(dice.nextLong(1_000)));
            act();
        }
        end();
        Agreement agreement = new Agreement(network, ours, lot);
        if (lot.attacker == Lot.Attacker.FORGING) {
            // He may have made them take each other for strangers.
            network.advance(TO_BE_QUIET);
            return Duration.ZERO;
        }
        Duration needed = agreement.come(TO_AGREE);
        agreement.beQuiet(TO_BE_QUIET);
        return needed;
    }

    // How it begins

    private void build() {
        network.loss(lot.loss).duplication(lot.duplication).delay(Duration.ofMillis(1), lot.longestDelay);
        if (lot.replayed > 0) {
            network.replay(lot.replayed, Duration.ofSeconds(30));
        }
        Wiretap wiretap = new Wiretap(originals, tapped, writes);
        network.attach("wiretap", wiretap);
        boolean hasFewBytes = dice.nextBoolean();
        for (int i = 0; i < lot.nodes; i++) {
            Ours each = new Ours(i, network, lot, hasFewBytes, writes);
            ours.add(each);
            if (i == lot.skewed) {
                each.host().skewClock(lot.skew);
            } else if (!lot.clocksAgree) {
                each.host().skewClock(Duration.ofMillis(dice.nextLong(-4_000, 4_001)));
            }
            if (lot.isCrowded) {
                each.host().receiveBuffer(4 + dice.nextInt(28), 65_536).busy(Duration.ofMillis(1 + dice.nextInt(5)));
            }
            each.start();
            if (lot.attacker != Lot.Attacker.FORGING) {
                tapped.add(each.address());
            }
        }
        if (lot.hasOriginal) {
            originals.add(network.attach("original", new SimulatedOriginal(dice.split(), 2_000_000)));
            pen = new Pen();
            network.attach("pen", pen);
            ours.get(dice.nextInt(lot.nodes)).dht().discover("original:4000");
        }
        if (lot.attacker != Lot.Attacker.NOBODY) {
            attacker = HostilePeer.ofSeed(dice.nextLong()).floodOf(10).every(Duration.ofMillis(20 + dice.nextInt(200)));
            if (lot.attacker == Lot.Attacker.NOISY) {
                attacker.attacks(HostilePeer.Attack.RANDOM_BYTES, HostilePeer.Attack.FLOODS);
            }
            network.attach("attacker", attacker);
        }
        network.advance(Duration.ofMillis(dice.nextLong(6_000)));
    }

    // What happens

    private void act() {
        int what = dice.nextInt(100);
        if (what < 46) {
            write(any(), anyKey());
        } else if (what < 56) {
            remove(any(), anyKey());
        } else if (what < 62) {
            Hash key = anyKey();
            write(any(), key);
            write(any(), key);
        } else if (what < 65) {
            writeBurst();
        } else if (what < 72) {
            partition();
        } else if (what < 76) {
            oneWay();
        } else if (what < 79) {
            clog();
        } else if (what < 83) {
            any().host().stall(Duration.ofMillis(dice.nextLong(dice.nextInt(4) == 0 ? 20_000 : 3_000)));
        } else if (what < 86) {
            crash(any());
        } else if (what < 88) {
            step();
        } else if (what < 91) {
            cutPublisherOff();
        } else if (what < 94) {
            if (lot.lease.toMinutes() < 10) {
                outlive();
            }
        } else if (what < 97) {
            network.heal();
        } else if (pen != null) {
            writeAtOriginal();
        }
    }

    private Ours any() {
        return ours.get(dice.nextInt(lot.nodes));
    }

    private Hash anyKey() {
        return new Hash(dice.nextInt(lot.keys));
    }

    private Content anyContent() {
        int kind = dice.nextInt(20);
        int size = 0;
        if (lot.hasLargeValues && kind < 2 && largeValues++ < 8) {
            size = largeValues == 4 ? 200_000 : 2_000 + dice.nextInt(58_000);
        } else if (kind < 4) {
            size = 100 + dice.nextInt(1_100);
        }
        if (size == 0) {
            return Content.ofText("write " + written++);
        }
        byte[] bytes = new byte[size];
        dice.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(written++);
        return Content.of(bytes);
    }

    private void write(Ours writer, Hash key) {
        int kind = dice.nextInt(10);
        int longest = (int) lot.lease.toSeconds();
        write(writer, key, kind < 7 ? 0 : kind < 9 ? 1 + dice.nextInt(20) : 1 + dice.nextInt(longest));
    }

    private void write(Ours writer, Hash key, int lifeSeconds) {
        if (!writer.isUp()) {
            return;
        }
        Content content = anyContent();
        writes.intended(key, content);
        Vigil vigil = writer.vigil();
        Insides.put(writer.dht(), key, content, lifeSeconds, done -> {
            if (done.applied().isNews()) {
                writes.written(done, lifeSeconds == 0);
            }
            vigil.wrote(done, content, network.agenda().nowNanos());
        });
    }

    private void remove(Ours writer, Hash key) {
        if (!writer.isUp()) {
            return;
        }
        Vigil vigil = writer.vigil();
        Insides.remove(writer.dht(), key, done -> {
            if (done.applied().isNews()) {
                writes.written(done, false);
            }
            vigil.wrote(done, null, network.agenda().nowNanos());
        });
    }

    private void writeBurst() {
        Ours writer = any();
        for (int i = 0; i < lot.keys; i++) {
            write(writer, new Hash(i));
        }
    }

    private void partition() {
        Set<String> side = new HashSet<>();
        for (Ours each : ours) {
            if (dice.nextBoolean()) {
                side.add(each.name());
            }
        }
        network.partition(side);
        healLater();
    }

    private void healLater() {
        network.after(Duration.ofMillis(dice.nextLong(dice.nextInt(3) == 0 ? 20_000 : 5_000)), () -> {
            if (!isOver) {
                network.heal();
            }
        });
    }

    private void oneWay() {
        SimulatedLink link = network.link(any().name(), any().name());
        if (dice.nextBoolean()) {
            link.cut();
        } else {
            link.loss(dice.nextInt(3) == 0 ? 1 : 0.5);
        }
        healLater();
    }

    private void clog() {
        network.link(any().name(), any().name()).clog(dice.nextInt(100));
        healLater();
    }

    private void crash(Ours victim) {
        if (!victim.isUp()) {
            return;
        }
        victim.crash();
        network.after(Duration.ofMillis(dice.nextLong(5_000)), () -> restart(victim));
    }

    private void restart(Ours victim) {
        if (!victim.isUp()) {
            victim.start();
        }
    }

    private void step() {
        Ours victim = any();
        if (victim == ours.get(0) || ours.stream().anyMatch(Ours::isStepped)) {
            return;
        }
        Duration step = dice.nextBoolean() ? Duration.ofHours(1) : Duration.ofHours(-1);
        victim.isStepped(true);
        victim.host().stepClock(step);
        network.after(Duration.ofMillis(dice.nextLong(20_000)), () -> {
            victim.isStepped(false);
            victim.host().stepClock(step.negated());
        });
    }

    private void writeAtOriginal() {
        Hash key = anyKey();
        Content content = Content.ofText("at the original " + written++);
        writes.intended(key, content);
        pen.write(originals.iterator().next(), key, content);
    }

    // Leases that end

    /** Others change what somebody publishes who cannot hear of it. */
    private void cutPublisherOff() {
        Ours publisher = any();
        Hash key = anyKey();
        write(publisher, key, 0);
        network.advance(Duration.ofMillis(500 + dice.nextLong(2_000)));
        cutOff(publisher);
        changeElsewhere(publisher, key);
        network.advance(Duration.ofMillis(dice.nextLong(2_000)));
        if (lot.lease.toMinutes() < 10 && dice.nextInt(3) > 0) {
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
        Ours other = ours.get((ours.indexOf(publisher) + 1 + dice.nextInt(lot.nodes - 1)) % lot.nodes);
        switch (dice.nextInt(3)) {
            case 0 -> remove(other, key);
            case 1 -> write(other, key, 0);
            default -> write(other, key, 1 + dice.nextInt(3));
        }
    }

    /** All sleep until shortly before or after something ends, or is forgotten. */
    private void outlive() {
        List<Meta> all = writes.inOrder();
        if (all.isEmpty()) {
            return;
        }
        Meta meta = all.get(Math.max(0, all.size() - 1 - dice.nextInt(30)));
        long end = dice.nextBoolean() ? meta.endMillis() : meta.clockMillis() + lot.lease.toMillis();
        long now = 1_700_000_000_000L + network.elapsed().toMillis();
        long millis = end - now - 15_000 + dice.nextInt(20_000);
        if (millis > 1_000 && millis < lot.lease.toMillis() + 20_000) {
            sleep(Duration.ofMillis(millis), null);
        }
    }

    /** All stand still, so that nothing happens but that time passes; they wake up one after the other, one of them last. */
    private void sleep(Duration time, Ours last) {
        for (Ours each : ours) {
            long more = each == last ? dice.nextLong(5_000) : dice.nextLong(300);
            each.host().stall(time.plusMillis(more));
        }
        network.advance(time);
        asleep = asleep.plus(time);
    }

    // How it ends

    private void end() {
        isOver = true;
        if (lot.isLossyToTheEnd) {
            network.heal().endReplay();
        } else {
            network.fairWeather();
        }
        if (attacker != null) {
            attacker.end();
        }
        for (Ours each : ours) {
            restart(each);
            each.host().turns().resume();
            each.host().busy(Duration.ZERO).receiveBuffer(256, Integer.MAX_VALUE);
        }
    }

    /** Writes at originals, as a client of theirs. */
    private static final class Pen implements SimulatedPeer {
        private Line line;

        void write(NetAddress original, Hash key, Content content) {
            line.send(original, OriginalWire.put(key.bits(), content.toBytes()));
        }

        @Override
        public void receive(NetAddress from, byte[] frame, Line there) {
            // It does not wait for an answer.
        }

        @Override
        public void wake(Line there) {
            line = there;
        }
    }
}
