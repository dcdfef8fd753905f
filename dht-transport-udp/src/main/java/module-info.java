/** Carries frames as UDP datagrams. Found by its scheme, {@code udp}: put it on the class path or the module path. */
module org.simpledht.transport.udp {
    requires transitive org.simpledht;
    requires org.slf4j;

    exports org.simpledht.transport.udp;

    provides org.simpledht.transport.TransportProvider with
            org.simpledht.transport.udp.UdpTransportProvider;
}
