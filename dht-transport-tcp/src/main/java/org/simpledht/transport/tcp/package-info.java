/**
 * The TCP transport. {@link org.simpledht.transport.tcp.TcpTransport} is the door to the node;
 * {@link org.simpledht.transport.tcp.Acceptor} and {@link org.simpledht.transport.tcp.Connection} are what the selector
 * calls; {@link org.simpledht.transport.tcp.FrameReader}, {@link org.simpledht.transport.tcp.OutputQueue} and
 * {@link org.simpledht.transport.tcp.Deadlines} know no socket.
 * So do {@link org.simpledht.transport.tcp.Patience}, which says how long each connection is waited for, and
 * {@link org.simpledht.transport.tcp.Room}, which says who goes when there are too many.
 *
 * <p>A connection has a {@link org.simpledht.transport.tcp.Wire}, which is plain or goes through TLS; what TLS needs is read by
 * {@link org.simpledht.transport.tcp.TlsFiles}.
 */
package org.simpledht.transport.tcp;
