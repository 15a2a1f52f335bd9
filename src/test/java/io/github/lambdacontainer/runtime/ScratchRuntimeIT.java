package io.github.lambdacontainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.JavaRuntimePlan;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Linked runtimes and the C library run in a container that holds nothing else. */
class ScratchRuntimeIT {

    private static final String CLIENT = "aws-lambda-java-runtime-interface-client-2.9.0.jar";
    private static final String NATIVE = "jni/libaws-lambda-jni.linux-x86_64.so";

    private static final String PROBE = """
            import java.net.InetAddress;
            import java.security.KeyStore;
            import java.util.Arrays;
            import javax.net.ssl.SSLContext;
            import javax.net.ssl.TrustManager;
            import javax.net.ssl.TrustManagerFactory;
            import javax.net.ssl.X509TrustManager;

            public class Probe {
                public static void main(String[] args) throws Exception {
                    System.out.println("java " + Runtime.version().feature());
                    System.out.println("charset " + java.nio.charset.Charset.defaultCharset());
                    System.out.println("language " + java.util.Locale.getDefault().getLanguage());
                    System.out.println("zone " + java.util.TimeZone.getDefault().getID());
                    System.out.println("berlin " + java.time.ZoneId.of("Europe/Berlin").getRules().isFixedOffset());
                    System.out.println("user " + System.getProperty("user.name"));
                    System.out.println("localhost " + InetAddress.getByName("localhost").isLoopbackAddress());
                    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                    factory.init((KeyStore) null);
                    X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
                    System.out.println("trusts " + (manager.getAcceptedIssuers().length > 50));
                    System.out.println("tls " + Arrays.asList(SSLContext.getDefault().getSupportedSSLParameters().getProtocols()).contains("TLSv1.3"));
                    System.out.println("curve " + java.security.KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic().getAlgorithm());
                    System.out.println("client " + (java.net.http.HttpClient.newHttpClient() != null));
                    System.out.println("random " + java.util.random.RandomGenerator.getDefault().getClass().getSimpleName());
                    System.out.println("beans " + java.beans.Introspector.getBeanInfo(Probe.class).getPropertyDescriptors().length);
                    System.out.println("format " + String.format("%tB %,.2f", java.time.LocalDate.of(2026, 1, 2), 1234.5));
                    javax.imageio.ImageIO.getReaderFormatNames();
                    java.awt.image.BufferedImage image = new java.awt.image.BufferedImage(4, 4, java.awt.image.BufferedImage.TYPE_INT_RGB);
                    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
                    System.out.println("jpeg " + javax.imageio.ImageIO.write(image, "jpg", out));
                    System.load("/var/runtime/native.so");
                    System.out.println("native loaded");
                }
            }
            """;

    @TempDir
    Path directory;

    static List<Path> jdks() throws Exception {
        return TestJdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    @DisplayName("A runtime linked on this machine runs on scratch: read-only, as an unprivileged user")
    void runsOnScratch(Path home) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/podman")), "SKIPPED: podman is not installed");
        Path classes = Compiled.classes(directory.resolve("probe"), Map.of("Probe.java", PROBE));
        LinkedRuntime linked = new JavaRuntimes(directory.resolve("cache"))
                .link(new JavaRuntimePlan(JdkReader.read(home), "/var/lang", List.of(classes, client()), List.of()));
        LayerPlan function = new LayerPlan(
                "function",
                List.of(
                        file("/var/task/Probe.class", new Content.OnDisk(classes.resolve("Probe.class"))),
                        file("/var/runtime/client.jar", new Content.OnDisk(client())),
                        file("/var/runtime/native.so", new Content.InJar(client(), NATIVE))));
        LayerPlan library = new CLibraries().closure(List.of(linked.layer(), function), Architecture.X86_64);

        Path root = directory.resolve("root");
        for (LayerPlan layer : List.of(library, linked.layer(), function)) {
            unpack(layer, root);
        }
        Processes.Outcome outcome = run(root);

        assertThat(outcome.output().lines())
                .as(outcome.errors())
                .containsExactly(
                        "java " + JdkReader.read(home).feature(),
                        "charset UTF-8",
                        "language en",
                        "zone GMT",
                        "berlin false",
                        "user sbx_user1051",
                        "localhost true",
                        "trusts true",
                        "tls true",
                        "curve EC",
                        "client true",
                        "random L32X64MixRandom",
                        "beans 1",
                        "format January 1,234.50",
                        "jpeg true",
                        "native loaded");
        assertThat(library.entries().stream().map(LayerEntry::target))
                .noneMatch(target -> target.contains("libX11") || target.contains("libasound"));
    }

    private Processes.Outcome run(Path root) {
        List<String> arguments = new ArrayList<>(List.of(
                "--runtime runc run --rm --ulimit nofile=1024:1024 --ulimit nproc=1000:1000 --network host --read-only"
                        .split(" ")));
        arguments.addAll(List.of("--user", "993:990", "--env", "LANG=C.UTF-8", "--rootfs", root.toString()));
        arguments.addAll(List.of(
                "/var/lang/bin/java",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                "/var/task:/var/runtime/client.jar",
                "Probe"));
        return new SystemProcesses(Duration.ofMinutes(2)).run(Path.of("/usr/bin/podman"), arguments, Map.of());
    }

    private static LayerEntry file(String target, Content content) {
        return new LayerEntry.File(target, content, 0644);
    }

    private static Path client() {
        return Path.of(System.getProperty("user.home"), ".m2/repository/com/amazonaws")
                .resolve("aws-lambda-java-runtime-interface-client/2.9.0")
                .resolve(CLIENT);
    }

    private static void unpack(LayerPlan layer, Path root) throws IOException {
        for (LayerEntry entry : layer.entries()) {
            Path target = root.resolve(entry.target().substring(1));
            if (entry instanceof LayerEntry.File file) {
                Files.createDirectories(target.getParent());
                write(file.content(), target);
            } else {
                Files.createDirectories(target);
            }
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(permissions(entry.mode())));
        }
    }

    private static void write(Content content, Path target) throws IOException {
        if (content instanceof Content.OnDisk file) {
            Files.copy(file.path(), target);
        } else if (content instanceof Content.Text text) {
            Files.writeString(target, text.text());
        } else if (content instanceof Content.InJar file) {
            try (ZipFile jar = new ZipFile(file.jar().toFile());
                    InputStream in = jar.getInputStream(jar.getEntry(file.entry()))) {
                Files.copy(in, target);
            }
        }
    }

    private static String permissions(int mode) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return text.toString();
    }
}
