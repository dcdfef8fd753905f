package org.simpledht.testing;

/**
 * An eavesdropper that changes no frame that it was given, and none that it has sent. So it gets the frames themselves and no copies,
 * of which there would be one for each frame in the network.
 */
interface UnchangingPeer extends SimulatedPeer.Eavesdropper {}
