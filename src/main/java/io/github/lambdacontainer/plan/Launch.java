package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a container of the image starts the function; CMD is always the handler.
 *
 * @param entrypoint the new ENTRYPOINT, or empty to keep the base's
 * @param workingDirectory the new WORKDIR, or empty to keep the base's
 * @param environment variables on top of the base's
 * @param files what the ENTRYPOINT reads
 * @param commandLine what an ENTRYPOINT of ours is made of
 */
record Launch(
        Optional<List<String>> entrypoint,
        Optional<String> workingDirectory,
        Map<String, String> environment,
        List<LayerEntry> files,
        Optional<CommandLine> commandLine) {

    /**
     * On an AWS base image for Java: its bootstrap looks for classes in the working directory, and takes flags only
     * from the environment.
     */
    static Launch byBootstrap(Settings.Container container, List<String> flags, BaseFacts base) {
        Map<String, String> environment = new TreeMap<>(container.environment());
        if (!flags.isEmpty()) {
            String present = environment.getOrDefault(
                    ToolOptions.VARIABLE, base.environment().getOrDefault(ToolOptions.VARIABLE, ""));
            environment.put(ToolOptions.VARIABLE, ToolOptions.append(present, flags));
        }
        return new Launch(Optional.empty(), taskRootUnlessSet(base), environment, List.of(), Optional.empty());
    }

    /** The same with a command line that an image with a startup archive has in place of the bootstrap. */
    Launch with(CommandLine instead) {
        return new Launch(entrypoint, workingDirectory, environment, instead.files(), Optional.of(instead));
    }

    /** On every other base: by a command line of our own. */
    static Launch byCommandLine(
            Settings.Container container, CommandLine commandLine, BaseFacts base, Findings findings) {
        Map<String, String> environment = new TreeMap<>(container.environment());
        Locales.addDefault(base, environment, findings);
        return new Launch(
                Optional.of(commandLine.arguments()),
                Optional.of(ImagePaths.TASK),
                environment,
                commandLine.files(),
                Optional.of(commandLine));
    }

    private static Optional<String> taskRootUnlessSet(BaseFacts base) {
        return base.workingDirectory().map(Launch::withoutTrailingSlash).equals(Optional.of(ImagePaths.TASK))
                ? Optional.empty()
                : Optional.of(ImagePaths.TASK);
    }

    private static String withoutTrailingSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
