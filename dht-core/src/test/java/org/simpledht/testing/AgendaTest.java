package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgendaTest {

    private record Event(long at, int number) {}

    @Test
    void eventsHappenInTheOrderOfTheirTimesThenOfTheirEntry() {
        for (long seed = 1; seed <= 20; seed++) {
            SplittableRandom dice = new SplittableRandom(seed);
            Agenda agenda = new Agenda();
            List<Event> entered = new ArrayList<>();
            List<Event> happened = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                Event event = new Event(agenda.nowNanos() + dice.nextInt(50), i);
                entered.add(event);
                agenda.in(event.at - agenda.nowNanos(), () -> happened.add(event));
                if (dice.nextInt(3) == 0) {
                    agenda.step(Long.MAX_VALUE);
                    assertThat(agenda.nowNanos()).isEqualTo(happened.get(happened.size() - 1).at);
                }
            }
            while (agenda.step(1_000_000)) {
                // Until nothing is left.
            }
            entered.sort(Comparator.comparingLong(Event::at).thenComparingInt(Event::number));
            assertThat(happened).as("seed %d", seed).isEqualTo(entered);
            assertThat(agenda.nowNanos()).isEqualTo(1_000_000);
        }
    }

    @Test
    void whatLiesBeyondTheEndOfTimeNeverHappens() {
        Agenda agenda = new Agenda();
        agenda.in(Long.MAX_VALUE, () -> {});
        assertThat(agenda.step(Long.MAX_VALUE - 1)).isFalse();
    }
}
