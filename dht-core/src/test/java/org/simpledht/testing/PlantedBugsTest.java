package org.simpledht.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@link MisfortuneTest} finds what it is to find: each of these bugs, within its first thousand seeds, of which it tries more. So does
 * {@link HostilityTest} with what is to keep hostile peers out, within 1,100 seeds if it is given so many.
 */
class PlantedBugsTest {

    private static final int SEEDS = 1_000;

    @ParameterizedTest
    @EnumSource
    void bugIsFound(PlantedBug bug) {
        find(new PatchedClasses(bug.patches()).misfortune(), bug.likelySeed());
    }

    @ParameterizedTest
    @EnumSource
    void holeIsFound(PlantedHole hole) {
        find(new PatchedClasses(hole.patches()).hostility(), hole.likelySeed());
    }

    private static void find(LongFunction<String> outcome, long likelySeed) {
        String found = outcome.apply(likelySeed);
        for (long seed = 1; found == null && seed <= SEEDS; seed++) {
            found = outcome.apply(seed);
        }
        assertThat(found).as("what %s seeds find wrong", SEEDS).isNotNull();
    }

    @Test
    void whatIsNotPatchedFindsNothing() {
        assertThat(new PatchedClasses(List.of()).misfortune().apply(1)).isNull();
        assertThat(new PatchedClasses(List.of()).hostility().apply(1)).isNull();
    }

    @Test
    void patchThatDoesNotApplyIsRefused() {
        List<PatchedClasses.Patch> patches = List.of(new PatchedClasses.Patch("core/Node", "no such text", ""));
        assertThatThrownBy(() -> new PatchedClasses(patches)).hasMessageContaining("no such text");
    }
}
