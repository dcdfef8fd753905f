package org.simpledht.transport;

/** What can go wrong on the way. Each is counted in the node's statistics, and the node serves on. */
public enum TransportFault {
    /** A frame could not be sent: unreachable, unroutable, forbidden, of another family. */
    SEND_FAILED,
    /** A frame was dropped because a socket's or a connection's output buffer was full. */
    OUTPUT_FULL,
    /** A frame was larger than the transport carries. */
    FRAME_TOO_LARGE,
    /** Reading from a socket failed. */
    RECEIVE_FAILED,
    /** A connection could not be made. */
    CONNECT_FAILED,
    /** A connection was not secure: the other side speaks no TLS, has no certificate, or one that is not trusted. */
    HANDSHAKE_FAILED,
    /** A connection was reset, or ended in the midst of a frame. */
    CONNECTION_LOST,
    /** A connection was closed because it broke the framing: a length beyond the limit. */
    BAD_FRAMING,
    /** A connection was closed because a frame took too long to arrive, or to be taken. */
    FRAME_TIMEOUT,
    /** A connection was refused or closed because there were too many, or no descriptor was left. */
    TOO_MANY_CONNECTIONS
}
