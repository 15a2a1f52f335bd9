package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseInterfaceClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The command line that starts the interface client, with the flags of AWS's own bootstrap as far as they fit.
 *
 * @param java the program with its flags
 * @param main the class path and the class that is started
 * @param files what it reads
 */
record CommandLine(List<String> java, List<String> main, List<LayerEntry> files) {

    /** The default, and one that no flag for an ahead-of-time cache may stand beside. */
    private static final String SHARING = "-Xshare:auto";

    private static final String MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /**
     * With the JVM's own 1.6 %, a function with 512 MB begins with a heap of 8 MB. The benchmark's collects garbage
     * eleven times before its first response, a fifteenth of the time that is left with an archive.
     */
    private static final String INITIAL_HEAP = "-XX:InitialRAMPercentage=20.0";

    /** An agent for Log4j before 2.16, which AWS's bootstrap starts and which no archive can hold. */
    private static final String HOT_PATCH = "/Log4jHotPatch.jar";

    private static final String NATIVE_LIBRARY =
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=";

    /**
     * Puts the user's flags after ours, so that theirs win.
     *
     * @param present flags the JVM gets from elsewhere, where a garbage collector may be selected too
     */
    static CommandLine of(
            JavaChoice java,
            Optional<NativeLibrary> nativeLibrary,
            ClassPath classPath,
            List<String> flags,
            Collection<String> present) {
        List<String> arguments = new ArrayList<>();
        arguments.add(java.executable());
        if (JvmFlags.collector(flags).or(() -> JvmFlags.collector(present)).isEmpty()) {
            arguments.add("-XX:+UseSerialGC");
        }
        arguments.addAll(tuning(java.feature()));
        nativeLibrary.ifPresent(library -> arguments.add(NATIVE_LIBRARY + library.path()));
        arguments.addAll(flags);
        return java.feature() >= 9
                ? new CommandLine(
                        List.copyOf(arguments),
                        List.of("@" + ImagePaths.CLASS_PATH, MAIN_CLASS),
                        List.of(classPath.argumentFile()))
                : new CommandLine(List.copyOf(arguments), List.of("-cp", classPath.text(), MAIN_CLASS), List.of());
    }

    /**
     * The command line that the bootstrap of an AWS base image for Java would run, with the function's jars on the class
     * path behind those of its interface client. The user's flags come from the environment there.
     */
    static CommandLine likeBootstrap(JavaChoice java, BaseFacts base, ClassPath function) {
        Optional<BaseInterfaceClient> client = base.interfaceClient();
        Stream<String> jars =
                client.stream().flatMap(found -> found.jars().stream()).filter(jar -> !jar.endsWith(HOT_PATCH));
        return of(
                java,
                client.flatMap(BaseInterfaceClient::nativeLibrary)
                        .map(path -> new NativeLibrary(path, Optional.empty())),
                new ClassPath(Stream.concat(jars, function.entries().stream()).toList()),
                List.of("-XX:+ErrorFileToStderr"),
                List.of());
    }

    /** The ENTRYPOINT. */
    List<String> arguments() {
        return Stream.concat(java.stream(), main.stream()).toList();
    }

    /**
     * The same with an archive of this kind.
     *
     * @param present flags the JVM gets from elsewhere, where the initial heap may be set
     */
    StartupPlan with(ArchiveKind kind, int feature, LayerPlan layer, Collection<String> present) {
        List<String> before = new ArrayList<>(java);
        before.remove(SHARING);
        if (Stream.concat(before.stream(), present.stream()).noneMatch(JvmFlags::setsInitialHeap)) {
            before.add(1, INITIAL_HEAP);
        }
        return new StartupPlan(kind, feature, layer, List.copyOf(before), main);
    }

    private static List<String> tuning(int feature) {
        List<String> flags = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", SHARING));
        // Java 8 rejects a percentage without a fraction.
        flags.add("-XX:MaxRAMPercentage=85.0");
        if (feature >= 9) {
            flags.add("--add-opens=java.base/java.io=ALL-UNNAMED");
        }
        if (feature >= 17) {
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        flags.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        return flags;
    }
}
