package org.simpledht.types;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as a person writes it: the host may be a name, which whoever uses the address resolves.
 *
 * @param scheme the transport, such as {@code udp}
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 to 65,535; 0 only where something is bound, and means any free port
 */
public record Address(String scheme, String host, int port) {

    private static final Pattern FORM = Pattern.compile(
            "(?:([^:/\\[\\]]+)://)?(?:\\[([0-9a-fA-F:.]+)(?:%[^\\]]+)?]|([^:/\\[\\]\\s]+)):([0-9]{1,5})");

    public Address {
        Endpoint.requireScheme(scheme);
        if (host.isEmpty()) {
            throw new IllegalArgumentException("an address needs a host");
        }
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("not a port: " + port + "; a port is 0 to 65535");
        }
    }

    /**
     * Reads {@code host:port}, {@code [ipv6]:port}, or either behind {@code scheme://}.
     *
     * @param defaultScheme what an address without a scheme has
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Address parse(String text, String defaultScheme) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not an address: " + Printable.quote(text)
                    + "; write host:port, such as 127.0.0.1:4000, [::1]:4000 or udp://example.org:4000");
        }
        String scheme = form.group(1) == null ? defaultScheme : form.group(1);
        String host = form.group(2) == null ? form.group(3) : form.group(2);
        return new Address(scheme, host, Integer.parseInt(form.group(4)));
    }

    /** The form that {@link #parse} reads, scheme included. */
    @Override
    public String toString() {
        return scheme + "://" + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
