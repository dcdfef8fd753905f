package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.simpledht.types.Hash;

final class AllowancesTest {

    private static final long START = Long.MAX_VALUE - Allowances.INTERVAL_NANOS / 2;
    private static final Line LINE = Line.removed(new Hash(42));

    private final List<String> printed = new ArrayList<>();
    private final Allowances allowances = new Allowances(line -> printed.add(line.text()));

    @Test
    void thousandLinesASecondAreAFewAndACount() {
        int asksForTick = 0;
        for (int i = 0; i < 1_000; i++) {
            asksForTick += allowances.print("peerJoined", LINE, START + i * 1_000_000L) ? 1 : 0;
        }
        assertThat(printed).hasSize(Allowances.MOST);
        assertThat(asksForTick).isEqualTo(1);

        allowances.tick(START + Allowances.INTERVAL_NANOS);
        assertThat(printed).hasSize(Allowances.MOST + 1).last().isEqualTo("* peerJoined: 980 left out");
    }

    @Test
    void kindsDoNotHideEachOther() {
        for (int i = 0; i < 100; i++) {
            allowances.print("peerJoined", LINE, START);
        }
        printed.clear();

        allowances.print("peerLost", LINE, START);
        assertThat(printed).containsExactly(LINE.text());
    }

    @Test
    void nextIntervalHasItsOwnLinesBehindTheCount() {
        for (int i = 0; i <= Allowances.MOST; i++) {
            allowances.print("peerLost", LINE, START);
        }
        printed.clear();

        allowances.print("peerLost", LINE, START + Allowances.INTERVAL_NANOS);
        assertThat(printed).containsExactly("* peerLost: 1 left out", LINE.text());
    }
}
