package org.simpledht.testkit;

import java.util.HexFormat;
import org.simpledht.types.Content;
import org.simpledht.types.NetAddress;

/**
 * Bytes on their way.
 *
 * @param remote where they came from, or where they go
 */
public record Datagram(NetAddress remote, Content bytes) {

    private static final int SHOWN_BYTES = 48;

    public static Datagram of(NetAddress remote, byte[] bytes) {
        return new Datagram(remote, Content.of(bytes));
    }

    /** In hexadecimal digits, as the vectors are written. */
    public String hex() {
        return HexFormat.of().formatHex(bytes.toBytes());
    }

    @Override
    public String toString() {
        String hex = hex();
        return remote + " " + (hex.length() > 2 * SHOWN_BYTES ? hex.substring(0, 2 * SHOWN_BYTES) + "…" : hex);
    }
}
