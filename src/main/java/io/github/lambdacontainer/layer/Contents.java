package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.cache.FileDigests;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads the bytes of planned files. */
public final class Contents {

    private Contents() {}

    /** The digest of the bytes; {@code files} knows those of files that nobody touched. */
    static Digest digest(Content content, FileDigests files) {
        MessageDigest computation = Digest.newMessageDigest();
        try {
            if (content instanceof Content.OnDisk file) {
                return files.of(file.path());
            }
            copy(content, new DigestOutputStream(OutputStream.nullOutputStream(), computation));
        } catch (IOException e) {
            throw unreadable(content, e);
        }
        return Digest.of(computation);
    }

    static void copy(Content content, OutputStream out) throws IOException {
        if (content instanceof Content.OnDisk file) {
            try (InputStream in = Files.newInputStream(file.path())) {
                in.transferTo(out);
            }
        } else if (content instanceof Content.InJar inJar) {
            copy(inJar, out);
        } else if (content instanceof Content.Text text) {
            out.write(text.text().getBytes(StandardCharsets.UTF_8));
        } else if (content instanceof Content.Jar jar) {
            ClassesJar.write(jar, out);
        }
    }

    private static void copy(Content.InJar content, OutputStream out) throws IOException {
        if (!Files.isRegularFile(content.jar())) {
            throw new NoSuchFileException(content.jar().toString());
        }
        try (ZipFile jar = new ZipFile(content.jar().toFile())) {
            ZipEntry entry = jar.getEntry(content.entry());
            if (entry == null) {
                throw new NoSuchFileException(content.entry());
            }
            try (InputStream in = jar.getInputStream(entry)) {
                in.transferTo(out);
            }
        }
    }

    /** The content as a message names it. */
    static String describe(Content content) {
        if (content instanceof Content.OnDisk file) {
            return "file '" + file.path() + "'";
        }
        if (content instanceof Content.Jar) {
            return "jar of the project's classes";
        }
        return content instanceof Content.InJar inJar
                ? "entry '" + inJar.entry() + "' of '" + inJar.jar() + "'"
                : "generated text";
    }

    private static EnvironmentFailure unreadable(Content content, IOException cause) {
        return new EnvironmentFailure(
                Problem.of(
                        "The " + describe(content) + ", which goes into the image, could not be read: "
                                + DiskReason.of(cause) + ".",
                        "Make it a readable file, or leave it out of the image."),
                cause);
    }

    /** Writes it as a file of its own. */
    public static Path write(Content content, Path file) throws IOException {
        if (content instanceof Content.OnDisk source) {
            copy(source.path(), file);
            return file;
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            copy(content, out);
        }
        return file;
    }

    /** By the system itself, which takes a quarter of the time; with the times and mode of a new file. */
    private static void copy(Path source, Path file) throws IOException {
        try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        file,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            long copied = 0;
            long count = 1;
            while (count > 0) {
                count = in.transferTo(copied, Long.MAX_VALUE - copied, out);
                copied += count;
            }
        }
    }
}
