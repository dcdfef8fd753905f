package org.simpledht;

/** A node cannot listen at an address: it is in use, not this machine's, or forbidden. */
public final class CannotListenException extends DhtException {

    private static final long serialVersionUID = 1L;

    CannotListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
