package io.github.lambdacontainer.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiskReasonTest {

    @Test
    void everyRefusalHasAReason() {
        Map<IOException, String> reasons = Map.of(
                new IOException("No space left on device"), "No space left on device",
                new IOException(), "IOException",
                new FileSystemException("/a", "/b", "Is a directory"), "Is a directory",
                new NoSuchFileException("/a"), "there is no such file",
                new AccessDeniedException("/a"), "access is denied",
                new FileAlreadyExistsException("/a"), "'/a' is in the way, which is not a directory",
                new DirectoryNotEmptyException("/a"), "DirectoryNotEmptyException");
        reasons.forEach((cause, reason) -> assertThat(DiskReason.of(cause)).isEqualTo(reason));
    }

    @Test
    void aFullDiskIsKnownByTheWordsOfTheOperatingSystem() {
        assertThat(DiskReason.isFull("java.io.IOException: No space left on device"))
                .isTrue();
        assertThat(DiskReason.isFull("Disk quota exceeded")).isTrue();
        assertThat(DiskReason.isFull("There is not enough space on the disk")).isTrue();
        assertThat(DiskReason.isFull("Input/output error")).isFalse();
        assertThat(DiskReason.isFull(null)).isFalse();
    }

    @Test
    void theFileIsNamedWhereTheFailureKnowsIt() {
        assertThat(DiskReason.withFile(new AccessDeniedException("/a"))).isEqualTo("'/a': access is denied");
        assertThat(DiskReason.withFile(new IOException("Input/output error"))).isEqualTo("Input/output error");
    }
}
