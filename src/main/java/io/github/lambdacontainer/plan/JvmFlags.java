package io.github.lambdacontainer.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads JVM flags as the {@code java} launcher does (the {@code java} command, JDK tool specifications). */
final class JvmFlags {

    /** Flags that make the launcher look for classes elsewhere, or start something else. */
    private static final Set<String> CLASS_PATH =
            Set.of("-cp", "-classpath", "--class-path", "-jar", "-m", "--module", "-version", "--version", "-help");

    /** Flags that may be followed by their value as an argument of its own. */
    private static final Map<String, String> WITH_VALUE = Map.ofEntries(
            Map.entry("-p", "--module-path"),
            Map.entry("--module-path", "--module-path"),
            Map.entry("--upgrade-module-path", "--upgrade-module-path"),
            Map.entry("--add-modules", "--add-modules"),
            Map.entry("--limit-modules", "--limit-modules"),
            Map.entry("--enable-native-access", "--enable-native-access"),
            Map.entry("--add-reads", "--add-reads"),
            Map.entry("--add-exports", "--add-exports"),
            Map.entry("--add-opens", "--add-opens"),
            Map.entry("--patch-module", "--patch-module"));

    private static final Pattern COLLECTOR =
            Pattern.compile("-XX:\\+Use(Serial|Parallel|ParallelOld|ParNew|ConcMarkSweep|G1|Z|Shenandoah|Epsilon)GC");

    private static final Pattern ARCHIVE = Pattern.compile("-Xshare:.*|-XX:AOT.*"
            + "|-XX:(SharedArchiveFile|SharedClassListFile|ArchiveClassesAtExit|DumpLoadedClassList)=.*"
            + "|-XX:[+-]AutoCreateSharedArchive");

    private static final Pattern INITIAL_HEAP =
            Pattern.compile("-Xms.*|-XX:(InitialHeapSize|InitialRAMPercentage|InitialRAMFraction)=.*");

    private static final Set<String> OPTION_VARIABLES =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private JvmFlags() {}

    /** The same flags, each with its value in one argument, the only form that JAVA_TOOL_OPTIONS takes. */
    static List<String> withValuesJoined(List<String> flags) {
        List<String> joined = new ArrayList<>();
        for (int i = 0; i < flags.size(); i++) {
            String name = WITH_VALUE.get(flags.get(i));
            if (name != null && i + 1 < flags.size()) {
                joined.add(name + "=" + flags.get(++i));
            } else {
                joined.add(flags.get(i));
            }
        }
        return joined;
    }

    /** Whether the flag names classes to start, which the image does by itself. */
    static boolean namesClasses(String flag) {
        return CLASS_PATH.contains(nameOf(flag));
    }

    static boolean isArgumentFile(String flag) {
        return flag.startsWith("@");
    }

    /** The first flag that selects a garbage collector. */
    static Optional<String> collector(Collection<String> flags) {
        return flags.stream().filter(flag -> COLLECTOR.matcher(flag).matches()).findFirst();
    }

    /** Whether the flag names a startup archive, makes one, or forgoes it. */
    static boolean choosesArchive(String flag) {
        return ARCHIVE.matcher(flag).matches();
    }

    /** Whether the flag says how large the heap is at first. */
    static boolean setsInitialHeap(String flag) {
        return INITIAL_HEAP.matcher(flag).matches();
    }

    /** Flags that the JVM takes from environment variables. */
    static List<String> ofEnvironment(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> OPTION_VARIABLES.contains(variable.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(variable -> Stream.of(variable.getValue().split("\\s+")))
                .toList();
    }

    private static String nameOf(String flag) {
        int value = flag.startsWith("--") ? flag.indexOf('=') : -1;
        return value < 0 ? flag : flag.substring(0, value);
    }
}
