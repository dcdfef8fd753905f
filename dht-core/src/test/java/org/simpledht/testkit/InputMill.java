package org.simpledht.testkit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tries inputs made of others, as a fuzzer does, but without instrumentation: so many times as many in the same time, and guided only by
 * what the target counts. Of what has shown something new, a count of another order of magnitude, more is made. The same seed
 * tries the same inputs.
 */
public final class InputMill {

    private static final int MOST_BYTES = 1_000;
    private static final int MOST_CHANGES = 8;
    private static final int MOST_INSERTED = 24;
    private static final int MOST_SPLICED = 64;
    private static final int MOST_KEPT = 4_000;
    private static final int MOST_FAILURES = 10;
    private static final int REPORT_EVERY = 100_000;

    /** What is tried. */
    public interface Target {
        /**
         * @return what it counted, by names
         * @throws Throwable if something did not hold
         */
        Map<String, Long> run(byte[] input) throws Throwable;
    }

    private final Target target;
    private final Random dice;
    private final List<byte[]> kept = new ArrayList<>();
    private final Set<Long> shown = new HashSet<>();
    private final List<byte[]> failures = new ArrayList<>();

    public InputMill(Target target, List<byte[]> first, long seed) {
        this.target = target;
        dice = new Random(seed);
        kept.add(new byte[0]);
        kept.addAll(first);
        first.forEach(this::showsNew);
    }

    /** Those inputs for which the target threw; it ends after ten of them. */
    public List<byte[]> failures() {
        return List.copyOf(failures);
    }

    /** Of how many more is made. */
    public int kept() {
        return kept.size();
    }

    /** Tries so many. */
    public void run(long executions) {
        for (long i = 0; i < executions && failures.size() < MOST_FAILURES; i++) {
            byte[] input = another();
            if (showsNew(input) && kept.size() < MOST_KEPT) {
                kept.add(input);
            }
        }
    }

    private boolean showsNew(byte[] input) {
        try {
            boolean isNew = false;
            for (Map.Entry<String, Long> count : target.run(input).entrySet()) {
                int magnitude = Long.SIZE - Long.numberOfLeadingZeros(count.getValue());
                isNew |= shown.add((long) count.getKey().hashCode() << 8 | magnitude);
            }
            return isNew;
        } catch (Throwable e) {
            if (failures.isEmpty()) {
                e.printStackTrace(System.out);
            }
            failures.add(input);
            return false;
        }
    }

    private byte[] any() {
        // Those that came last are the least tried.
        int size = kept.size();
        return kept.get(dice.nextInt(4) == 0 ? size - 1 - dice.nextInt(Math.min(size, 32)) : dice.nextInt(size));
    }

    private byte[] another() {
        byte[] bytes = any();
        for (int left = 1 + dice.nextInt(MOST_CHANGES); left > 0; left--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        int at = dice.nextInt(bytes.length + 1);
        int rest = bytes.length - at;
        return switch (dice.nextInt(6)) {
            case 0 -> replaced(bytes, at, Math.min(rest, 1), random(1));
            case 1 -> replaced(bytes, at, 0, random(1 + dice.nextInt(MOST_INSERTED)));
            case 2 -> replaced(bytes, at, Math.min(rest, 1 + dice.nextInt(MOST_INSERTED)), new byte[0]);
            case 3 -> replaced(bytes, at, 0, part(any(), MOST_SPLICED));
            case 4 -> replaced(bytes, at, rest, part(any(), MOST_BYTES));
            default ->
                rest == 0 ? bytes : replaced(bytes, at, 1, new byte[] {(byte) (bytes[at] ^ 1 << dice.nextInt(8))});
        };
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        dice.nextBytes(bytes);
        return bytes;
    }

    private byte[] part(byte[] bytes, int most) {
        int from = dice.nextInt(bytes.length + 1);
        int length = Math.min(bytes.length - from, 1 + dice.nextInt(most));
        byte[] part = new byte[length];
        System.arraycopy(bytes, from, part, 0, length);
        return part;
    }

    private static byte[] replaced(byte[] bytes, int at, int count, byte[] by) {
        int after = bytes.length - at - count;
        byte[] all = new byte[Math.min(MOST_BYTES, at + by.length + after)];
        System.arraycopy(bytes, 0, all, 0, at);
        int inserted = Math.min(by.length, all.length - at);
        System.arraycopy(by, 0, all, at, inserted);
        System.arraycopy(bytes, at + count, all, at + inserted, all.length - at - inserted);
        return all;
    }

    /**
     * A program: tries as many as are asked for, says how it goes, and leaves what it found in the working directory.
     *
     * @param inputs the directory that holds those that are committed
     * @param args executions and seed
     */
    public static void main(Target target, Path inputs, String... args) throws IOException {
        long executions = Long.parseLong(args[0]);
        List<byte[]> first = new ArrayList<>();
        try (Stream<Path> files = Files.list(inputs)) {
            for (Path file : files.sorted().toList()) {
                first.add(Files.readAllBytes(file));
            }
        }
        InputMill mill = new InputMill(input -> runAndKeep(target, input, args[1]), first, Long.parseLong(args[1]));
        long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (long done = 0; done < executions && mill.failures.size() < MOST_FAILURES; done += REPORT_EVERY) {
            mill.run(Math.min(REPORT_EVERY, executions - done));
            double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e9;
            long now = Math.min(executions, done + REPORT_EVERY);
            System.out.printf(
                    Locale.ROOT,
                    "%,d executions, %,.0f a second, %,d inputs kept, %,d counts, %d failed%n",
                    now,
                    now / seconds,
                    mill.kept(),
                    mill.shown.size(),
                    mill.failures.size());
        }
        System.exit(mill.failures.isEmpty() ? 0 : 1);
    }

    private static Map<String, Long> runAndKeep(Target target, byte[] input, String seed) throws Throwable {
        try {
            return target.run(input);
        } catch (Throwable e) {
            Path found = Path.of("found-by-seed-" + seed + "-" + System.nanoTime());
            Files.write(found, input);
            System.out.println(e + "\n    by " + found.toAbsolutePath());
            throw e;
        }
    }
}
