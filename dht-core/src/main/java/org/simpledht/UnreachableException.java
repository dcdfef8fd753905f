package org.simpledht;

/** The asked node cannot be reached: its name does not resolve, or the connection was refused. */
public final class UnreachableException extends DhtException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String message) {
        super(message, null);
    }
}
