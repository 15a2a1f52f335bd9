package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The modules a JDK offers jlink: packed in {@code jmods}, or, from JDK 24 on (JEP 493), those of its own run-time image. */
final class JdkModules {

    private static final String IDENTITY = "jdk";
    private static final String SUFFIX = ".jmod";
    private static final int LINKABLE_SINCE = 24;
    private static final long SMALL = 1 << 20;

    /** What a build with {@code --enable-linkable-runtime} keeps of {@code java.base} for jlink. */
    private static final String LINKABLE = "/modules/jdk.jlink/jdk/tools/jlink/internal/runtimelink/diff_java.base";

    /** Sources, and descriptions of older Java versions for javac: large, and no part of a runtime. */
    private static final Set<String> NOT_LINKED = Set.of("src.zip", "ct.sym");

    private JdkModules() {}

    static boolean canBeLinked(Path home, int feature) {
        return hasPacked(home) || (feature >= LINKABLE_SINCE && isLinkable(home));
    }

    /** The names of all modules that can be linked. */
    static Set<String> names(Path home) {
        if (!hasPacked(home)) {
            List<String> modules =
                    ReleaseFile.read(home).map(ReleaseFile::modules).orElse(List.of());
            return new TreeSet<>(modules);
        }
        try (var jmods = Files.list(home.resolve("jmods"))) {
            return jmods.map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** How many bytes a runtime linked from this JDK has at most, or 0 if that cannot be found out. */
    static long mostBytes(Path home) {
        long size = 0;
        try {
            for (FileTrees.TreeFile file : FileTrees.files(home.resolve("lib"))) {
                size += NOT_LINKED.contains(file.name()) ? 0 : Files.size(file.path());
            }
            return size;
        } catch (IOException e) {
            return 0;
        }
    }

    /**
     * A digest of what jlink reads: the release file, and of the modules' files name and size, of small ones the content
     * too (settings and trust store of a run-time image are such). It is remembered for as long as none of these files
     * is written to or replaced.
     */
    static Digest identity(Path home, FactCache facts) throws IOException {
        List<FileTrees.TreeFile> files = new ArrayList<>();
        for (String part : hasPacked(home) ? List.of("jmods") : List.of("conf", "lib")) {
            files.addAll(FileTrees.files(home.resolve(part)));
        }
        String state = state(home, files).hex();
        Optional<String> known = facts.read(IDENTITY, state).filter(text -> text.matches("[0-9a-f]{64}"));
        if (known.isPresent()) {
            return new Digest(known.get());
        }
        Digest identity = identity(home, files);
        facts.write(IDENTITY, state, identity.hex());
        return identity;
    }

    private static Digest identity(Path home, List<FileTrees.TreeFile> files) throws IOException {
        MessageDigest digest = Digest.newMessageDigest();
        digest.update(Files.readAllBytes(home.resolve(ReleaseFile.NAME)));
        for (FileTrees.TreeFile file : files) {
            update(digest, file);
        }
        return Digest.of(digest);
    }

    private static Digest state(Path home, List<FileTrees.TreeFile> files) throws IOException {
        StringBuilder text = new StringBuilder(home.toRealPath().toString());
        text.append('\n').append(Files.readString(home.resolve(ReleaseFile.NAME)));
        for (FileTrees.TreeFile file : files) {
            BasicFileAttributes found = Files.readAttributes(file.path(), BasicFileAttributes.class);
            text.append('\n').append(file.name()).append('\n').append(found.size());
            text.append(' ').append(found.lastModifiedTime()).append(' ').append(found.fileKey());
        }
        return Digest.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void update(MessageDigest digest, FileTrees.TreeFile file) throws IOException {
        long size = Files.size(file.path());
        digest.update(("\n" + file.name() + "\n" + size + "\n").getBytes(StandardCharsets.UTF_8));
        if (size <= SMALL) {
            try (InputStream in = Files.newInputStream(file.path())) {
                digest.update(ByteBuffer.wrap(in.readAllBytes()));
            }
        }
    }

    private static boolean hasPacked(Path home) {
        return Files.isRegularFile(home.resolve("jmods").resolve("java.base" + SUFFIX));
    }

    private static boolean isLinkable(Path home) {
        try (FileSystem image = FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()))) {
            return Files.exists(image.getPath(LINKABLE));
        } catch (IOException | ProviderNotFoundException | IllegalArgumentException e) {
            return false;
        }
    }
}
