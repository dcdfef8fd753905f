package org.simpledht.protocol;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that the nodes of a network share (docs/PROTOCOL.md, "Hostile networks"). The bytes never leave this object. */
public final class ClusterKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    private final int id;

    private ClusterKey(byte[] bytes) {
        secret = new SecretKeySpec(bytes, ALGORITHM);
        id = idOf(bytes);
    }

    /**
     * A copy of the given bytes.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static ClusterKey of(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a cluster key has at least one byte");
        }
        return new ClusterKey(bytes);
    }

    private static int idOf(byte[] bytes) {
        try {
            int id = Byte.toUnsignedInt(MessageDigest.getInstance("SHA-256").digest(bytes)[0]);
            return id == 0 ? 1 : id;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** What frames call this key, 1 to 255: it travels in the clear. */
    public int id() {
        return id;
    }

    /** A fresh authenticator under this key. */
    Mac newMac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM + ", which takes any key", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterKey key && secret.equals(key.secret);
    }

    /** Of the id alone, so that nothing of the secret is in it. */
    @Override
    public int hashCode() {
        return id;
    }

    /** The id alone: this text ends up in logs. */
    @Override
    public String toString() {
        return "ClusterKey[id " + id + "]";
    }
}
