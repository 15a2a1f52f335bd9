package io.github.lambdacontainer.goal;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is added where the base image lacks it. */
public final class RuntimeOptions implements Options.Group {

    /** Where Java comes from: {@code base}, {@code jlink}, or {@code auto} for the base's if it has one, else jlink. */
    @Option("auto")
    private @Nullable String java;

    /** Home of the JDK that a Java runtime is linked from. */
    @Option("the JDK of Maven's toolchain, else the one that runs Maven")
    private @Nullable File jdk;

    /** Java modules added to those that the function is found to need. */
    @Option("none")
    private @Nullable List<String> modules;

    /** Version of {@code com.amazonaws:aws-lambda-java-runtime-interface-client}, unless the project depends on it. */
    @Option("2.9.0")
    private @Nullable String interfaceClient;

    @Nullable String java() {
        return java;
    }

    @Nullable File jdk() {
        return jdk;
    }

    List<String> modules() {
        return modules == null ? List.of() : modules;
    }

    String interfaceClient() {
        return interfaceClient == null ? "2.9.0" : interfaceClient;
    }
}
