package io.github.lambdacontainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** jlink gives the same bytes in each run, with the flags this plugin uses. */
class ReproducibleRuntimeIT {

    @TempDir
    Path directory;

    static List<Path> jdks() throws Exception {
        return TestJdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theSameModulesGiveTheSameBytesInAnotherDirectoryZoneAndLocale(Path home) throws Exception {
        Map<String, String> one = link(home, directory.resolve("one"), Map.of("TZ", "UTC", "LC_ALL", "C"));
        Map<String, String> other =
                link(home, directory.resolve("other/and longer/ü"), Map.of("TZ", "Asia/Tokyo", "LANG", "tr_TR.UTF-8"));
        assertThat(other).isEqualTo(one);
    }

    private static Map<String, String> link(Path home, Path directory, Map<String, String> environment)
            throws IOException {
        Processes real = new SystemProcesses(SystemProcesses.LIMIT);
        Processes elsewhere = (program, arguments, own) -> {
            Map<String, String> all = new LinkedHashMap<>(environment);
            all.putAll(own);
            return real.run(program, arguments, all);
        };
        Files.createDirectories(directory);
        Path image = directory.resolve("image");
        new Jlink(JdkReader.read(home), elsewhere).link(List.of("java.base", "java.desktop", "java.sql"), image);
        Map<String, String> digests = new LinkedHashMap<>();
        for (FileTrees.TreeFile file : FileTrees.files(image)) {
            digests.put(file.name(), Digest.of(Files.readAllBytes(file.path())).hex());
        }
        return digests;
    }
}
