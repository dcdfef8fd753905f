package org.simpledht.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The words of the command line in UTF-8, also where Java reads them in the charset of a locale such as C. */
final class Arguments {

    private static final String SEPARATOR = "\0";

    private Arguments() {}

    /** What Java made of the words, or what they were if Java could not tell and the system can. */
    static String[] utf8(String[] args) {
        String charset = System.getProperty("sun.jnu.encoding", "UTF-8");
        boolean ascii = Arrays.stream(args).allMatch(word -> word.chars().allMatch(c -> c < 0x80));
        if (ascii || charset.equalsIgnoreCase("UTF-8")) {
            return args;
        }
        try {
            return last(args, Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            // No such file on this system, or the words are not UTF-8 either.
            return args;
        }
    }

    /** The end of a whole command line, as many words as {@code args}: what stands before it are the JVM's own. */
    static String[] last(String[] args, String commandLine) {
        // The limit keeps empty words at the end, so that one more than there are words comes out.
        String[] all = commandLine.split(SEPARATOR, -1);
        int end = all.length - 1;
        return end < args.length ? args : Arrays.copyOfRange(all, end - args.length, end);
    }
}
