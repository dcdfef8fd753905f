package org.simpledht.core;

import org.simpledht.types.NetAddress;

/**
 * One way to another node: from one of our bindings to one of its addresses. An answer goes back by the path that the
 * question came by, since the asker takes answers only from the address it asked.
 *
 * @param binding index into {@link NodeSettings#bindings}
 */
public record Path(int binding, NetAddress remote) {

    // Written out: looked up for every frame, and what a record does by itself takes several times as long.

    @Override
    public boolean equals(Object other) {
        return other instanceof Path path && binding == path.binding && remote.equals(path.remote);
    }

    @Override
    public int hashCode() {
        return 31 * remote.hashCode() + binding;
    }
}
