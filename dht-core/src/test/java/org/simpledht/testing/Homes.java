package org.simpledht.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.simpledht.types.NetAddress;

/** Where everybody in a network of hostile peers is reached: by IPv4, by IPv6, or by both. */
final class Homes {

    /** What good nodes have. All can reach each other, or else nobody could ask that all be neighbours. */
    enum Families {
        V4,
        V6,
        /** Every other one has both, the others IPv4 alone. */
        V4_AND_BOTH,
        /** Every other one has both, the others IPv6 alone. */
        V6_AND_BOTH;

        /** Whether some have two addresses, by one of which nobody need know them. */
        boolean areMixed() {
            return this == V4_AND_BOTH || this == V6_AND_BOTH;
        }

        boolean hasV4(int number) {
            return this != V6 && (this != V6_AND_BOTH || number % 2 == 1);
        }

        boolean hasV6(int number) {
            return this != V4 && (this != V4_AND_BOTH || number % 2 == 1);
        }

        /** Of who has one alone, be it a victim or a hostile peer. */
        boolean isV6(int number) {
            return this != V4 && (this == V6 || number % 2 == 1);
        }
    }

    private static final int OURS = 0;
    private static final int ORIGINALS = 0x100;
    private static final int VICTIMS = 0x1000;
    private static final int ENEMIES = 0xffff;

    private final SimulatedNetwork network;
    private final Families families;
    private final boolean isPublic;
    private final Map<String, List<NetAddress>> byName = new HashMap<>();

    /**
     * @param isPublic whether addresses are those of the public network, where no subnet gets too many places
     */
    Homes(SimulatedNetwork network, Families families, boolean isPublic) {
        this.network = network;
        this.families = families;
        this.isPublic = isPublic;
    }

    Wire wire() {
        return network.wire();
    }

    /** Each of our nodes is in a subnet of its own. */
    void moveIn(Ours one, int number) {
        String v4 = families.hasV4(number) ? isPublic ? "198.18." + number + ".1" : "" : null;
        NetAddress v6 = families.hasV6(number) ? v6(OURS + number, 1) : null;
        List<NetAddress> addresses = moveIn(one.name(), v4, v6);
        one.livesAt(v6 == null ? network.host(one.name()) : new SixHost(this, one.host(), addresses), addresses);
    }

    /** Hostile peers have one subnet together. */
    NetAddress ofEnemy(String name, int number) {
        String v4 = isPublic ? "203.0.113." + (1 + number) : "";
        return ofOne(name, families.isV6(number), v4, v6(ENEMIES, 1 + number));
    }

    /** Two victims have one. */
    NetAddress ofVictim(String name, int number) {
        String v4 = "192.0." + (2 + number / 2) + "." + (1 + number);
        return ofOne(name, families.isV6(number), v4, inPublicV6(VICTIMS + number / 2, 1 + number));
    }

    /** An original has one socket, and where there is no IPv4 that is one that reaches both. */
    NetAddress ofOriginal(String name, int number) {
        String v4 = isPublic ? "198.19." + number + ".1" : "";
        boolean isV6 = families == Families.V6 || families == Families.V6_AND_BOTH;
        return ofOne(name, isV6, v4, v6(ORIGINALS + number, 1));
    }

    private NetAddress ofOne(String name, boolean isV6, String v4, NetAddress v6) {
        return moveIn(name, isV6 ? null : v4, isV6 ? v6 : null).get(0);
    }

    /**
     * @param v4 empty for the one that the network gives it
     */
    private List<NetAddress> moveIn(String name, String v4, NetAddress v6) {
        SimulatedHost host = network.host(name);
        List<NetAddress> addresses = new ArrayList<>();
        if (v6 != null) {
            wire().hosts().alsoAt(host, v6.address());
            host.ports().address(v6.address());
            addresses.add(v6);
        }
        if (v4 != null) {
            if (!v4.isEmpty()) {
                host.address(v4);
            }
            addresses.add(NetAddress.of(host.address(), Ports.FIRST));
            if (v6 != null) {
                // What moves is nowhere else.
                wire().hosts().alsoAt(host, v6.address());
            }
        }
        byName.put(name, addresses);
        return addresses;
    }

    private NetAddress v6(int subnet, int host) {
        return isPublic ? inPublicV6(subnet, host) : v6(0xfd00, 0, subnet, host);
    }

    private static NetAddress inPublicV6(int subnet, int host) {
        return v6(0x2001, 0x0db8, subnet, host);
    }

    private static NetAddress v6(int first, int second, int third, int last) {
        byte[] address = new byte[16];
        int[] words = {first, second, third};
        for (int i = 0; i < words.length; i++) {
            address[2 * i] = (byte) (words[i] >>> Byte.SIZE);
            address[2 * i + 1] = (byte) words[i];
        }
        address[15] = (byte) last;
        return NetAddress.of(address, Ports.FIRST);
    }

    /** Every address of a name, whoever asks: what cannot be reached from there is for the node to leave. */
    List<InetAddress> resolve(String name, SimulatedHost by) throws UnknownHostException {
        List<InetAddress> found = new ArrayList<>();
        for (NetAddress address : byName.getOrDefault(name, List.of())) {
            found.add(InetAddress.getByAddress(address.address()));
        }
        return found.isEmpty() ? by.resolve(name) : found;
    }
}
