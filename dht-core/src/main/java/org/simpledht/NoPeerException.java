package org.simpledht;

/** Nobody could be asked: no peer of this node is alive. */
public final class NoPeerException extends DhtException {

    private static final long serialVersionUID = 1L;

    NoPeerException(String message) {
        super(message, null);
    }
}
