/**
 * Nodes in virtual time: {@link org.simpledht.testing.SimulatedNetwork} runs the same nodes that run for real, every hop
 * through real frames, with all misfortune from one seed. For the tests of this library and of applications.
 */
package org.simpledht.testing;
