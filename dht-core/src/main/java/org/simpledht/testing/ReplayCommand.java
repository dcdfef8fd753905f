package org.simpledht.testing;

import java.lang.StackWalker.StackFrame;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;

/** The command that runs a test again: made of where its class lies and who called. */
final class ReplayCommand {

    private static final List<String> TEST_ANNOTATIONS = List.of("org.junit.", "org.testng.", "net.jqwik.");
    private static final String POM = "pom.xml";

    private ReplayCommand() {}

    /** For the test that has called, from somewhere outside of {@link Seeds}. */
    static String ofCaller(String seed) {
        List<StackFrame> callers = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.dropWhile(frame -> isOurs(frame.getDeclaringClass()))
                        .toList());
        StackFrame test =
                callers.stream().filter(ReplayCommand::isTest).findFirst().orElse(callers.get(0));
        return of(test.getDeclaringClass(), test.getMethodName(), seed);
    }

    private static boolean isOurs(Class<?> type) {
        return type == ReplayCommand.class || type == Seeds.class;
    }

    /** By the names of its annotations: a library for tests is none of ours. */
    private static boolean isTest(StackFrame frame) {
        return Arrays.stream(frame.getDeclaringClass().getDeclaredMethods())
                .filter(method -> method.getName().equals(frame.getMethodName()))
                .flatMap(method -> Arrays.stream(method.getAnnotations()))
                .map(Annotation::annotationType)
                .anyMatch(type -> TEST_ANNOTATIONS.stream().anyMatch(type.getName()::startsWith));
    }

    static String of(Class<?> type, String method, String seed) {
        String simple = type.getName().substring(type.getName().lastIndexOf('.') + 1);
        // A lambda's method is no test: all of the class are run then. A nested class has a $, which a shell would take
        // for its own.
        String test = method.contains("$") ? simple : simple + "#" + method;
        String quoted = test.contains("$") ? "'" + test + "'" : test;
        // Without the switch, a module that is built along but has no such test would fail.
        return "mvn test" + module(directory(type)) + " -Dtest=" + quoted
                + " -Dsurefire.failIfNoSpecifiedTests=false -D" + Seeds.ONE + "=" + seed;
    }

    /** Which module to build, with what it needs, seen from the topmost directory that has a pom. */
    static String module(Path classes) {
        Path module = classes.toAbsolutePath();
        while (module != null && !Files.exists(module.resolve(POM))) {
            module = module.getParent();
        }
        if (module == null) {
            return "";
        }
        Path root = module;
        while (root.getParent() != null && Files.exists(root.getParent().resolve(POM))) {
            root = root.getParent();
        }
        String path = root.relativize(module).toString().replace('\\', '/');
        return path.isEmpty() ? "" : " -pl " + path + " -am";
    }

    private static Path directory(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Path.of("");
        }
        try {
            return Path.of(URI.create(source.getLocation().toString()));
        } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            // Not a directory of this file system: there is no module to be named.
            return Path.of("");
        }
    }
}
