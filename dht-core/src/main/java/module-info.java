/** A replicated hash table that fits into a dependency: start with {@link org.simpledht.Dht}. */
module org.simpledht {
    requires org.slf4j;

    exports org.simpledht;
    exports org.simpledht.testing;
    exports org.simpledht.types;
    exports org.simpledht.transport;

    uses org.simpledht.transport.TransportProvider;
}
