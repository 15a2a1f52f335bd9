package io.github.lambdacontainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class CLibrariesTest {

    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir
    Path directory;

    @Test
    void aProgramGetsItsLoaderLibrariesAndNameServices() {
        LayerPlan layer = new CLibraries().closure(List.of(program()), Architecture.X86_64);
        assertThat(layer.entries().stream().map(LayerEntry::target))
                .isSorted()
                .doesNotHaveDuplicates()
                .contains("/lib64/ld-linux-x86-64.so.2", "/etc/passwd", "/etc/group", "/etc/nsswitch.conf")
                .anyMatch(target -> target.endsWith("/libc.so.6"));
        assertThat(layer.entries()).contains(new LayerEntry.Directory("/tmp", 01777, "0:0"));
    }

    @Test
    void otherSystemsAreToldTheAlternative() {
        assertThatThrownBy(
                        () -> new CLibraries(Path.of("/"), "Mac OS X").closure(List.of(program()), Architecture.X86_64))
                .isInstanceOf(UserFailure.class)
                .hasMessage("An image from scratch needs a Linux build machine, whose C library it gets; this one is"
                        + " Mac OS X."
                        + "\n  Setting: <from><image> (-Dlambda-container.from.image)"
                        + "\n  Next: Take public.ecr.aws/lambda/provided:al2023, or build on Linux.");
    }

    @Test
    void aFileForAnotherInstructionSetIsNamed() {
        assertThatThrownBy(() -> new CLibraries().closure(List.of(program()), Architecture.ARM64))
                .isInstanceOf(UserFailure.class)
                .hasMessage("The native file /bin/tool is not for arm64, the instruction set of the image."
                        + "\n  Setting: <architectures> (-Dlambda-container.architectures)"
                        + "\n  Next: Replace it by one for arm64, or leave it out.");
    }

    @Test
    void aMissingLibraryIsNamedWithWhatNeedsIt() throws Exception {
        Files.createDirectories(directory.resolve("lib64"));
        Files.copy(
                Path.of("/lib64/ld-linux-x86-64.so.2").toRealPath(), directory.resolve("lib64/ld-linux-x86-64.so.2"));
        assertThatThrownBy(() -> new CLibraries(directory, "Linux").closure(List.of(program()), Architecture.X86_64))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageStartingWith("The image needs libraries that this machine does not have in /lib")
                .hasMessageContaining(": libc.so.6 (needed by /bin/tool).");
    }

    private static LayerPlan program() {
        return new LayerPlan("tools", List.of(new LayerEntry.File("/bin/tool", new Content.OnDisk(SHELL), 0755)));
    }
}
