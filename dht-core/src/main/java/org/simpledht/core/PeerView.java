package org.simpledht.core;

/**
 * What may be told of a peer outside the core.
 *
 * @param silenceNanos time since its last frame
 */
public record PeerView(Path path, PeerKind kind, long silenceNanos) {}
