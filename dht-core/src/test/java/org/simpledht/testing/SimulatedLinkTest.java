package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedLinkTest {

    private static final Duration MS_1 = Duration.ofMillis(1);
    private static final Duration MS_200 = Duration.ofMillis(200);

    private final SimulatedNetwork network = SimulatedNetwork.ofSeed(1).delay(MS_1, MS_1);
    private final Mailbox a = Mailbox.at(network, "a");
    private final Mailbox b = Mailbox.at(network, "b");
    private final SimulatedLink link = network.link("a", "b");

    private void sendBothWays(int count) {
        a.sendMany(b, count);
        b.sendMany(a, count);
        network.advance(Duration.ofSeconds(1));
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void lossOfOneDirectionIsNotThatOfTheOther() {
        link.loss(1);
        sendBothWays(10);
        assertThat(b.numbers()).isEmpty();
        assertThat(a.numbers()).hasSize(10);
        assertThat(network.frames()).containsEntry("lost", 10L);
    }

    @Test
    void lossOfADirectionComesBeforeThatOfAll() {
        network.loss(1);
        link.loss(0);
        sendBothWays(10);
        assertThat(b.numbers()).hasSize(10);
        assertThat(a.numbers()).isEmpty();
    }

    @Test
    void partOfALossyDirectionArrives() {
        link.loss(0.5);
        a.sendMany(b, 100);
        network.advance(Duration.ofSeconds(1));
        assertThat(b.numbers()).hasSizeBetween(30, 70);
    }

    @Test
    void delayOfOneDirectionIsNotThatOfTheOther() {
        link.delay(MS_200, MS_200);
        sendBothWays(1);
        assertThat(b.times()).containsExactly(MS_200);
        assertThat(a.times()).containsExactly(MS_1);
    }

    @Test
    void cutEndsOneDirectionAlsoForWhatIsOnItsWay() {
        a.sendMany(b, 1);
        link.cut();
        sendBothWays(2);
        assertThat(b.numbers()).isEmpty();
        assertThat(a.numbers()).hasSize(2);
        assertThat(network.frames()).containsEntry("cut off", 3L);
    }

    @Test
    void cloggedLinkHoldsWhatItCanAndLetsItGoInOrder() {
        link.clog(3);
        sendBothWays(5);
        network.advance(Duration.ofHours(1));
        assertThat(b.numbers()).isEmpty();
        assertThat(a.numbers()).hasSize(5);
        assertThat(network.frames()).containsEntry("held", 3L).containsEntry("clogged", 2L);

        Duration before = network.elapsed();
        link.unclog();
        network.advance(Duration.ofSeconds(1));
        assertThat(b.numbers()).containsExactly(0, 1, 2);
        assertThat(b.times()).containsOnly(before.plus(MS_1));
    }

    @Test
    void cloggedLinkHolds256FramesUnlessToldOtherwise() {
        link.clog();
        a.sendMany(b, 300);
        assertThat(network.frames()).containsEntry("held", 256L).containsEntry("clogged", 44L);
    }

    @Test
    void healEndsAllThatIsOfLinksAndNothingElse() {
        network.loss(0.25).replay(1, Duration.ofHours(1));
        network.pause("b");
        link.loss(1).delay(MS_200, MS_200).cut().clog(10);
        network.link("b", "a").clog(10);
        b.sendMany(a, 8);

        network.heal();
        long received = network.frames().get("received");
        network.advance(Duration.ofMillis(1));
        assertThat(network.frames().get("received") - received)
                .as("let go by the other clogged link")
                .isPositive();
        a.sendMany(b, 100);
        network.advance(Duration.ofMillis(1));
        assertThat(b.numbers()).as("still pausing").isEmpty();
        network.resume("b");
        assertThat(b.numbers()).as("loss of all frames remains").hasSizeBetween(60, 90);
        assertThat(b.times()).containsOnly(network.elapsed());
        network.advance(Duration.ofHours(1));
        assertThat(network.frames()).as("replays remain").containsEntry("replayed", 108L);
    }

    @Test
    void fairWeatherEndsAllThatBefallsFrames() {
        network.loss(1).duplication(1).delay(MS_200, MS_200);
        network.bandwidth(1, 0).sharedBandwidth(1, 0).replay(1, Duration.ofHours(1));
        a.sendMany(b, 2);
        link.cut();
        network.fairWeather();
        sendBothWays(10);
        network.advance(Duration.ofHours(2));
        assertThat(b.numbers()).containsExactlyInAnyOrderElementsOf(upTo(10));
        assertThat(b.times()).allSatisfy(time -> assertThat(time).isLessThanOrEqualTo(Duration.ofMillis(5)));
        assertThat(network.frames()).containsEntry("replayed", 0L);
    }

    @Test
    void partitionPartsTheSideFromAllOthersOnly() {
        Mailbox c = Mailbox.at(network, "c");
        network.partition(List.of("a", "c"));
        a.sendMany(b, 1);
        b.sendMany(a, 1);
        a.sendMany(c, 1);
        network.advance(Duration.ofSeconds(1));
        assertThat(a.numbers()).isEmpty();
        assertThat(b.numbers()).isEmpty();
        assertThat(c.numbers()).hasSize(1);
    }

    @Test
    void partitionEndsWithEachLinkThatIsHealedAndIsNothingToWhoComesLater() {
        Mailbox never = Mailbox.at(network, "never");
        network.link("a", "b");
        network.partition(List.of("a"));
        Mailbox late = Mailbox.at(network, "late");
        network.link("a", "b").heal();
        sendBothWays(1);
        a.sendMany(late, 1);
        network.advance(Duration.ofSeconds(1));
        assertThat(b.numbers()).as("this direction was healed alone").hasSize(1);
        assertThat(a.numbers()).isEmpty();
        assertThat(late.numbers()).hasSize(1);

        network.heal();
        b.sendMany(a, 1);
        a.sendMany(never, 1);
        network.advance(Duration.ofSeconds(1));
        assertThat(a.numbers()).hasSize(1);
        assertThat(never.numbers()).as("nothing went there before").hasSize(1);
    }
}
