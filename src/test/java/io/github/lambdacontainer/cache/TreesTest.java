package io.github.lambdacontainer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What goes with a directory, whatever a function has made of it. */
@DisabledOnOs(OS.WINDOWS)
class TreesTest {

    @TempDir
    private Path directory;

    private Path tree;

    @BeforeEach
    void create() throws IOException {
        tree = Files.createDirectory(directory.resolve("tree"));
        Files.createDirectories(tree.resolve("a/b"));
        Files.writeString(tree.resolve("a/b/file"), "text");
        Files.writeString(tree.resolve("file"), "text");
    }

    @AfterEach
    void open() throws IOException {
        mode(directory, "rwxr-xr-x");
    }

    private static void mode(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void nothingIsDeletedWithoutIt() throws IOException {
        Trees.delete(directory.resolve("nothing"));
        Trees.delete(tree);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aLinkIsDeletedAndNotFollowed() throws IOException {
        Path kept = Files.createDirectory(directory.resolve("kept"));
        mode(kept, "r-xr-xr-x");
        Files.createSymbolicLink(tree.resolve("link"), kept);
        Trees.delete(tree);
        assertThat(directory).isDirectoryContaining(kept::equals);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("r-xr-xr-x");
        assertThat(tree).doesNotExist();
    }

    @Test
    void directoriesThatTheirOwnerHasClosedAreDeletedToo() throws IOException {
        mode(tree.resolve("a/b"), "---------");
        mode(tree.resolve("a"), "r-xr-xr-x");
        Trees.delete(tree);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatCannotBeDeletedStaysAloneAndIsTold() throws IOException {
        mode(directory, "r-xr-xr-x");
        if (System.getProperty("user.name").equals("root")) {
            // Nothing is denied to root.
            Trees.delete(tree);
            assertThat(tree).doesNotExist();
        } else {
            assertThatExceptionOfType(AccessDeniedException.class)
                    .isThrownBy(() -> Trees.delete(tree))
                    .withMessage(tree.toString());
            assertThat(tree).isEmptyDirectory();
        }
    }
}
