package org.simpledht.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.simpledht.core.MachineFixture.HELLO;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.simpledht.protocol.Meta;
import org.simpledht.types.Hash;

/** When a link becomes lazy, and when eager. */
class TreeTest {

    private final Tree tree = new Tree();
    private final Branch branch = new Branch();
    private final Branch other = new Branch();
    private long millis = 1_000;
    private int key;

    @Test
    void linksBeginEager() {
        assertThat(branch.isEager()).isTrue();
    }

    @Test
    void threeDuplicatesOverASecondMakeALinkLazy() {
        assertThat(duplicateAfter(0)).isFalse();
        assertThat(duplicateAfter(600)).isFalse();
        assertThat(duplicateAfter(400)).isTrue();
        assertThat(branch.isEager()).isFalse();
    }

    @Test
    void oneLatePushAmongManyMakesNoLinkLazy() {
        for (int i = 0; i < 100; i++) {
            assertThat(duplicateAfter(100)).isFalse();
            tree.wasNews(branch, next());
            tree.wasNews(branch, next());
        }
        assertThat(branch.isEager()).isTrue();
    }

    @Test
    void halfOfThemDuplicatesMakeALinkLazyAfterSomeTime() {
        for (int i = 1; i < 19; i++) {
            assertThat(duplicateAfter(1)).isFalse();
            tree.wasNews(branch, next());
        }
        assertThat(duplicateAfter(1)).isTrue();
    }

    @Test
    void oneLinkInAFifthOfASecondBecomesLazy() {
        IntStream.range(0, 10).forEach(i -> duplicateAfter(0));
        IntStream.range(0, 10).forEach(i -> tree.wasDuplicate(other, next(), false, now()));
        millis += 199;
        assertThat(tree.wasDuplicate(other, next(), false, now())).isFalse();
        millis += 1;
        assertThat(tree.wasDuplicate(other, next(), false, now())).isTrue();
    }

    @Test
    void tenDuplicatesInARowMakeALinkLazyHoweverSoon() {
        for (int i = 1; i < 10; i++) {
            assertThat(duplicateAfter(1)).isFalse();
        }
        assertThat(duplicateAfter(1)).isTrue();
    }

    @Test
    void whatWasOnItsWayWhenALinkChangedDoesNotCount() {
        tree.grafted(branch, now());
        for (int i = 0; i < 20; i++) {
            assertThat(duplicateAfter(14)).isFalse();
        }
        assertThat(duplicateAfter(20)).isFalse();
        assertThat(duplicateAfter(980)).isFalse();
        assertThat(duplicateAfter(20)).isTrue();
    }

    @Test
    void whoDidNotHearThatItIsToAnnounceIsToldAgain() {
        tree.pruned(branch, now());
        assertThat(duplicateAfter(500)).isFalse();
        assertThat(duplicateAfter(500)).isFalse();
        assertThat(duplicateAfter(500)).isTrue();
    }

    @Test
    void whatWasAskedForMayComeTwice() {
        for (int i = 0; i < 20; i++) {
            Meta meta = next();
            tree.asks(meta);
            millis += 1_000;
            assertThat(tree.wasDuplicate(branch, meta, false, now())).isFalse();
        }
    }

    @Test
    void anotherVersionOfWhatWasAskedForCounts() {
        tree.asks(meta(1, 1));
        duplicateAfter(0);
        duplicateAfter(1_000);

        assertThat(tree.wasDuplicate(branch, meta(1, 2), false, now())).isTrue();
    }

    @Test
    void onlyTheLastThousandThatWereAskedForAreRemembered() {
        Meta first = next();
        tree.asks(first);
        for (int i = 0; i < 1_024; i++) {
            tree.asks(next());
        }
        duplicateAfter(0);
        duplicateAfter(1_000);

        assertThat(tree.wasDuplicate(branch, first, false, now())).isTrue();
    }

    @Test
    void theThirdInARowThatHadToBeAskedForMakesALinkEager() {
        tree.pruned(branch, now());
        assertThat(tree.missed(branch, now())).isFalse();
        assertThat(tree.missed(other, now())).isFalse();
        assertThat(branch.isEager()).isFalse();
        assertThat(tree.missed(branch, now())).isTrue();
        assertThat(branch.isEager()).isTrue();
    }

    @Test
    void whatIsNotOfTheTreeBecomesLazyAtOnce() {
        branch.isOfTree(false, now());
        tree.grafted(branch, now());
        millis += 300;
        assertThat(duplicateAfter(0)).isTrue();
        assertThat(branch.isEager()).isFalse();
    }

    @Test
    void whatIsPushedInTimeInterruptsTheRow() {
        tree.missed(branch, now());
        tree.missed(branch, now());
        tree.wasNews(other, next());

        assertThat(tree.missed(branch, now())).isFalse();
    }

    @Test
    void theAnswerToAQuestionDoesNot() {
        tree.missed(branch, now());
        tree.missed(branch, now());
        Meta meta = next();
        tree.asks(meta);
        tree.wasNews(other, meta);

        assertThat(tree.missed(branch, now())).isTrue();
    }

    @Test
    void oneLinkASecondBecomesEager() {
        int made = 0;
        for (int i = 0; i < 100; i++) {
            made += tree.missed(i % 2 == 0 ? branch : other, now()) ? 1 : 0;
            millis += 10;
        }
        assertThat(made).isEqualTo(1);
        millis += 20;
        assertThat(tree.missed(branch, now())).isTrue();
    }

    private boolean duplicateAfter(long wait) {
        millis += wait;
        return tree.wasDuplicate(branch, next(), false, now());
    }

    private Meta next() {
        return meta(++key + 1_000, 1);
    }

    private static Meta meta(long key, long clock) {
        return Meta.of(new Hash(key), clock, 60, HELLO);
    }

    private Now now() {
        return new Now(TimeUnit.MILLISECONDS.toNanos(millis), millis);
    }
}
