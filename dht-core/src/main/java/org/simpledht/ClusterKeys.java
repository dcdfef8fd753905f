package org.simpledht;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.simpledht.protocol.ClusterKey;
import org.simpledht.protocol.KeyRing;

/**
 * The secrets that the nodes and clients of a network share: with them nobody else is heard. Up to four, all of which are
 * accepted, and the first signs. So one is replaced without a break: add the new one at every node, make it the first
 * everywhere, remove the old one ({@link Dht#replaceClusterKeys}).
 *
 * <p>Immutable. No method gives the bytes back, and no text of this class has anything of them.
 */
public final class ClusterKeys {

    /** The bytes of a key. */
    public static final int KEY_BYTES = 32;

    /** Keys at most. */
    public static final int MAX_KEYS = KeyRing.MAX_KEYS;

    private static final ClusterKeys NONE = new ClusterKeys(Optional.empty(), Optional.empty());
    private static final int MAX_FILE_BYTES = 1 << 14;
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Optional<KeyRing> ring;
    private final Optional<Path> file;

    private ClusterKeys(Optional<KeyRing> ring, Optional<Path> file) {
        this.ring = ring;
        this.file = file;
    }

    /** Of a network in which everybody may take part. */
    public static ClusterKeys none() {
        return NONE;
    }

    /**
     * Copies of the given keys, the one that signs first.
     *
     * @param keys one to four, of 32 bytes each, from a good source of randomness
     * @throws IllegalArgumentException if there are none or too many, one has another length, or two have the same id, which is
     *     a byte of their digest
     */
    public static ClusterKeys of(byte[]... keys) {
        List<ClusterKey> made = new ArrayList<>();
        for (byte[] key : Objects.requireNonNull(keys, "keys")) {
            if (Objects.requireNonNull(key, "key").length != KEY_BYTES) {
                throw new IllegalArgumentException("a cluster key has " + KEY_BYTES + " bytes, not " + key.length);
            }
            made.add(ClusterKey.of(key));
        }
        return new ClusterKeys(Optional.of(new KeyRing(made)), Optional.empty());
    }

    /**
     * The keys in a file: one a line, 64 hexadecimal digits or the base64 of 32 bytes, the one that signs first. Empty lines and
     * lines that begin with # are skipped. It may be a pipe, which can be read only once: whoever wants to read it anew needs a file.
     *
     * @throws IllegalArgumentException if it cannot be read, it is this user's own and others may read or write it, or a line is no
     *     key; the message says which line, and not what is in it
     */
    public static ClusterKeys fromFile(Path file) {
        Objects.requireNonNull(file, "file");
        try (InputStream in = Files.newInputStream(file)) {
            requirePrivate(file);
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new IllegalArgumentException("cluster keys file " + file + " has more than " + MAX_FILE_BYTES
                        + " bytes; is it another file?");
            }
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            KeyRing read = parse(List.of(text.split("\r\n|\r|\n")), "cluster keys file " + file, "line");
            return new ClusterKeys(Optional.of(read), Optional.of(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no cluster keys file " + file + "; check the path", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the cluster keys file " + file + ": " + e, e);
        }
    }

    /** As ssh does with its keys: what belongs to somebody else, as a secret that the system hands over, is his to protect. */
    private static void requirePrivate(Path file) throws IOException {
        if (!hasRights(file)) {
            return;
        }
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        boolean isOwn = attributes.owner().getName().equals(System.getProperty("user.name"));
        if (isOwn && attributes.permissions().stream().anyMatch(OF_OTHERS::contains)) {
            throw new IllegalArgumentException("cluster keys file " + file
                    + " can be read or written by other users of this machine; forbid that: chmod 600 " + file);
        }
    }

    private static boolean hasRights(Path file) throws IOException {
        // The pipe of a shell's <(...), as /dev/fd/63, has rights, and is in no store that could be asked: that would
        // say it is absent.
        return Files.isRegularFile(file)
                ? Files.getFileStore(file).supportsFileAttributeView("posix")
                : file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Keys in one text, with commas or blanks between them. */
    static ClusterKeys parse(String text, String origin) {
        KeyRing read = parse(List.of(text.strip().split("[\\s,]+")), origin, "key");
        return new ClusterKeys(Optional.of(read), Optional.empty());
    }

    private static KeyRing parse(List<String> texts, String origin, String unit) {
        List<ClusterKey> keys = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= texts.size(); number++) {
            String text = texts.get(number - 1).strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String where = origin + ", " + unit + " " + number + ": ";
            ClusterKey key = key(text, where);
            for (int i = 0; i < keys.size(); i++) {
                if (keys.get(i).equals(key)) {
                    throw new IllegalArgumentException(where + "the same key as in " + unit + " " + numbers.get(i));
                }
                if (keys.get(i).id() == key.id()) {
                    throw new IllegalArgumentException(where + "this key and that in " + unit + " " + numbers.get(i)
                            + " have the same id, " + key.id() + ", by chance; make a new one in place of either");
                }
            }
            keys.add(key);
            numbers.add(number);
        }
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(
                    origin + ": there are " + keys.size() + " keys, but must be 1 to " + MAX_KEYS);
        }
        return new KeyRing(keys);
    }

    private static ClusterKey key(String text, String where) {
        byte[] bytes;
        try {
            boolean isHex = text.length() == 2 * KEY_BYTES && HEX.matcher(text).matches();
            bytes = isHex ? HexFormat.of().parseHex(text) : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Without its cause, which tells of what was there.
            throw new IllegalArgumentException(where + "neither hexadecimal digits nor base64; write 32 random bytes,"
                    + " such as openssl rand -hex 32 prints");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(where + "a key of " + bytes.length + " bytes, but it must have "
                    + KEY_BYTES + "; openssl rand -hex 32 makes one");
        }
        return ClusterKey.of(bytes);
    }

    /** Whether there is no key, so that everybody may take part. */
    public boolean isEmpty() {
        return ring.isEmpty();
    }

    Optional<KeyRing> ring() {
        return ring;
    }

    /** Where they were read; no part of what they are. */
    Optional<Path> file() {
        return file;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClusterKeys keys && ring.equals(keys.ring);
    }

    @Override
    public int hashCode() {
        return ring.hashCode();
    }

    /** The ids alone, which travel in the clear: this text ends up in logs. */
    @Override
    public String toString() {
        return ring.map(keys -> keys.keys().stream().map(ClusterKey::id).toList())
                .map(ids -> "ids " + ids)
                .orElse("none");
    }
}
