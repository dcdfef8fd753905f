package org.simpledht.testing;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;

/** After how many seeds each planted bug is found. A program, not a test. */
final class PlantedBugRuns {

    private PlantedBugRuns() {}

    public static void main(String[] args) {
        int most = Integer.parseInt(args[0]);
        String some = args.length > 1 ? args[1] : ".*";
        for (PlantedBug bug : PlantedBug.values()) {
            find(bug, some, bug.patches(), PatchedClasses::misfortune, most);
        }
        for (PlantedHole hole : PlantedHole.values()) {
            find(hole, some, hole.patches(), PatchedClasses::hostility, most);
        }
    }

    private static void find(
            Enum<?> what,
            String some,
            List<PatchedClasses.Patch> patches,
            Function<PatchedClasses, LongFunction<String>> scenario,
            int most) {
        if (!what.name().matches(some)) {
            return;
        }
        long begun = System.nanoTime();
        String found = null;
        long seed = 0;
        try {
            LongFunction<String> outcome = scenario.apply(new PatchedClasses(patches));
            while (found == null && seed < most) {
                found = outcome.apply(++seed);
            }
        } catch (IllegalArgumentException e) {
            found = e.toString();
        }
        System.out.printf(
                "%-40s %5d seeds %6.1f s  %s%n",
                what,
                seed,
                (System.nanoTime() - begun) / 1e9,
                found == null ? "NOT FOUND" : found.substring(0, Math.min(230, found.length())));
    }
}
