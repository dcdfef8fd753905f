package org.simpledht.types;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a node can be reached: a transport and an address.
 *
 * @param scheme the transport's name, such as {@code udp}: a lower-case letter, then at most 15 lower-case letters,
 *     digits, {@code +}, {@code .} or {@code -}
 * @param address the literal address
 */
public record Endpoint(String scheme, NetAddress address) {

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,15}");

    public Endpoint {
        requireScheme(scheme);
        Objects.requireNonNull(address, "address");
    }

    static void requireScheme(String scheme) {
        if (!SCHEME.matcher(scheme).matches()) {
            throw new IllegalArgumentException(
                    "not a transport: " + Printable.quote(scheme) + "; a transport is a word such as udp or tcp");
        }
    }

    /** {@code udp://192.0.2.1:4000} or {@code udp://[2001:db8::1]:4000}. */
    @Override
    public String toString() {
        return scheme + "://" + address;
    }
}
