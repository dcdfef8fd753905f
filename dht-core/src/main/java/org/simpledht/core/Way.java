package org.simpledht.core;

/** What is kept of one of the paths to a peer. */
final class Way {

    private long heardNanos;
    private long token;
    private boolean isTokenNew;
    private long shown;

    Way(Now now) {
        heardNanos = now.nanos();
    }

    void hear(Now now) {
        heardNanos = now.nanos();
    }

    long heardNanos() {
        return heardNanos;
    }

    void excuse(long nanos) {
        heardNanos += nanos;
    }

    /** The cookie that was last heard by it, to be shown in each header; 0 before the first one. */
    long token() {
        return token;
    }

    /** A cookie has come: our frames do not show it yet. */
    void token(long cookie) {
        if (cookie != token) {
            isTokenNew = true;
            // Who did not know us has shown our cookie without keeping it.
            shown = 0;
        }
        token = cookie;
    }

    /** True once for each cookie that is another one than the last. */
    boolean takeNewToken() {
        boolean was = isTokenNew;
        isTokenNew = false;
        return was;
    }

    /** The cookie of ours that its last frame has shown. */
    long shown() {
        return shown;
    }

    void shown(long cookie) {
        shown = cookie;
    }
}
