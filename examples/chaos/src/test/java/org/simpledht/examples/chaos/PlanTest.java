package org.simpledht.examples.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void oneSeedDrawsOnePlan() {
        assertThat(rounds(7, 20)).isEqualTo(rounds(7, 20)).isNotEqualTo(rounds(8, 20));
    }

    @Test
    void aRoundBefallsDifferentNodesInDifferentWaysAndEnds() {
        for (List<Incident> round : rounds(1, 1_000)) {
            assertThat(round).extracting(Incident::kind).doesNotHaveDuplicates();
            assertThat(round)
                    .extracting(Incident::node)
                    .doesNotHaveDuplicates()
                    .allMatch(node -> node >= 1 && node <= 6);
            assertThat(round).allMatch(incident -> incident.untilMillis() <= Plan.ROUND_MILLIS);
        }
    }

    @Test
    void everythingHappensWithinFourRounds() {
        for (long seed = 1; seed <= 100; seed++) {
            Set<Kind> kinds = EnumSet.noneOf(Kind.class);
            rounds(seed, 4).forEach(round -> round.forEach(incident -> kinds.add(incident.kind())));
            assertThat(kinds).as("seed " + seed).containsExactlyInAnyOrder(Kind.values());
        }
    }

    @Test
    void whatALinkIsToldIsWhatWasDrawn() {
        Conditions drawn = new Conditions(0.125, 0.25, 0.0625, 20, 30);
        assertThat(Conditions.parse(("out " + drawn.line()).split(" "), 1)).isEqualTo(drawn);
        assertThat(drawn.netem()).isEqualTo("netem delay 35.0ms 15.0ms loss 12.50% duplicate 25.00% corrupt 6.25%");
    }

    private static List<List<Incident>> rounds(long seed, int count) {
        Plan plan = new Plan(seed, 6);
        List<List<Incident>> rounds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rounds.add(plan.round());
        }
        return rounds;
    }
}
