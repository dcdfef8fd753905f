/**
 * Nodes in network namespaces of their own, and all that can go wrong with links, systems and processes, drawn from a seed. What
 * was promised is checked after each round of it. It drives {@code ip}, {@code nsenter}, {@code prlimit} and {@code kill}, and knows
 * the nodes by their standard input and output alone.
 */
package org.simpledht.examples.chaos;
