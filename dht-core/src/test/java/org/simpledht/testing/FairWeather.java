package org.simpledht.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Content;
import org.simpledht.types.Hash;
import org.simpledht.types.NetAddress;

/** What is tried when all is well again: that news is everywhere at once, by whatever way, and that questions are answered. */
final class FairWeather {

    private static final Duration TO_AGREE = Duration.ofSeconds(40);
    private static final Duration TO_AGREE_IN_SPITE_OF_LOSS = Duration.ofSeconds(25);
    /** The worst of thousands of seeds needs a third of it. */
    private static final Duration AT_ONCE = Duration.ofMillis(600);
    /** What is not pushed on at once is announced 50 ms later. */
    private static final Duration TO_PASS_ON = Duration.ofMillis(150);

    private static final int TIMES = 4;
    /** By chance it takes a comparison three times of twenty, where of two writers the one can hear of the other from one alone. */
    private static final int MOST_TIMES = 16;

    private final SimulatedNetwork network;
    private final SplittableRandom dice;
    private final Lot lot;
    private final Inhabitants inhabitants;
    private final Author author;
    private final Agreement agreement;

    FairWeather(
            SimulatedNetwork network,
            SplittableRandom dice,
            Lot lot,
            Inhabitants inhabitants,
            Author author,
            Agreement agreement) {
        this.network = network;
        this.dice = dice;
        this.lot = lot;
        this.inhabitants = inhabitants;
        this.author = author;
        this.agreement = agreement;
    }

    /**
     * What one writes or removes is everywhere at once, and not only when tables are compared again; also if but one other hears of
     * it, who passes it on. Of several times the shortest counts: where the one who could hear of it is not among those to whom it is
     * announced, it takes a comparison.
     *
     * @return the longest that any kind of news took
     */
    Duration tellAll() {
        Duration put = TO_AGREE;
        Duration tie = TO_AGREE;
        Duration removal = TO_AGREE;
        for (int i = 0;
                i < TIMES || i < MOST_TIMES && longest(put, tie, removal).compareTo(AT_ONCE) > 0;
                i++) {
            Hash key = author.anyKey();
            Ours one = agreement.any(dice);
            Ours other = agreement.any(dice);
            put = shorter(put, tell(key, () -> write(one, key), one));
            Runnable both = () -> {
                write(one, key);
                write(other, key);
            };
            tie = shorter(tie, tell(key, both, one, other));
            removal = shorter(removal, tell(key, () -> author.remove(one, key), one));
        }
        Duration longest = longest(put, tie, removal);
        if (longest.compareTo(AT_ONCE) > 0) {
            throw new AssertionError("a put takes " + put + ", two at once " + tie + ", a removal " + removal);
        }
        return longest;
    }

    private void write(Ours writer, Hash key) {
        author.write(writer, key, 0, author.text("write"));
    }

