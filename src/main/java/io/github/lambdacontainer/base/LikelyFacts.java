package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a base most likely holds, as far as its name and config tell. Nothing may be decided by it that the real facts do
 * not decide again: it serves to start on what they will most likely ask for.
 */
final class LikelyFacts {

    /** New enough for every class: a project rarely names a base that cannot run it. */
    private static final int NEWEST = 999;

    /** What tells of the C library musl: the distribution, its package manager, or the library itself. */
    private static final List<String> MUSL = List.of("alpine", "apk add", "musl");

    private LikelyFacts() {}

    static BaseFacts of(String name, BaseImage image, Architecture architecture) {
        String lower = name.toLowerCase(Locale.ROOT);
        int feature = JavaVersions.feature(image.environment().getOrDefault("JAVA_VERSION", ""))
                .orElse(NEWEST);
        return new BaseFacts(
                name,
                kind(lower, image),
                architecture,
                Optional.of(new BaseJava("/usr/bin/java", feature)),
                cLibrary(lower, image),
                Optional.empty(),
                Set.of("libgcc_s.so.1"),
                image.environment(),
                image.entrypoint(),
                image.workingDirectory(),
                Map.of(),
                Map.of());
    }

    /** As far as the name alone tells, before anything was read. */
    static BaseFacts ofName(String name, Architecture architecture) {
        String lower = name.toLowerCase(Locale.ROOT);
        return new BaseFacts(
                name,
                kind(lower),
                architecture,
                Optional.of(new BaseJava("/usr/bin/java", NEWEST)),
                MUSL.stream().anyMatch(lower::contains) ? new CLibrary.Musl() : new CLibrary.Glibc(""),
                Optional.empty(),
                Set.of("libgcc_s.so.1"),
                Map.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Map.of());
    }

    /** Mirrors keep the paths that AWS's base images have. */
    private static BaseKind kind(String name) {
        if (name.contains("lambda/provided")) {
            return BaseKind.AWS_OS_ONLY;
        }
        return name.contains("lambda/java") ? BaseKind.AWS_JAVA : BaseKind.WITH_JAVA;
    }

    /**
     * That of Alpine Linux where the name or the config, with its history and labels, speaks of it. Most other bases have
     * the GNU C library, so a guess is made of them too: a wrong one costs a layer of half a megabyte, made and perhaps
     * pushed while the base is read.
     */
    private static CLibrary cLibrary(String name, BaseImage image) {
        String config = new String(image.config().bytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        boolean musl = MUSL.stream().anyMatch(word -> name.contains(word) || config.contains(word));
        return musl ? new CLibrary.Musl() : new CLibrary.Glibc("");
    }

    /** Where a Java runtime has to be linked, that does not change what the project brings. */
    private static BaseKind kind(String name, BaseImage image) {
        if (!FactsReader.isOfAws(image)) {
            return BaseKind.WITH_JAVA;
        }
        return name.contains("provided") ? BaseKind.AWS_OS_ONLY : BaseKind.AWS_JAVA;
    }
}
