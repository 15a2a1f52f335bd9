package io.github.lambdacontainer.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The JDKs this machine has: the one that runs the tests, and others beside it. */
final class TestJdks {

    private TestJdks() {}

    static Path own() {
        return Path.of(System.getProperty("java.home"));
    }

    /** The JDK of the tests and, for each other feature version installed beside it, one. */
    static List<Path> all() throws Exception {
        List<Path> homes = new ArrayList<>(List.of(own()));
        List<Integer> features = new ArrayList<>(List.of(JdkReader.read(own()).feature()));
        try (Stream<Path> siblings = Files.list(own().toRealPath().getParent())) {
            for (Path sibling : siblings.sorted().toList()) {
                var jdk = JdkReader.read(sibling);
                if (jdk.unusable().isEmpty() && !features.contains(jdk.feature())) {
                    homes.add(sibling);
                    features.add(jdk.feature());
                }
            }
        }
        return homes;
    }
}
