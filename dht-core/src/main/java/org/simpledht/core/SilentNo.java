package org.simpledht.core;

/**
 * When a frame of an original means "I do not have it". It answers a Get of what it has at once and says nothing otherwise,
 * so a sign of life that comes well after the question is a no; after two questions, because one may have got lost. Not after
 * the last one: signs of life come once a second as questions do, and might always come right behind one.
 */
final class SilentNo {

    /** How many questions it takes. */
    static final int QUESTIONS = 2;

    private static final long WELL_AFTER_NANOS = 150_000_000L;

    private SilentNo() {}

    /**
     * @param asked how many questions there were
     * @param enoughNanos when the last one of the first {@link #QUESTIONS} was asked
     */
    static boolean isNo(int asked, long enoughNanos, Now now) {
        return asked >= QUESTIONS && now.since(enoughNanos) >= WELL_AFTER_NANOS;
    }
}
