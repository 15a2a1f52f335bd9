package io.github.lambdacontainer.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/** An image's own files, unpacked, for machines without a container tool; images without whiteouts only. */
final class ImageFiles {

    /** An absolute path at the start of a word or after what separates words and paths. */
    private static final Pattern PATH = Pattern.compile("(?<=^|[\\s@=:\"])/[^\\s:\"]+");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;
    private final JsonNode container;

    private ImageFiles(Path root, JsonNode container) {
        this.root = root;
        this.container = container;
    }

    static ImageFiles unpack(Path archive, Path root) throws IOException {
        try (TarFile tar = new TarFile(archive.toFile())) {
            JsonNode image = JSON.readTree(read(tar, "manifest.json")).path(0);
            for (JsonNode layer : image.path("Layers")) {
                try (InputStream bytes = read(tar, layer.asText())) {
                    unpack(bytes, root);
                }
            }
            JsonNode config = JSON.readTree(read(tar, image.path("Config").asText()));
            return new ImageFiles(root, config.path("config"));
        }
    }

    /**
     * Starts what the image starts on this machine, with the image's paths rewritten to where its files are. The loader
     * and C library are this machine's; on {@code scratch} those are the ones that the image has.
     */
    StartedFunction start(LocalFunction function, Path log) throws IOException {
        List<String> words = new ArrayList<>();
        for (String part : List.of("Entrypoint", "Cmd")) {
            for (JsonNode word : container.path(part)) {
                words.add(here(word.asText()));
            }
        }
        for (String word : words) {
            if (word.startsWith("@")) {
                Path file = Path.of(word.substring(1));
                Files.writeString(file, here(Files.readString(file)));
            }
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(
                        Path.of(root + container.path("WorkingDir").asText("/")).toFile());
        builder.environment().clear();
        for (JsonNode variable : container.path("Env")) {
            String[] pair = variable.asText().split("=", 2);
            builder.environment().put(pair[0], here(pair[1]));
        }
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", function.address());
        return StartedFunction.start(builder, log, function, () -> {});
    }

    /** A text with every absolute path of the image replaced by where the file is. */
    private String here(String text) {
        return PATH.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        Files.exists(Path.of(root + match.group())) ? root + match.group() : match.group()));
    }

    private static InputStream read(TarFile tar, String name) throws IOException {
        for (TarArchiveEntry entry : tar.getEntries()) {
            if (entry.getName().equals(name)) {
                return tar.getInputStream(entry);
            }
        }
        throw new IOException("The archive has no " + name);
    }

    private static void unpack(InputStream layer, Path root) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(uncompressed(new BufferedInputStream(layer)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = root.resolve(entry.getName()).normalize();
                if (!path.startsWith(root)) {
                    throw new IOException(entry.getName() + " leads out of the image");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    path.toFile().setExecutable((entry.getMode() & 0100) != 0);
                }
            }
        }
    }

    /** Archives hold layers compressed or not, whatever their writer likes. */
    private static InputStream uncompressed(BufferedInputStream layer) throws IOException {
        layer.mark(2);
        boolean gzip = layer.read() == 0x1f && layer.read() == 0x8b;
        layer.reset();
        return gzip ? new GZIPInputStream(layer) : layer;
    }
}
