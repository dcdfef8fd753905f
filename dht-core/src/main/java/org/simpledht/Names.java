package org.simpledht;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.simpledht.types.Address;
import org.simpledht.types.NetAddress;
import org.simpledht.types.Printable;

/** Names and what they stand for. Asking may take as long as a name server does. */
final class Names {

    private Names() {}

    /** Every address that the host name resolves to, each once, at the address's port; empty if it resolves to nothing. */
    static List<NetAddress> resolve(DhtRuntime runtime, Address address) {
        try {
            Set<NetAddress> found = new LinkedHashSet<>();
            for (InetAddress each : runtime.resolve(address.host())) {
                found.add(NetAddress.of(each.getAddress(), address.port()));
            }
            return List.copyOf(found);
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    /**
     * @throws IllegalArgumentException if the name does not resolve
     */
    static List<NetAddress> require(DhtRuntime runtime, Address address) {
        List<NetAddress> found = resolve(runtime, address);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(unknown(address));
        }
        return found;
    }

    static String unknown(Address address) {
        return "the name " + Printable.quote(address.host()) + " does not resolve to an address; check its spelling,"
                + " or write the address itself";
    }
}