    private static Duration longest(Duration... times) {
        return Collections.max(List.of(times));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** One of the others alone can hear of it from those who write, if there is one who could pass it on. */
    private Duration tell(Hash key, Runnable write, Ours... writers) {
        List<Ours> silenced = List.of(writers);
        Ours confidant = agreement.any(dice);
        long nowNanos = network.agenda().nowNanos();
        boolean isPassedOn = !silenced.contains(confidant)
                && hasSomebodyToTell(confidant, silenced.size(), nowNanos)
                && silenced.stream().allMatch(writer -> writer.vigil().insides().sharesWith(confidant.address()))
                && reachesAllBut(silenced, confidant);
        if (isPassedOn) {
            silence(silenced, confidant);
        }
        Meta before = confidant.vigil().store().meta(key);
        inhabitants.wiretap().listen(confidant.address(), key);
        write.run();
        network.advance(Duration.ofMillis(1));
        if (isPassedOn && !lot.isForged()) {
            passOn(confidant, before, silenced, nowNanos);
        }
        Duration needed = agreement.come(TO_AGREE);
        network.heal();
        return needed;
    }

    /**
     * Not only those who wrote it, nor one who is told of no new keys while it is full.
     *
     * @param sinceNanos who came later compares tables, and is not told of what came before
     */
    private boolean hasSomebodyToTell(Ours confidant, int writers, long sinceNanos) {
        int small = lot.small < 0 ? 0 : 1;
        return confidant.vigil().insides().sharingSince(sinceNanos) > writers + small;
    }

    /** Who knows nobody yet but those who are silenced could hear of it from nobody. */
    private boolean reachesAllBut(List<Ours> silenced, Ours confidant) {
        List<Ours> unreached = new ArrayList<>(inhabitants.all());
        unreached.removeAll(silenced);
        unreached.remove(confidant);
        Deque<Ours> reached = new ArrayDeque<>(List.of(confidant));
        while (!reached.isEmpty()) {
            Ours one = reached.poll();
            List<Ours> next = unreached.stream()
                    .filter(other -> one.vigil().insides().sharesWith(other.address())
                            && other.vigil().insides().sharesWith(one.address()))
                    .toList();
            unreached.removeAll(next);
            reached.addAll(next);
        }
        return unreached.isEmpty();
    }

    private void silence(List<Ours> writers, Ours confidant) {
        for (Ours writer : writers) {
            for (Ours each : inhabitants.all()) {
                if (each != confidant && each != writer) {
                    network.cut(writer.name(), each.name());
                }
            }
        }
    }

    /**
     * Others may have it by comparison of tables, so this is seen on the wire alone. Nobody may be left to be told: whom the confidant
     * knew may turn out to have been started anew since, with a clock that is wrong. And who tells the confidant in the meantime need not
     * be told: another version that an original had may spread just then.
     */
    private void passOn(Ours confidant, Meta before, List<Ours> writers, long sinceNanos) {
        // Another one may have renewed what was there before.
        boolean hasHeard = network.advanceUntil(
                () -> confidant.vigil().store().meta(before.key()).clock() != before.clock(), TO_PASS_ON);
        if (hasHeard
                && !network.advanceUntil(inhabitants.wiretap()::isTold, TO_PASS_ON)
                && hasSomebodyToTell(confidant, writers.size() + othersWhoKnow(writers), sinceNanos)) {
            throw new AssertionError(confidant.name() + " does not pass on what it has heard of " + before.key());
        }
    }

    private int othersWhoKnow(List<Ours> writers) {
        Set<NetAddress> know = new HashSet<>(inhabitants.wiretap().haveTold());
        writers.forEach(writer -> know.remove(writer.address()));
        return know.size();
    }

    /** When a third of all is lost it takes a little longer. */
    Duration tellAllInSpiteOfLoss() {
        network.loss(0.3);
        for (int i = 0; i < lot.keys; i++) {
            Content content = i % 4 == 0 ? author.bytes(1_200 + dice.nextInt(2_000)) : author.text("tried");
            author.write(agreement.any(dice), new Hash(i), 0, content);
        }
        network.advance(Duration.ofMillis(1));
        Duration needed = agreement.come(TO_AGREE_IN_SPITE_OF_LOSS);
        network.loss(0);
        return needed;
    }

    /** Of two versions under one clock the larger one is the answer to a question of who has the smaller one. */
    void probe() {
        Prober prober = new Prober(dice.nextLong(), lot.isKeyed);
        network.attach("prober", prober);
        network.advance(Duration.ofMillis(1));
        Ours asked = agreement.any(dice);
        Meta meta = asked.vigil().store().meta(new Hash(0));
        if (meta.digest() != 0 && meta.digest() != 1) {
            prober.ask(asked.address(), meta, asked.host().currentTimeMillis());
            if (!network.advanceUntil(prober::isAnswered, AT_ONCE)) {
                throw new AssertionError(asked.name() + " does not answer who asks for " + meta);
            }
        }
    }
}
