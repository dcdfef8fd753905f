/**
 * What a node holds: a join. Each entry is a lease under a hybrid clock; of two versions of a key the larger one wins,
 * whatever order they come in, and how often (docs/PROTOCOL.md, "Entries"). The entries stand in the order by which nodes
 * compare what they hold ("Reconciliation").
 *
 * <p>One thread writes, the node's own; what says so may be read from any thread meanwhile, without a lock. Time comes in
 * with each call, in Unix milliseconds.
 */
package org.simpledht.core.store;
