package org.simpledht.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchedFilesTest {

    @TempDir
    private Path directory;

    private Path first;
    private Path second;
    private WatchedFiles files;

    @BeforeEach
    void watch() throws IOException {
        first = Files.writeString(directory.resolve("first"), "1");
        second = Files.writeString(directory.resolve("second"), "2");
        files = new WatchedFiles(List.of(first, second));
    }

    @Test
    void whatStaysAsItWasHasNotChanged() throws IOException {
        assertThat(files.haveChanged()).isFalse();
        Files.readString(first);
        assertThat(files.haveChanged()).isFalse();
        assertThat(files.haveChanged()).isFalse();
        assertThat(files.areAtRest()).isTrue();
    }

    @Test
    void changeCountsOnceWhenItIsOver() throws IOException {
        Files.writeString(first, "a longer one");
        assertThat(files.haveChanged()).isFalse();
        assertThat(files.areAtRest()).isFalse();
        Files.writeString(second, "that belongs to it");
        assertThat(files.haveChanged()).isFalse();
        assertThat(files.haveChanged()).isTrue();
        assertThat(files.areAtRest()).isTrue();
        assertThat(files.haveChanged()).isFalse();
    }

    @Test
    void goneIsAChangeAndBackIsAnother() throws IOException {
        Files.delete(first);
        awaitChange();
        Files.writeString(first, "1");
        awaitChange();
    }

    @Test
    void rightsAreAChange() throws IOException {
        Files.setPosixFilePermissions(first, PosixFilePermissions.fromString("rw-rw-rw-"));
        awaitChange();
    }

    @Test
    void anotherFileOfTheSameSizeAndAgeIsAChange() throws IOException {
        FileTime age = Files.getLastModifiedTime(first);
        Path other = Files.writeString(directory.resolve("other"), "3");
        Files.setLastModifiedTime(other, age);
        Path link = Files.createSymbolicLink(directory.resolve("link"), first);
        files = new WatchedFiles(List.of(link));
        Files.delete(link);
        Files.createSymbolicLink(link, other);
        awaitChange();
    }

    @Test
    void whatIsNoPlainFileIsNotLookedAt() {
        assertThat(new WatchedFiles(List.of(directory, directory.resolve("none"))).isEmpty())
                .isTrue();
        assertThat(new WatchedFiles(List.of(directory, first)).isEmpty()).isFalse();
    }

    private void awaitChange() {
        assertThat(files.haveChanged()).isFalse();
        assertThat(files.haveChanged()).isTrue();
        assertThat(files.haveChanged()).isFalse();
    }
}
