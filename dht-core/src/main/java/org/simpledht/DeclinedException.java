package org.simpledht;

/** The asked node was reached and declined. */
public final class DeclinedException extends DhtException {

    private static final long serialVersionUID = 1L;

    DeclinedException(String message) {
        super(message, null);
    }
}
