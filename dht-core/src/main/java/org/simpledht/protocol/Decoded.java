package org.simpledht.protocol;

/** What came of decoding: a {@link Frame}, or the {@link Refusal} that says why there is none. */
public sealed interface Decoded permits Frame, Refusal {}
