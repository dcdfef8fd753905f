package org.simpledht;

/** Time ran out before every asked peer was heard of: the entry may exist, or may not. */
public final class DhtTimeoutException extends DhtException {

    private static final long serialVersionUID = 1L;

    DhtTimeoutException(String message) {
        super(message, null);
    }
}
