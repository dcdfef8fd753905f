package org.simpledht.core;

import org.simpledht.types.NetAddress;

/**
 * What the core knows of a bound transport.
 *
 * @param stream true if frames travel in connections
 * @param local where it is bound
 * @param maxFrameV4 largest frame to an IPv4 address, in bytes; 0 if none can be reached
 * @param maxFrameV6 likewise for IPv6
 */
public record Binding(String scheme, boolean stream, NetAddress local, int maxFrameV4, int maxFrameV6) {

    /** Largest frame to that address, in bytes; 0 if it cannot be reached. */
    public int maxFrameBytes(NetAddress remote) {
        if (!remote.isUnicast()) {
            return 0;
        }
        return remote.isV6() ? maxFrameV6 : maxFrameV4;
    }
}
