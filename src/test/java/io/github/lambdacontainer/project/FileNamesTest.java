package io.github.lambdacontainer.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.problem.Problem;
import org.junit.jupiter.api.Test;

class FileNamesTest {

    @Test
    void allowsWhatLinuxAllows() {
        assertThat(FileNames.check("/opt/" + "ä".repeat(127) + "x", "s")).isEmpty();
        assertThat(FileNames.check("/x" + "/y".repeat(2046), "s")).isEmpty();
        assertThat(FileNames.check("/opt/.hidden/a.wh.b/ name ", "s")).isEmpty();
    }

    @Test
    void countsTheBytesOfANameAndOfAPath() {
        assertThat(FileNames.check("/opt/" + "ä".repeat(128), "extra/ä").map(Problem::text))
                .contains("""
                        The path 'extra/ä' contains a name of 256 bytes; Linux allows 255.
                          Next: Shorten the name.""");
        assertThat(FileNames.check("/x" + "/y".repeat(2047), "extra/x").map(Problem::text))
                .contains("""
                        The path 'extra/x' has 4096 bytes in the image; Linux allows 4095.
                          Next: Shorten the names it consists of.""");
    }

    @Test
    void refusesWhiteoutsOfDirectoriesToo() {
        assertThat(FileNames.check("/opt/.wh.a/b", "extra/.wh.a/b").map(Problem::text))
                .contains("""
                        The path 'extra/.wh.a/b' contains a name that begins with '.wh.'.
                          Next: Rename it: in a layer such a name deletes a file of the layers below.""");
    }
}
