package org.simpledht;

import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.simpledht.transport.TransportProvider;

/** Finds transports by their schemes. */
final class Transports {

    private Transports() {}

    /**
     * @throws IllegalArgumentException if there is none; the message names what to add
     */
    static TransportProvider provider(String scheme) {
        Set<String> found = new TreeSet<>();
        // The application's class loader may see transports that this library's does not, and the other way round.
        for (ClassLoader loader :
                new ClassLoader[] {Thread.currentThread().getContextClassLoader(), Transports.class.getClassLoader()}) {
            try {
                for (TransportProvider provider : ServiceLoader.load(TransportProvider.class, loader)) {
                    if (provider.scheme().equals(scheme)) {
                        return provider;
                    }
                    found.add(provider.scheme());
                }
            } catch (ServiceConfigurationError e) {
                throw new IllegalArgumentException(
                        "a transport on the class path cannot be loaded: " + e.getMessage(), e);
            }
        }
        String remedy =
                switch (scheme) {
                    case "udp" -> "add the artifact org.simpledht:dht-transport-udp";
                    case "tcp", "tls" -> "add the artifact org.simpledht:dht-transport-tcp";
                    default -> "add the artifact that provides it";
                };
        throw new IllegalArgumentException(
                "no transport " + scheme + " on the class path (found: " + found + "); " + remedy);
    }
}
