package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What follows from the name of a network (docs/PROTOCOL.md, "Reconciliation"): networks of different names tell each other
 * apart by {@link #hash}, and their sums never agree by accident. Neither is a secret. Immutable.
 */
public final class Cluster {

    // Before the constant below, whose constructor reads it.
    private static final byte[] DOMAIN = "sdx1".getBytes(StandardCharsets.US_ASCII);

    /** The network without a name. */
    public static final Cluster UNNAMED = new Cluster("");

    private final String name;
    private final byte[] key;
    private final SipHash24 sipHash;
    private final long hash;

    private Cluster(String name) {
        this.name = name;
        byte[] digest = digest(name);
        key = Arrays.copyOf(digest, SipHash24.KEY_BYTES);
        sipHash = new SipHash24(key);
        hash = ByteBuffer.wrap(digest).getLong(SipHash24.KEY_BYTES);
    }

    /**
     * @param name any text; the empty one is no name
     */
    public static Cluster named(String name) {
        return name.isEmpty() ? UNNAMED : new Cluster(name);
    }

    private static byte[] digest(String name) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(DOMAIN);
            return sha256.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The name, empty if there is none. */
    public String name() {
        return name;
    }

    /** What a {@link ExtensionRecord.Hello} says of the network. */
    public long hash() {
        return hash;
    }

    /** The hash whose sums are compared. */
    public SipHash24 sipHash() {
        return sipHash;
    }

    /** A copy of the key of {@link #sipHash}. */
    byte[] key() {
        return key.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cluster cluster && name.equals(cluster.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return "Cluster[" + name + "]";
    }
}
