package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.FileDigests;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.JavaRuntimePlan;
import io.github.lambdacontainer.plan.Jdk;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Links Java runtimes with jlink, of the modules that jdeps finds. Both are remembered by their inputs, so that neither
 * runs twice for the same.
 */
public final class JavaRuntimes {

    /** Name of the layer. */
    public static final String LAYER = "Java runtime";

    private static final Set<String> EXECUTABLE = Set.of("lib/jexec", "lib/jspawnhelper");

    private final RuntimeCache runtimes;
    private final FactCache facts;
    private final FileDigests digests;
    private final Path scratch;
    private final Processes processes;

    /** Keeps linked runtimes and what jdeps found below this directory, which need not exist. */
    public JavaRuntimes(Path cacheDirectory) {
        this(cacheDirectory, FileDigests.read());
    }

    /** The same, with jars that were read before as these digests say. */
    public JavaRuntimes(Path cacheDirectory, FileDigests digests) {
        this(cacheDirectory, new SystemProcesses(SystemProcesses.LIMIT), digests);
    }

    JavaRuntimes(Path cacheDirectory, Processes processes) {
        this(cacheDirectory, processes, FileDigests.read());
    }

    private JavaRuntimes(Path cacheDirectory, Processes processes, FileDigests digests) {
        this.digests = digests;
        this.runtimes = new RuntimeCache(cacheDirectory.resolve("runtimes"));
        this.facts = new FactCache(cacheDirectory.resolve("facts"));
        this.scratch = cacheDirectory.resolve("tmp");
        this.processes = processes;
    }

    /**
     * Links the runtime of a plan whose JDK can be used.
     *
     * @throws io.github.lambdacontainer.problem.UserFailure if the plan adds a module that the JDK does not have
     * @throws EnvironmentFailure if the JDK's programs fail or the cache cannot be written
     */
    public LinkedRuntime link(JavaRuntimePlan plan) {
        Jdk jdk = plan.jdk();
        jdk.unusable().ifPresent(reason -> {
            throw new IllegalArgumentException("Nothing can be linked from " + jdk.home() + ": " + reason);
        });
        try {
            Digest identity = JdkModules.identity(jdk.home(), facts);
            FoundModules found =
                    new ModuleAnalysis(jdk, identity, processes, facts, digests, scratch).analyse(plan.classPath());
            List<String> modules = RuntimeModules.select(
                    found.modules(),
                    plan.modules(),
                    JdkModules.names(jdk.home()),
                    jdk.home().toString());
            Jlink jlink = new Jlink(jdk, processes);
            Path image = runtimes.get(
                    key(identity, jlink, modules),
                    () -> JdkModules.mostBytes(jdk.home()),
                    directory -> jlink.link(modules, directory));
            return new LinkedRuntime(new LayerPlan(LAYER, entries(image, plan.target())), modules, found.notes());
        } catch (IOException e) {
            throw unreadable(jdk, e);
        }
    }

    private static String key(Digest identity, Jlink jlink, List<String> modules) {
        String inputs = identity + "\n" + jlink.flags() + "\n" + String.join(",", modules);
        return Digest.of(inputs.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static List<LayerEntry> entries(Path image, String target) throws IOException {
        List<LayerEntry> entries = new ArrayList<>();
        for (FileTrees.TreeFile file : FileTrees.files(image)) {
            int mode = file.name().startsWith("bin/") || EXECUTABLE.contains(file.name()) ? 0755 : 0644;
            entries.add(new LayerEntry.File(target + "/" + file.name(), new Content.OnDisk(file.path()), mode));
        }
        return List.copyOf(entries);
    }

    private static EnvironmentFailure unreadable(Jdk jdk, IOException cause) {
        return new EnvironmentFailure(
                Problem.of(
                        "The modules for a Java runtime could not be found out: " + DiskReason.withFile(cause) + ".",
                        JdkReader.SETTING,
                        "Make the JDK at " + jdk.home() + " and the jars of the project readable."),
                cause);
    }
}
