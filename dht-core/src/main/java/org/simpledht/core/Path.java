package org.simpledht.core;

import org.simpledht.types.NetAddress;

/**
 * One way to another node: from one of our bindings to one of its addresses. An answer goes back by the path that the
 * question came by, since the asker takes answers only from the address it asked.
 *
 * @param binding index into {@link NodeSettings#bindings}
 */
public record Path(int binding, NetAddress remote) {}
