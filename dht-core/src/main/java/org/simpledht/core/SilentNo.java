package org.simpledht.core;

/**
 * When a frame of an original means "I do not have it". It answers a Get of what it has at once and says nothing otherwise,
 * so a sign of life that comes well after the question is a no; after two questions, because one may have got lost.
 */
final class SilentNo {

    private static final int QUESTIONS = 2;
    private static final long WELL_AFTER_NANOS = 150_000_000L;

    private SilentNo() {}

    static boolean isNo(int asked, long sinceLastNanos) {
        return asked >= QUESTIONS && sinceLastNanos >= WELL_AFTER_NANOS;
    }
}
