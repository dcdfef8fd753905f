package org.simpledht.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Whether somebody sits at a stream. {@link System#console} only answers for input and output together. */
enum Terminals {
    INPUT(0),
    OUTPUT(1);

    private static final long PATIENCE_SECONDS = 2;

    private final int descriptor;

    Terminals(int descriptor) {
        this.descriptor = descriptor;
    }

    boolean isTerminal() {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            if (Files.isSymbolicLink(link)) {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            }
            return ask();
        } catch (IOException e) {
            return System.console() != null;
        }
    }

    /** Where there is no /proc, {@code test -t}, which every Unix has. */
    private boolean ask() throws IOException {
        Process test = new ProcessBuilder("test", "-t", Integer.toString(descriptor))
                .inheritIO()
                .start();
        try {
            return test.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
