package org.simpledht.core;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What came out of a machine, as lines to be read: {@code "Put 2a hello to alice"}. A question is answered with what came since the last one. */
final class Transcript {

    /** What each KeepAlive may say of the sender is no more than that. */
    private static final Pattern SIGN_OF_LIFE =
            Pattern.compile("^\\+?KeepAlive( PROBE)?( \\[(Hello|Root|Flow)[^\\]]*\\])* to ");

    private record Line(long millis, String text) {}

    private final List<Line> lines = new ArrayList<>();

    void note(long millis, String text) {
        lines.add(new Line(millis, text));
    }

    /** All lines since the last question. */
    List<String> out() {
        List<String> out = lines.stream().map(Line::text).toList();
        lines.clear();
        return out;
    }

    /** Frames since the last question, but for mere signs of life. */
    List<String> said() {
        return out().stream().filter(Transcript::isSaid).toList();
    }

    /** The same with the milliseconds since the start before each. */
    List<String> saidWhen() {
        List<String> said = lines.stream()
                .filter(line -> isSaid(line.text))
                .map(line -> line.millis + " " + line.text)
                .toList();
        lines.clear();
        return said;
    }

    /** Mere signs of life since the last question, with the milliseconds since the start before each. */
    List<String> signsOfLifeWhen() {
        List<String> signs = lines.stream()
                .filter(line -> isSignOfLife(line.text))
                .map(line -> line.millis + " " + line.text)
                .toList();
        lines.clear();
        return signs;
    }

    /** What the application hears of, since the last question. */
    List<String> events() {
        return out().stream().filter(text -> !text.contains(" to ")).toList();
    }

    private static boolean isSaid(String text) {
        return text.contains(" to ") && !isSignOfLife(text);
    }

    private static boolean isSignOfLife(String text) {
        return SIGN_OF_LIFE.matcher(text).find();
    }
}
