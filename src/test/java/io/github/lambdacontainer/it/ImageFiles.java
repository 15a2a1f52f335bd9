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
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarFile;

/** An image's own files, unpacked, for machines without a container tool; images without whiteouts only. */
final class ImageFiles {

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

    /** Starts the image with its files as the root of its file system, as a user of a namespace of its own. */
    Process start(RuntimeApi api, Path log) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "unshare",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                """
                root=$1; directory=$2; shift 2
                mkdir -p "$root/dev" "$root/proc" && touch "$root/dev/urandom" "$root/dev/random"
                mount --bind /dev/urandom "$root/dev/urandom" && mount --bind /dev/random "$root/dev/random"
                mount --rbind /proc "$root/proc"
                cd "$root$directory" && exec env -i "$@"
                """,
                "sh",
                root.toString(),
                container.path("WorkingDir").asText("/"),
                "AWS_LAMBDA_RUNTIME_API=" + api.address()));
        container.path("Env").forEach(variable -> words.add(variable.asText()));
        words.addAll(List.of(Tools.get("chroot").toString(), root.toString()));
        container.path("Entrypoint").forEach(word -> words.add(word.asText()));
        container.path("Cmd").forEach(word -> words.add(word.asText()));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.onExit().thenAccept(ended -> api.fail("Function.Exited", "Exit code " + ended.exitValue()));
        return process;
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
