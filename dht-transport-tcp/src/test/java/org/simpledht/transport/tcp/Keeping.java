package org.simpledht.transport.tcp;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;

/** Tests that open things, all of which are closed after each, the last one first. */
abstract class Keeping {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    final <T extends AutoCloseable> T keep(T closeable) {
        open.push(closeable);
        return closeable;
    }

    @AfterEach
    final void closeAll() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
