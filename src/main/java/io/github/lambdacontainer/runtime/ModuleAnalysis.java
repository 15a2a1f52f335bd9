package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.FileDigests;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The modules a class path uses, found by jdeps and remembered by content: jars together, since they change together
 * and rarely, each directory of classes by itself.
 */
final class ModuleAnalysis {

    /** What a jar that jdeps cannot read may use: all that every Java SE platform has, and {@code sun.misc.Unsafe}. */
    static final Set<String> FALLBACK = Set.of("java.se", "jdk.unsupported");

    private static final String KIND = "jdeps-1";

    private final Jdk jdk;
    private final Digest jdkIdentity;
    private final Jdeps jdeps;
    private final FactCache facts;
    private final FileDigests digests;
    private final Path scratch;

    ModuleAnalysis(Jdk jdk, Digest jdkIdentity, Processes processes, FactCache facts, Path scratch) {
        this.jdk = jdk;
        this.jdkIdentity = jdkIdentity;
        this.jdeps = new Jdeps(jdk, processes);
        this.facts = facts;
        this.digests = new FileDigests(facts);
        this.scratch = scratch;
    }

    FoundModules analyse(List<Path> classPath) throws IOException {
        List<ClassPathEntry> jars = new ArrayList<>();
        List<ClassPathEntry> directories = new ArrayList<>();
        for (Path path : classPath) {
            if (ClassPathEntry.holdsClasses(path)) {
                ClassPathEntry entry = ClassPathEntry.read(path, digests);
                (entry.isJar() ? jars : directories).add(entry);
            }
        }
        FoundModules found = remembered(jars);
        for (ClassPathEntry directory : directories) {
            found = found.plus(remembered(List.of(directory)));
        }
        return found;
    }

    private FoundModules remembered(List<ClassPathEntry> entries) throws IOException {
        if (entries.isEmpty()) {
            return FoundModules.none();
        }
        String key = key(entries);
        Optional<FoundModules> known = facts.read(KIND, key).flatMap(FoundModules::parse);
        if (known.isPresent()) {
            return known.get();
        }
        FoundModules found = find(entries);
        facts.write(KIND, key, found.text());
        return found;
    }

    private FoundModules find(List<ClassPathEntry> entries) throws IOException {
        try (PlainCopies copies = new PlainCopies(scratch)) {
            FoundModules found = FoundModules.none();
            List<ClassPathEntry> readable = new ArrayList<>();
            List<Path> paths = new ArrayList<>();
            for (ClassPathEntry entry : entries) {
                Optional<Path> path = copies.plain(entry);
                if (path.isPresent()) {
                    readable.add(entry);
                    paths.add(path.get());
                } else {
                    found = found.plus(unreadable(entry));
                }
            }
            return found.plus(findTogether(readable, paths));
        }
    }

    private FoundModules findTogether(List<ClassPathEntry> entries, List<Path> paths) {
        Optional<Set<String>> together = jdeps.modules(paths);
        if (together.isPresent()) {
            return new FoundModules(together.get(), List.of());
        }
        FoundModules found = FoundModules.none();
        for (int i = 0; i < paths.size(); i++) {
            ClassPathEntry entry = entries.get(i);
            found = found.plus(jdeps.modules(List.of(paths.get(i)))
                    .map(modules -> new FoundModules(modules, List.of()))
                    .orElseGet(() -> unreadable(entry)));
        }
        return found;
    }

    private FoundModules unreadable(ClassPathEntry entry) {
        return new FoundModules(
                FALLBACK,
                List.of("jdeps of Java " + jdk.feature() + " cannot read "
                        + entry.path().getFileName()
                        + "; the Java runtime gets every module of Java SE, in case it is used there."));
    }

    private String key(List<ClassPathEntry> entries) {
        StringBuilder inputs = new StringBuilder(jdkIdentity.hex());
        entries.forEach(entry -> inputs.append('\n').append(entry.digest().hex()));
        return Digest.of(inputs.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }
}
