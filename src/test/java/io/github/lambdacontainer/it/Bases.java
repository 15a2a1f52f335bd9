package io.github.lambdacontainer.it;

import io.github.lambdacontainer.base.TestImages;
import io.github.lambdacontainer.image.ImageFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes the base images of {@link Base}; each is written once and kept in {@code target/it-bases}. */
final class Bases {

    private static final String PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final String ENTRYPOINT = """
            #!/bin/sh
            if [ $# -ne 1 ]; then
              echo "entrypoint requires the handler name to be the first argument" 1>&2
              exit 142
            fi
            export _HANDLER="$1"
            RUNTIME_ENTRYPOINT=/var/runtime/bootstrap
            if [ -z "${AWS_LAMBDA_RUNTIME_API}" ]; then
              exec /usr/local/bin/aws-lambda-rie $RUNTIME_ENTRYPOINT
            else
              exec $RUNTIME_ENTRYPOINT
            fi
            """;

    private static final String BOOTSTRAP = """
            #!/bin/sh
            exec ${AWS_LAMBDA_EXEC_WRAPPER} /var/lang/bin/java -XX:MaxHeapSize=445645k -XX:+UseSerialGC \\
              -Xshare:on -XX:SharedArchiveFile=/var/lang/lib/server/runtime.jsa \\
              -XX:+TieredCompilation -XX:TieredStopAtLevel=1 --add-opens=java.base/java.io=ALL-UNNAMED \\
              -Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac -XX:+ErrorFileToStderr \\
              -Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=%s \\
              -classpath %s com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
            """;

    private Bases() {}

