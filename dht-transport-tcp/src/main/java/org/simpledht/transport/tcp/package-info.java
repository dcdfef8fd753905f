/**
 * The TCP transport. {@link org.simpledht.transport.tcp.TcpTransport} is the door to the node;
 * {@link org.simpledht.transport.tcp.Acceptor} and {@link org.simpledht.transport.tcp.Connection} are what the selector
 * calls; {@link org.simpledht.transport.tcp.FrameReader}, {@link org.simpledht.transport.tcp.OutputQueue} and
 * {@link org.simpledht.transport.tcp.Deadlines} know no socket.
 */
package org.simpledht.transport.tcp;
