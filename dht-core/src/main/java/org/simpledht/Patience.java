package org.simpledht;

/** Waiting to the end, also on a thread that is interrupted. */
final class Patience {

    private Patience() {}

    /** Something that can be waited for. */
    interface Wait {
        /** Returns early when what is waited for is there. */
        void upTo(long nanos) throws InterruptedException;
    }

    /** Waits so long at most. A thread that is interrupted waits on, and is interrupted afterwards. */
    static void wait(long nanos, Wait wait) {
        long deadlineNanos = System.nanoTime() + nanos;
        boolean interrupted = false;
        long left = nanos;
        while (left > 0) {
            try {
                wait.upTo(left);
                left = 0;
            } catch (InterruptedException e) {
                interrupted = true;
                left = deadlineNanos - System.nanoTime();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
