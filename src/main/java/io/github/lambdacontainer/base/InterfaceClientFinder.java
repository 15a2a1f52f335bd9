package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.Architecture;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the runtime interface client that an image holds already. */
record InterfaceClientFinder(ImageTree tree, Architecture architecture, CLibrary cLibrary) {

    /** What the names of the interface client's native libraries have in common. */
    static final String NATIVE = "libaws-lambda-jni";

    private static final String JAR = "aws-lambda-java-runtime-interface-client";

    /** Where AWS base images have it. */
    private static final String AWS_DIRECTORY = "/var/runtime/lib";

    Optional<BaseInterfaceClient> find() {
        SortedSet<String> jars = new TreeSet<>();
        SortedSet<String> natives = new TreeSet<>();
        tree.forEach((path, node) -> {
            if (!(node instanceof ImageTree.Directory) && tree.file(path).isPresent()) {
                if (path.endsWith(".jar")) {
                    jars.add(path);
                } else if (Paths.name(path).contains(NATIVE) && path.endsWith(".so")) {
                    natives.add(path);
                }
            }
        });
        return jars.stream()
                .filter(jar -> Paths.name(jar).startsWith(JAR))
                .map(Paths::parent)
                .min(Comparator.comparing((String d) -> !d.equals(AWS_DIRECTORY))
                        .thenComparing(d -> d))
                .map(directory -> client(directory, jars, natives));
    }

    private BaseInterfaceClient client(String directory, SortedSet<String> jars, SortedSet<String> natives) {
        List<String> beside =
                jars.stream().filter(j -> Paths.parent(j).equals(directory)).toList();
        Optional<String> library = natives.stream()
                .filter(n -> n.startsWith(directory.equals("/") ? "/" : directory + "/"))
                .filter(n -> serves(Paths.name(n)))
                .findFirst();
        return new BaseInterfaceClient(beside, library);
    }

    /** Names are as in the client's jar: {@code libaws-lambda-jni.linux_musl-aarch_64.so}. */
    private boolean serves(String name) {
        boolean forMusl = name.contains("linux_musl");
        for (Architecture other : Architecture.values()) {
            if (other != architecture && name.contains(other.classifierName())) {
                return false;
            }
        }
        return !name.contains("linux") || forMusl == cLibrary instanceof CLibrary.Musl;
    }
}
