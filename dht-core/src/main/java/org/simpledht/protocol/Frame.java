package org.simpledht.protocol;

import java.util.Objects;
import java.util.Optional;

/**
 * What travels: one classic message and, where the sender is one of ours, the extension behind it, at which an original
 * does not look.
 */
public record Frame(Message carrier, Optional<Extension> extension) implements Decoded {

    public Frame {
        Objects.requireNonNull(carrier, "carrier");
        Objects.requireNonNull(extension, "extension");
    }

    /** The message alone, byte for byte what an original sends. */
    public static Frame classic(Message carrier) {
        return new Frame(carrier, Optional.empty());
    }

    public static Frame extended(Message carrier, Extension extension) {
        return new Frame(carrier, Optional.of(extension));
    }
}
