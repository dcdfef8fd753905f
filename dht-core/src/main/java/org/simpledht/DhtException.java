package org.simpledht;

/** Why the library could not do what it was asked; each subclass is one outcome that a caller may want to tell apart. */
public abstract sealed class DhtException extends RuntimeException
        permits DhtTimeoutException,
                NoPeerException,
                StoreFullException,
                CannotListenException,
                UnreachableException,
                DeclinedException {

    private static final long serialVersionUID = 1L;

    DhtException(String message, Throwable cause) {
        super(message, cause);
    }
}
