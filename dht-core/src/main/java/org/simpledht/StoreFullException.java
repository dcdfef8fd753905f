package org.simpledht;

/** The local table is at its bound of entries or bytes and takes no new key; what it holds can still be overwritten. */
public final class StoreFullException extends DhtException {

    private static final long serialVersionUID = 1L;

    StoreFullException(String message) {
        super(message, null);
    }
}
