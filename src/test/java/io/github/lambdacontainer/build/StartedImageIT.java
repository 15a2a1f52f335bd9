package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.emulator.Invocation;
import io.github.lambdacontainer.emulator.Payload;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.local.FunctionPool;
import io.github.lambdacontainer.local.FunctionSettings;
import io.github.lambdacontainer.local.LocalImage;
import io.github.lambdacontainer.local.StagedFiles;
import io.github.lambdacontainer.local.Staging;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.report.ConsoleLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A function that runs on this machine with the startup archive of its image. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class StartedImageIT {

    /** Tells whether the virtual machine has the archive. */
    private static final String FUNCTION = """
            package com.example;
            import com.amazonaws.services.lambda.runtime.Context;
            import com.amazonaws.services.lambda.runtime.RequestHandler;
            import java.nio.file.*;
            public final class Hello implements RequestHandler<String, String> {
                public String handleRequest(String name, Context context) {
                    try {
                        return "%s " + Files.readString(Path.of("/proc/self/maps")).contains("/var/runtime/startup.jsa");
                    } catch (java.io.IOException e) {
                        return e.toString();
                    }
                }
            }
            """;

    @TempDir
    private Path directory;

    private Builds builds;
    private ImageBuild build;
    private Staging staging;

    @BeforeEach
    void prepare() throws IOException {
        builds = new Builds(directory);
        builds.baseImage = Optional.of("scratch");
        builds.startup = Builds.startup(StartupSettings.Mode.CDS, "Linux", Architecture.X86_64);
        build = new ImageBuild(builds.rooms(), new ConsoleLog(builds, Optional.empty()));
        staging = new Staging(builds.cache, directory.resolve("work"));
        compile("one");
    }

    @Test
    void anArchiveIsUsedForTheBytesThatItWasMadeOfAndNoneIsMade() throws IOException {
        assertThat(build.started(build.prepare(builds.request()))).isEmpty();
        assertThat(builds.cache.resolve("blobs")).doesNotExist();

        builds.build();
        PreparedImage prepared = build.prepare(builds.request());
        StartedImage started = build.started(prepared).orElseThrow();
        assertThat(run(started.local())).isEqualTo("\"one true\"");
        assertThat(run(prepared.local())).isEqualTo("\"one false\"");
        assertThat(started.holds()).isTrue();

        compile("two");
        assertThat(started.holds()).isFalse();
        PreparedImage changed = build.prepare(builds.request());
        assertThat(build.started(changed)).isEmpty();
        assertThat(run(changed.local())).isEqualTo("\"two false\"");
    }

    private String run(LocalImage image) {
        StagedFiles staged = staging.stage(image);
        Assumptions.assumeTrue(staged.isInPlace(), "no namespace can be had");
        FunctionSettings settings = new FunctionSettings("hello", 512, Duration.ofSeconds(30), Map.of());
        try (FunctionPool function = new FunctionPool(staged, settings, 1, line -> {})) {
            return function.invoke(Invocation.of(Payload.of("\"Ada\""), Duration.ofSeconds(30)))
                    .result()
                    .payload()
                    .text();
        }
    }

    private void compile(String answer) throws IOException {
        builds.compile("Hello", FUNCTION.formatted(answer));
    }
}
