package org.simpledht.examples.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether the processes themselves are well: alive, quiet, and no larger than they were. */
final class Health {

    /** Beyond the largest after the first round: streams to others that were made anew, of which the old ones wait for their end. */
    private static final int MORE_DESCRIPTORS = 16;

    /** The compiler's come and go. */
    private static final int MORE_THREADS = 3;

    private static final Pattern TROUBLE = Pattern.compile(
            "^\\s+at [\\w.$/]+\\(.*|.*(Exception in thread|please report this|OutOfMemoryError|StackOverflowError"
                    + "|AssertionError|NullPointerException|IndexOutOfBounds|IllegalState|ClassCast).*");

    private static final Pattern COUNTER = Pattern.compile(
            "\"(fault\\.\\w+|refused\\.\\w+|pauses|framesReceived|framesRepeated|framesStale|writesHeld)\":([1-9]\\d*)");

    private final List<Member> members;
    private final Verdicts verdicts;
    private final Story story;
    private final List<int[]> measured = new ArrayList<>();

    Health(List<Member> members, Verdicts verdicts, Story story) {
        this.members = members;
        this.verdicts = verdicts;
        this.story = story;
    }

    /** At a time when all are to live. */
    void look() {
        for (Member member : members) {
            if (member.server().diedByItself()) {
                verdicts.broken(Promise.ALIVE, member + " is gone");
            }
        }
    }

    void measure() throws IOException {
        List<Integer> descriptors = new ArrayList<>();
        List<Integer> threads = new ArrayList<>();
        for (Member member : members) {
            descriptors.add(member.server().descriptors());
            threads.add(member.server().threads());
        }
        story.tell("descriptors " + descriptors + ", threads " + threads);
        measured.add(new int[] {most(descriptors), most(threads)});
    }

    private static int most(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** What the nodes have noticed of all that, together: it shows that it reached them. */
    Map<String, Long> counters() throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        for (Member member : members) {
            COUNTER.matcher(member.server().ask("stats"))
                    .results()
                    .forEach(found -> sums.merge(found.group(1), Long.parseLong(found.group(2)), Long::sum));
        }
        return sums;
    }

    /** At the end of all. */
    void judge() throws IOException {
        int[] first = measured.get(0);
        int[] last = measured.get(measured.size() - 1);
        String figure = "at most " + first[0] + " descriptors and " + first[1] + " threads, in the end " + last[0]
                + " and " + last[1];
        verdicts.figure(Promise.FLAT, figure);
        if (last[0] > first[0] + MORE_DESCRIPTORS || last[1] > first[1] + MORE_THREADS) {
            verdicts.broken(Promise.FLAT, figure);
        }
        for (Member member : members) {
            try (Stream<String> lines = Files.lines(member.log())) {
                lines.filter(line -> TROUBLE.matcher(line).matches())
                        .forEach(line -> verdicts.broken(Promise.QUIET, member + " says " + line));
            }
        }
    }
}
