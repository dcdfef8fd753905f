package org.simpledht.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Files that belong together, such as a certificate and its key, and whether they have changed.
 *
 * <p>A change counts once it is over: when two looks in a row see the same. So who writes one in pieces, or replaces two one after the
 * other, is not met in the midst of it. For use by one thread.
 */
final class WatchedFiles {

    /** What any change of a file changes. The change of its rights is one as well; that it was read is none. */
    private static final String UNIX = "unix:dev,ino,mode,size,lastModifiedTime,ctime";

    private static final String ELSEWHERE = "basic:fileKey,size,lastModifiedTime";

    private final List<Path> files;
    private List<Map<String, Object>> taken;
    private List<Map<String, Object>> seen;
    private boolean over = true;

    /** What is there now is no change. What is no plain file now, such as a pipe, can be read only once and is never looked at. */
    WatchedFiles(Collection<Path> files) {
        this.files = files.stream().filter(Files::isRegularFile).toList();
        taken = look();
        seen = taken;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Looks at them. True once for each change, though one of them may be gone. */
    boolean haveChanged() {
        List<Map<String, Object>> now = look();
        over = now.equals(seen);
        seen = now;
        if (!over || now.equals(taken)) {
            return false;
        }
        taken = now;
        return true;
    }

    /** Whether the last look saw the same as the one before. */
    boolean areAtRest() {
        return over;
    }

    private List<Map<String, Object>> look() {
        return files.stream().map(WatchedFiles::look).toList();
    }

    private static Map<String, Object> look(Path file) {
        boolean isUnix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        try {
            // Through links: a secret that the system hands over is often replaced by another link.
            return Files.readAttributes(file, isUnix ? UNIX : ELSEWHERE);
        } catch (IOException e) {
            return Map.of();
        }
    }
}
