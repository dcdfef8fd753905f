package org.simpledht.testing;

/**
 * Runs a scenario for one seed after the other, and says with one command how to replay the first that fails.
 *
 * <pre>{@code
 * @Test
 * void whatIsPutSurvivesLoss() {
 *     Seeds.from(1, 100).forEach(network -> {
 *         network.loss(0.2);
 *         ...
 *     });
 * }
 * }</pre>
 *
 * <p>The system property {@code dht.seed} has that seed run alone, {@code dht.seed-count} that many from the first one on, and
 * {@code dht.first-seed} says which one that is: so a long run can be cut into slices. Maven hands what stands on its command line on to
 * the tests; other tools may have to be told.
 */
public final class Seeds {

    /** Runs this one seed alone. */
    static final String ONE = "dht.seed";

    /** Begins with this one, whatever the test says. */
    static final String FIRST = "dht.first-seed";

    /** Not {@code dht.seeds}, which is the setting of a node that names whom to contact. */
    static final String COUNT = "dht.seed-count";

    private static final String PLACE = "{seed}";
    private static final int MOST = 1_000_000_000;

    private final long first;
    private final long count;
    private final String template;

    /** What is done with the network of each seed. */
    @FunctionalInterface
    public interface Scenario {
        /**
         * Builds and tries something; what it throws fails the seed.
         *
         * @param network an empty one in fair weather
         */
        void run(SimulatedNetwork network) throws Exception;
    }

    private Seeds(long first, long count, String template) {
        this.first = first;
        this.count = count;
        this.template = template;
    }

    /**
     * So many seeds, unless the system properties say otherwise, which is asked when they run.
     *
     * @param first any number
     * @param count from 1 to 1,000,000,000
     * @throws IllegalArgumentException if it is anything else
     */
    public static Seeds from(long first, int count) {
        return new Seeds(first, Require.within("count", count, 1, MOST), null);
    }

    /**
     * Says what to print for a seed that fails. Without it, it is a command for Maven, made of the class and the method of the test that
     * calls {@link #forEach}: the nearest one on the call stack with an annotation of JUnit or TestNG, else the caller.
     *
     * @param command with <code>{seed}</code> where the seed belongs, such as
     *     <code>./gradlew test --tests '*.SurvivalTest' -Pseed={seed}</code>
     * @throws IllegalArgumentException if it has no such place
     */
    public Seeds replayedBy(String command) {
        if (!command.contains(PLACE)) {
            throw new IllegalArgumentException(
                    "the command has no " + PLACE + ": " + command + "; write it where the seed belongs, as in "
                            + "\"mvn test -Dtest=SurvivalTest -Ddht.seed={seed}\"");
        }
        return new Seeds(first, count, command);
    }

    /**
     * Runs the scenario for each seed until one fails.
     *
     * @throws AssertionError if one fails: its message has the seed, the command that replays it, and the
     *     {@linkplain SimulatedNetwork#story story}; its cause is what the scenario threw
     * @throws IllegalArgumentException if a system property is no number, or out of range
     */
    public void forEach(Scenario scenario) {
        String command = template == null ? ReplayCommand.ofCaller(PLACE) : template;
        Long only = number(ONE);
        Long begin = number(FIRST);
        Long many = number(COUNT);
        if (only != null) {
            run(scenario, only, command);
            return;
        }
        long from = begin == null ? first : begin;
        long total = many == null ? count : Require.within(COUNT, many, 1, MOST);
        for (long i = 0; i < total; i++) {
            run(scenario, from + i, command);
        }
    }

    /** What a system property says; null if there is none. */
    private static Long number(String property) {
        Long value = Long.getLong(property);
        String text = System.getProperty(property);
        if (value == null && text != null) {
            throw new IllegalArgumentException(
                    "system property " + property + " is \"" + text + "\", but must be a whole number, such as 17");
        }
        return value;
    }

    private static void run(Scenario scenario, long seed, String command) {
        SimulatedNetwork network = SimulatedNetwork.ofSeed(seed);
        try {
            scenario.run(network);
        } catch (Throwable e) {
            // Errors too: a stack that overflows is a failure like others, and has a seed.
            throw new AssertionError(
                    "seed " + seed + " fails: " + firstLines(e) + "\nreplay it with\n  "
                            + command.replace(PLACE, Long.toString(seed)) + "\n" + network.story(),
                    e);
        }
    }

    /** The message stands in the cause, whole; here it is not to hide the command. */
    private static String firstLines(Throwable failure) {
        String text = failure instanceof AssertionError && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
        String[] lines = text.strip().split("\\R", 6);
        return lines.length < 6
                ? text.strip()
                : text.strip().substring(0, text.strip().indexOf(lines[5])).strip() + " …";
    }
}
