package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.Trees;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens images that are stored in a file or a directory of this machine. */
record StoredImages(BlobCache blobs, GzipLayers gzip) {

    FoundBase layout(Path directory, Architecture architecture, UnusableBase base) {
        if (!Files.isDirectory(directory)) {
            throw notFound(base, directory, "directory");
        }
        ImageDocuments documents = new ImageDocuments(new DirectoryFiles(directory), blobs, base);
        return new OciLayoutReader(documents, base).read(architecture);
    }

    FoundBase archive(Path file, Architecture architecture, UnusableBase base) {
        if (!Files.isRegularFile(file)) {
            throw notFound(base, file, "file");
        }
        try {
            return Magic.of(file) == Magic.GZIP
                    ? compressed(file, architecture, base)
                    : uncompressed(file, architecture, base);
        } catch (IOException e) {
            throw noArchive(base, file, e);
        }
    }

    private FoundBase compressed(Path file, Architecture architecture, UnusableBase base) throws IOException {
        Path directory = blobs.newTemporaryDirectory("archive");
        Path tar = directory.resolve("image.tar");
        try {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 64 * 1024);
                    OutputStream out = Files.newOutputStream(tar)) {
                in.transferTo(out);
            }
            return uncompressed(tar, architecture, base);
        } finally {
            Trees.delete(directory);
        }
    }

    private FoundBase uncompressed(Path tar, Architecture architecture, UnusableBase base) throws IOException {
        try (ImageFiles files = new ArchiveFiles(tar)) {
            ImageDocuments documents = new ImageDocuments(files, blobs, base);
            if (files.size(IndexReader.INDEX).isPresent()) {
                return new OciLayoutReader(documents, base).read(architecture);
            }
            if (files.size(DockerArchiveReader.MANIFEST).isPresent()) {
                return new DockerArchiveReader(documents, gzip, base).read();
            }
        }
        throw base.because(
                "it has neither '" + DockerArchiveReader.MANIFEST + "' nor '" + IndexReader.INDEX + "'",
                "Name a file that 'docker save', 'podman save' or 'skopeo copy' wrote.");
    }

    private static UserFailure notFound(UnusableBase base, Path path, String what) {
        return base.because(
                "there is no " + what + " '" + path + "'",
                "Correct the path; a relative one starts at the project's directory.");
    }

    private static UserFailure noArchive(UnusableBase base, Path file, IOException e) {
        return base.damaged("'" + file + "' is not a whole tar archive (" + e.getMessage() + ")");
    }
}
