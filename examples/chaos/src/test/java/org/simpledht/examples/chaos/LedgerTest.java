package org.simpledht.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger(1);
    private final AtomicBoolean lives = new AtomicBoolean(true);

    @Test
    void whatIsHeldByWhoLivesMustBeFound() {
        Ledger.Write write = put();
        assertThat(ledger.allows(Optional.empty())).isTrue();
        write.done();
        assertThat(ledger.allows(Optional.empty())).isFalse();
        assertThat(ledger.allows(write.content())).isTrue();
    }

    @Test
    void whatDiedWithItsWriterMayBeGone() {
        put().done();
        lives.set(false);
        assertThat(ledger.allows(Optional.empty())).isTrue();
    }

    @Test
    void whatNeighboursHaveOutlivesItsWriter() {
        Ledger.Write write = put();
        write.done();
        write.acknowledged();
        lives.set(false);
        assertThat(ledger.allows(Optional.empty())).isFalse();
        assertThat(ledger.allows(write.content())).isTrue();
    }

    @Test
    void nothingFromBeforeASureWriteComesBack() {
        Ledger.Write old = put();
        old.done();
        Ledger.Write removal = ledger.begin(true, 0, lives::get, new Random(1));
        removal.done();
        assertThat(ledger.allows(old.content())).isFalse();
        assertThat(ledger.allows(Optional.empty())).isTrue();
    }

    @Test
    void nobodyKnowsOfTheLastWriteOfOneWhoWasKilled() {
        Ledger.Write sure = put();
        sure.done();
        Ledger.Write last = ledger.begin(false, 10, () -> false, new Random(1));
        assertThat(ledger.allows(sure.content())).isTrue();
        assertThat(ledger.allows(last.content())).isTrue();
        assertThat(ledger.allows(Optional.empty())).isFalse();
    }

    @Test
    void whatNobodyHasWrittenIsKnownForThat() {
        assertThat(ledger.knows(put().content())).isTrue();
        assertThat(ledger.knows(Optional.of("1-1-another"))).isFalse();
    }

    @Test
    void whatAllHadStaysThoughItsWriterEnds() {
        Ledger.Write write = put();
        write.done();
        ledger.settle(write.content());
        lives.set(false);
        assertThat(ledger.allows(Optional.empty())).isFalse();
        assertThat(ledger.allows(write.content())).isTrue();
    }

    private Ledger.Write put() {
        return ledger.begin(false, 10, lives::get, new Random(1));
    }
}
