package org.simpledht.core;

/** Where one neighbour says that it can be reached, and whether it has shown that it can (docs/PROTOCOL.md, "Validation"). */
final class Claim {

    private final Path path;
    private final long sinceNanos;
    private int probes;
    private boolean proven;

    Claim(Path path, Now now) {
        this.path = path;
        sinceNanos = now.nanos();
    }

    Path path() {
        return path;
    }

    long ageNanos(Now now) {
        return now.since(sinceNanos);
    }

    int probes() {
        return probes;
    }

    void probed() {
        probes++;
    }

    boolean isProven() {
        return proven;
    }

    void prove() {
        proven = true;
    }

    /** Somebody else is there. */
    void refute() {
        proven = false;
    }
}
