package org.simpledht.protocol;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.simpledht.types.Content;

/** The digest of a content as a {@link Meta} carries it. */
public final class ContentDigest {

    private ContentDigest() {}

    /** The first 8 bytes of SHA-256; a zero becomes 1, because 0 means that there is no content. */
    public static long of(Content content) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(content.asBuffer());
            long digest = ByteBuffer.wrap(sha256.digest()).getLong();
            return digest == 0 ? 1 : digest;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
