package org.simpledht.transport.tcp;

import org.simpledht.transport.TransportFault;

/**
 * How a connection has ended, as the node is told.
 *
 * @param fault null if this is how connections usually end
 * @param reason for people
 * @param cause what was thrown, or null
 */
record Ending(TransportFault fault, String reason, Throwable cause) {

    /** After all was said. */
    static Ending usual() {
        return new Ending(null, "closed by the other side", null);
    }

    /** As the node wants it, whatever was still to be said. */
    static Ending own() {
        return new Ending(null, "closed", null);
    }

    static Ending notConnected(Exception cause) {
        return new Ending(TransportFault.CONNECT_FAILED, Sockets.reason(cause), cause);
    }

    static Ending unanswered() {
        return new Ending(TransportFault.CONNECT_FAILED, "no answer to connecting", null);
    }

    static Ending lost(Exception cause) {
        return new Ending(TransportFault.CONNECTION_LOST, Sockets.reason(cause), cause);
    }

    static Ending inFrame() {
        return new Ending(TransportFault.CONNECTION_LOST, "ended in the midst of a frame", null);
    }

    /**
     * @param what happened before it was secure
     */
    static Ending inHandshake(String what) {
        return insecure(new InsecureException(what + Mistrust.IN_HANDSHAKE));
    }

    static Ending insecure(InsecureException cause) {
        return new Ending(TransportFault.HANDSHAKE_FAILED, cause.getMessage(), cause);
    }

    /**
     * @param isTls whether that is TLS
     */
    static Ending brokenFraming(boolean isTls) {
        String reason = isTls ? "it speaks TLS, as a tls:// node or client" : "broke the framing";
        return new Ending(TransportFault.BAD_FRAMING, reason, null);
    }

    /**
     * @param what took too long
     */
    static Ending late(String what) {
        return new Ending(TransportFault.FRAME_TIMEOUT, what, null);
    }
}
