package org.simpledht.testing;

import java.util.function.LongFunction;

/** After how many seeds each planted bug is found. A program, not a test. */
final class PlantedBugRuns {

    private PlantedBugRuns() {}

    public static void main(String[] args) {
        for (PlantedBug bug : PlantedBug.values()) {
            if (args.length > 1 && !bug.name().matches(args[1])) {
                continue;
            }
            long begun = System.nanoTime();
            String found = null;
            long seed = 0;
            try {
                LongFunction<String> misfortune = new PatchedClasses(bug.patches()).misfortune();
                while (found == null && seed < Integer.parseInt(args[0])) {
                    found = misfortune.apply(++seed);
                }
            } catch (IllegalArgumentException e) {
                found = e.toString();
            }
            System.out.printf(
                    "%-40s %5d seeds %6.1f s  %s%n",
                    bug,
                    seed,
                    (System.nanoTime() - begun) / 1e9,
                    found == null ? "NOT FOUND" : found.substring(0, Math.min(230, found.length())));
        }
    }
}
