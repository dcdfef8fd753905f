/**
 * The state machine. {@link org.simpledht.core.Node} is a node of the network, {@link org.simpledht.core.Client} asks one;
 * both are {@link org.simpledht.core.Machine}s.
 *
 * <p>Rules of this package: no socket, thread, clock, lock, logger or dice of its own. Events go in (a frame, a command, a
 * tick) with the time in an argument; what should happen is appended to the {@link org.simpledht.core.Outbox}, which the
 * driver drains once per turn. Nothing travels back. So a whole network of nodes can run in virtual time, from one seed.
 *
 * <p>Not for several threads, save the readers that {@link org.simpledht.core.store.Store} names.
 */
package org.simpledht.core;
