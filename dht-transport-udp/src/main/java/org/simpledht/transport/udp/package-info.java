/** Frames as UDP datagrams, one each. */
package org.simpledht.transport.udp;
