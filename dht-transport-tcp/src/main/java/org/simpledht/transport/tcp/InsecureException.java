package org.simpledht.transport.tcp;

import java.io.IOException;

/** Why a connection is not secure, in words for people. Expected wherever somebody knocks, so it has no trace. */
final class InsecureException extends IOException {

    private static final long serialVersionUID = 1;

    InsecureException(String reason) {
        super(reason);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** Without the class's name: this is what stands in the log. */
    @Override
    public String toString() {
        return getMessage();
    }
}
