package org.simpledht.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.simpledht.types.NetAddress;
import org.simpledht.types.Printable;

/** The hosts of a network, by name and by address, in the order in which they were made. */
final class Hosts {

    private static final int FIRST_ADDRESS = 10 << 24 | 1;
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private final Map<String, SimulatedHost> byName = new LinkedHashMap<>();
    private final Map<NetAddress, SimulatedHost> byAddress = new HashMap<>();

    /** The host of that name, made from its name and address if there is none yet. */
    SimulatedHost named(String name, BiFunction<String, byte[], SimulatedHost> make) {
        SimulatedHost host = byName.get(name);
        if (host == null) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a host needs a name that is not blank, such as \"a\"");
            }
            byte[] address = nextAddress();
            host = make.apply(name, address);
            byName.put(name, host);
            byAddress.put(NetAddress.of(address, 0), host);
        }
        return host;
    }

    private byte[] nextAddress() {
        int next = FIRST_ADDRESS + byName.size();
        byte[] address = bytes(next);
        while (byAddress.containsKey(NetAddress.of(address, 0))) {
            next++;
            address = bytes(next);
        }
        return address;
    }

    private static byte[] bytes(int address) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(address).array();
    }

    /** The host is there from now on, and nowhere else. */
    void moved(SimulatedHost host, byte[] address) {
        byAddress.values().removeIf(host::equals);
        byAddress.put(NetAddress.of(address, 0), host);
    }

    void alsoAt(SimulatedHost host, byte[] address) {
        byAddress.put(NetAddress.of(address, 0), host);
    }

    SimulatedHost existing(String name) {
        SimulatedHost host = byName.get(name);
        if (host == null) {
            throw new IllegalArgumentException("no host " + Printable.quote(name) + "; the hosts are " + names());
        }
        return host;
    }

    Set<String> names() {
        return byName.keySet();
    }

    Collection<SimulatedHost> all() {
        return byName.values();
    }

    /** Whose address that is; null if nobody's. */
    SimulatedHost at(NetAddress address) {
        // The address with its port is remembered too: taking off the port makes garbage.
        SimulatedHost host = byAddress.get(address);
        if (host == null) {
            host = byAddress.get(address.withPort(0));
            if (host != null) {
                byAddress.put(address, host);
            }
        }
        return host;
    }

    List<InetAddress> resolve(String name) throws UnknownHostException {
        SimulatedHost host = byName.get(name);
        if (host != null) {
            return List.of(InetAddress.getByAddress(host.address()));
        }
        if (LITERAL.matcher(name).matches()) {
            // No name server is asked.
            return List.of(InetAddress.getByName(name));
        }
        throw new UnknownHostException(name);
    }

    /** Names with addresses, for people. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (SimulatedHost host : byName.values()) {
            String address = NetAddress.of(host.address(), 0).toString();
            out.append(out.isEmpty() ? "" : ", ")
                    .append(host.name())
                    .append(" is ")
                    .append(address, 0, address.lastIndexOf(':'));
        }
        return out.toString();
    }
}
