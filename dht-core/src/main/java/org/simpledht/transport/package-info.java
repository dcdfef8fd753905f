/**
 * The transport SPI: how frames of bytes get from node to node. A transport knows no message and no peer.
 *
 * <p>A transport is found with {@link java.util.ServiceLoader}: name its {@link TransportProvider} both in
 * {@code META-INF/services} and in {@code module-info.java}.
 */
package org.simpledht.transport;