    static synchronized ImageLayout layout(Base base, Consumer<ImageLayout> writer) {
        Path directory = base.directory();
        try {
            if (!Files.exists(directory.resolve("index.json"))) {
                It.delete(directory);
                writer.accept(new ImageLayout(directory));
            }
            return new ImageLayout(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void awsJava(ImageLayout to, Path jdk) {
        awsJava(to, jdk, BaseImageWriter::writeIndex);
    }

    /** An image for each architecture, of which only the one for this machine runs. */
    static void awsJavaTwins(ImageLayout to, Path jdk) {
        awsJava(to, jdk, BaseImageWriter::writeIndexOfTwins);
    }

    private static void awsJava(ImageLayout to, Path jdk, BiConsumer<BaseImageWriter, ImageLayout> writer) {
        Path runtime = JavaRuntimes.link(jdk, to.directory().resolve("var-lang"));
        Path library = InterfaceClient.nativeLibrary();
        String jni = "/var/runtime/lib/jni/" + library.getFileName();
        LayerFiles client = new LayerFiles().file(jni, library);
        InterfaceClient.jars().forEach(jar -> client.file("/var/runtime/lib/" + jar.getFileName(), jar));
        String classPath = InterfaceClient.jars().stream()
                .map(jar -> "/var/runtime/lib/" + jar.getFileName())
                .collect(Collectors.joining(":"));
        client.text("/var/runtime/bootstrap", BOOTSTRAP.formatted(jni, classPath), 0755);
        BaseImageWriter base = aws(to).layer(new LayerFiles()
                        .tree("/var/lang", runtime)
                        .hostFiles(HostLibraries.ofTree(runtime))
                        .hostFiles(HostLibraries.of(library)))
                .layer(client);
        writer.accept(base, to);
        deleteScratch(runtime);
    }

    static void awsOsOnly(ImageLayout to) {
        aws(to).writeIndex(to);
    }

    static void withJava(ImageLayout to) {
        Path runtime = JavaRuntimes.link(It.jdk(), to.directory().resolve("runtime"));
        new BaseImageWriter(ImageFormat.OCI, architecture())
                .environment(
                        "PATH=/opt/java/openjdk/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "JAVA_HOME=/opt/java/openjdk",
                        "LANG=en_US.UTF-8",
                        "LANGUAGE=en_US:en",
                        "LC_ALL=en_US.UTF-8",
                        "JAVA_VERSION=jdk-" + Runtime.version())
                .entrypoint("/__cacert_entrypoint.sh")
                .layer(system(true))
                .layer(new LayerFiles()
                        .tree("/opt/java/openjdk", runtime)
                        .hostFiles(HostLibraries.ofTree(runtime))
                        .text("/__cacert_entrypoint.sh", "#!/bin/sh\nexec \"$@\"\n", 0755))
                .writeIndex(to);
        deleteScratch(runtime);
    }

    /**
     * Java that asks for a loader of the C library which the machine of the tests does not have, as it would in an image
     * with musl.
     */
    static void withOwnLoader(ImageLayout to) {
        Path runtime = JavaRuntimes.link(It.jdk(), to.directory().resolve("runtime"));
        Path java = runtime.resolve("bin/java");
        LayerFiles files = new LayerFiles().tree("/opt/java/openjdk", runtime).hostFiles(HostLibraries.ofTree(runtime));
        for (Path library : HostLibraries.of(java)) {
            if (library.getFileName().toString().startsWith("ld-linux")) {
                String own = library.toString().replaceFirst("^/lib", "/own");
                files.file(own, library);
                files.bytes("/opt/java/openjdk/bin/java", replaced(java, library.toString(), own), 0755);
            }
        }
        new BaseImageWriter(ImageFormat.OCI, architecture())
                .environment("PATH=/opt/java/openjdk/bin:/usr/bin:/bin", "JAVA_HOME=/opt/java/openjdk")
                .layer(system(true))
                .layer(files)
                .writeIndex(to);
        deleteScratch(runtime);
    }

    /** The bytes of a file with one text replaced by another of the same length. */
    private static byte[] replaced(Path file, String text, String other) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .replace(text, other)
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void withJavaOnPath(ImageLayout to) {
        Path runtime = JavaRuntimes.link(It.jdk(), to.directory().resolve("runtime"));
        new BaseImageWriter(ImageFormat.DOCKER, architecture())
                .environment(PATH)
                .cmd("sh")
                .layer(system(true))
                .layer(new LayerFiles()
                        .tree("/usr/lib/jvm/java-17-openjdk", runtime)
                        .hostFiles(HostLibraries.ofTree(runtime))
                        .link("/etc/alternatives/java", "/usr/lib/jvm/java-17-openjdk/bin/java")
                        .link("/usr/bin/java", "../../etc/alternatives/java"))
                .writeSingle(to);
        deleteScratch(runtime);
    }

    static void withoutJava(ImageLayout to, boolean libgcc) {
        new BaseImageWriter(libgcc ? ImageFormat.OCI : ImageFormat.DOCKER, architecture())
                .environment(PATH)
                .cmd("sh")
                .layer(system(libgcc))
                .writeIndex(to);
    }

    private static BaseImageWriter aws(ImageLayout to) {
        return new BaseImageWriter(ImageFormat.DOCKER, architecture())
                .environment(TestImages.awsEnvironment())
                .workingDirectory("/var/task")
                .entrypoint("/lambda-entrypoint.sh")
                .layer(system(true).directory("/var/task", 0755).directory("/opt", 0755))
                .layer(new LayerFiles().text("/lambda-entrypoint.sh", ENTRYPOINT, 0755));
    }

    /** A shell, the C library with its name services, and what Debian's JDK needs of the system. */
    private static LayerFiles system(boolean libgcc) {
        Path shell = Path.of("/bin/sh");
        TreeSet<Path> libraries = new TreeSet<>(HostLibraries.of(shell));
        for (String name : new String[] {
            "libm.so.6",
            "librt.so.1",
            "libdl.so.2",
            "libpthread.so.0",
            "libnss_files.so.2",
            "libnss_dns.so.2",
            "libresolv.so.2",
            "libstdc++.so.6",
            "libz.so.1"
        }) {
            libraries.add(HostLibraries.named(name));
        }
        if (libgcc) {
            libraries.add(HostLibraries.named("libgcc_s.so.1"));
        }
        return new LayerFiles()
                .file("/bin/sh", shell)
                .hostFiles(libraries)
                .text("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n", 0644)
                .text("/etc/group", "root:x:0:\nnogroup:x:65534:\n", 0644)
                .text("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n", 0644)
                .text("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n", 0644)
                .directory("/tmp", 01777);
    }

    private static void deleteScratch(Path runtime) {
        try {
            It.delete(runtime);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
