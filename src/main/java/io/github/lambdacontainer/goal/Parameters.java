package io.github.lambdacontainer.goal;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a goal as the user gave them. */
record Parameters(
        @Nullable String handler,
        From from,
        To to,
        List<String> architectures,
        String containerizingMode,
        Container container,
        ExtraDirectories extraDirectories,
        RuntimeOptions runtime,
        StartupOptions startup,
        OutputPaths outputPaths,
        @Nullable File cacheDirectory,
        boolean allowInsecureRegistries) {}
