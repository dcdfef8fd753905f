package org.simpledht.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.simpledht.types.Content;

/**
 * One row of the files of frames that are known to be right or wrong; they are the contract between implementations.
 *
 * @param valid false if whoever receives these bytes must refuse them and serve on
 */
public record Vector(boolean valid, String name, Content bytes) {

    private static final HexFormat HEX = HexFormat.of();

    /** Frames of the protocol of 2017. */
    public static List<Vector> classic() {
        List<Vector> rows = new ArrayList<>();
        for (String line : lines("/classic-vectors.txt")) {
            if (!line.startsWith("#")) {
                String[] cells = line.split("\\|");
                String hex = cells.length < 3 ? "" : cells[2].strip();
                rows.add(new Vector(cells[0].strip().equals("ok"), cells[1].strip(), bytes(hex)));
            }
        }
        return rows;
    }

    /** Frames with the extension. */
    public static List<Vector> extended() {
        return extensionFile(false);
    }

    /** What is no frame: numbers and keys that follow from the entry of the frames. */
    public static List<Vector> primitives() {
        return extensionFile(true);
    }

    private static List<Vector> extensionFile(boolean wantsPrimitives) {
        List<Vector> rows = new ArrayList<>();
        boolean primitives = false;
        for (String line : lines("/extension-vectors.txt")) {
            if (line.startsWith("#")) {
                primitives = line.startsWith("# Primitives");
            } else if (primitives == wantsPrimitives) {
                String[] cells = line.split("\\|");
                String name = cells[0].strip();
                rows.add(new Vector(!name.startsWith("bad:"), name, bytes(cells[1].strip())));
            }
        }
        return rows;
    }

    /** The name, which JUnit shows: the bytes of a row may be hundreds. */
    @Override
    public String toString() {
        return name;
    }

    private static Content bytes(String hex) {
        return Content.of(HEX.parseHex(hex));
    }

    private static List<String> lines(String resource) {
        try (InputStream in = Vector.class.getResourceAsStream(resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
