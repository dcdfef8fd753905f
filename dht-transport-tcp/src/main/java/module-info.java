/**
 * Frames of bytes over TCP, each behind its length: the scheme {@code tcp}, and {@code tls} where TLS is around it. Nothing here
 * needs to be named by an application.
 */
module org.simpledht.transport.tcp {
    requires org.simpledht;
    requires org.slf4j;

    provides org.simpledht.transport.TransportProvider with
            org.simpledht.transport.tcp.TcpTransportProvider,
            org.simpledht.transport.tcp.TlsTransportProvider;
}
