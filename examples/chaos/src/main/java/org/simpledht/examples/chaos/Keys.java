package org.simpledht.examples.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Random;

/** A cluster key for one run. */
final class Keys {

    private static final int BYTES = 32;

    private Keys() {}

    /** The file with it, or null if this run has none. */
    static Path drawn(Options options, Path folder) throws IOException {
        if (!options.keyed()) {
            return null;
        }
        byte[] key = new byte[BYTES];
        new Random(~options.seed()).nextBytes(key);
        // Nobody else may read it, or no node takes it.
        Path file = Files.createFile(
                folder.resolve("cluster.keys"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, HexFormat.of().formatHex(key) + "\n");
    }
}
