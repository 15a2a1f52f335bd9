package io.github.lambdacontainer.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Debian's {@code docker-registry} on loopback, plain or with TLS and a password. */
final class LocalRegistry implements AutoCloseable {

    /** The user, named as Amazon ECR names it. */
    static final String USER = "AWS";

    private static final Pattern REQUEST = Pattern.compile("\"([A-Z]+) (/v2/\\S*) HTTP/[\\d.]+\" (\\d{3})");

    private final Process process;
    private final Path log;
    private final String address;
    private final HttpClient client;
    private final TestCertificate certificate;

    private LocalRegistry(boolean secure) {
        try {
            Path directory = It.directory("registry");
            int port = freePort();
            log = directory.resolve("registry.log");
            address = "127.0.0.1:" + port;
            certificate = secure ? TestCertificate.create(directory) : null;
            Path configuration = Files.writeString(directory.resolve("config.yml"), configuration(directory, port));
            process = new ProcessBuilder(Tools.get("docker-registry").toString(), "serve", configuration.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            client = secure
                    ? HttpClient.newBuilder().sslContext(certificate.trusting()).build()
                    : HttpClient.newHttpClient();
            awaitPort(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LocalRegistry plain() {
        return new LocalRegistry(false);
    }

    /** A registry that asks for {@link #USER} and {@link Canaries#PASSWORD} over TLS. */
    static LocalRegistry secure() {
        return new LocalRegistry(true);
    }

    /** Host and port. */
    String address() {
        return address;
    }

    /** The trust store with which a client accepts the registry. */
    TestCertificate certificate() {
        return certificate;
    }

    /** The requests about a repository so far, such as {@code HEAD manifests/1 200}. */
    List<String> requests(String repository) {
        try {
            String prefix = "/v2/" + repository + "/";
            return REQUEST.matcher(Files.readString(log))
                    .results()
                    .filter(request -> request.group(2).startsWith(prefix))
                    .map(request -> request.group(1) + " "
                            + request.group(2).substring(prefix.length()).replaceFirst("\\?.*", "") + " "
                            + request.group(3))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tags of a repository, none if there is no such repository. */
    List<String> tags(String repository) {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(uri("/v2/" + repository + "/tags/list")), "GET", null);
        try {
            return StreamSupport.stream(
                            ImageLayout.JSON
                                    .readTree(response.body())
                                    .path("tags")
                                    .spliterator(),
                            false)
                    .map(JsonNode::asText)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of a {@code <server>} of settings.xml with this password. */
    String server(String password) {
        return "<servers><server><id>" + address + "</id><username>" + USER + "</username><password>" + password
                + "</password></server></servers>";
    }

    /** What skopeo and podman need to read from here. */
    List<String> access(String prefix) {
        return certificate == null
                ? List.of("--" + prefix + "tls-verify=false")
                : List.of(
                        "--" + prefix + "tls-verify=false", "--" + prefix + "creds=" + USER + ":" + Canaries.PASSWORD);
    }

    /** Pushes a base and gives the reference under which it is found. */
    String push(Base base) {
        ImageLayout layout = base.layout();
        pushManifest(layout, base.repository, layout.top(), base.tag);
        return address + "/" + base.repository + ":" + base.tag;
    }

    private void pushManifest(ImageLayout layout, String repository, JsonNode descriptor, String reference) {
        JsonNode manifest = layout.read(descriptor.path("digest").asText());
        for (JsonNode child : manifest.path("manifests")) {
            pushManifest(layout, repository, child, child.path("digest").asText());
        }
        if (manifest.has("config")) {
            pushBlob(layout, repository, manifest.path("config"));
        }
        manifest.path("layers").forEach(layer -> pushBlob(layout, repository, layer));
        Path file = layout.file(descriptor.path("digest").asText());
        send(
                HttpRequest.newBuilder(uri("/v2/" + repository + "/manifests/" + reference))
                        .header("Content-Type", descriptor.path("mediaType").asText()),
                "PUT",
                file,
                201);
    }

    private void pushBlob(ImageLayout layout, String repository, JsonNode descriptor) {
        String digest = descriptor.path("digest").asText();
        HttpResponse<String> started =
                send(HttpRequest.newBuilder(uri("/v2/" + repository + "/blobs/uploads/")), "POST", null, 202);
        String location = started.headers().firstValue("Location").orElseThrow();
        URI upload = uri("/").resolve(location + (location.contains("?") ? "&" : "?") + "digest=" + digest);
        send(
                HttpRequest.newBuilder(upload).header("Content-Type", "application/octet-stream"),
                "PUT",
                layout.file(digest),
                201);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String method, Path body, int expected) {
        HttpResponse<String> response = send(request, method, body);
        if (response.statusCode() != expected) {
            throw new AssertionError(method + " " + response.uri() + ": " + response.statusCode() + response.body());
        }
        return response;
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String method, Path body) {
        try {
            String login = Base64.getEncoder().encodeToString((USER + ":" + Canaries.PASSWORD).getBytes());
            HttpRequest built = request.timeout(Duration.ofMinutes(1))
                    .header("Authorization", "Basic " + login)
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofFile(body))
                    .build();
            return client.send(built, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private URI uri(String path) {
        return URI.create((certificate == null ? "http://" : "https://") + address + path);
    }

    private String configuration(Path directory, int port) throws IOException {
        String configuration = """
                version: 0.1
                log:
                  level: warn
                storage:
                  filesystem:
                    rootdirectory: %s
                http:
                  addr: 127.0.0.1:%d
                """.formatted(directory.resolve("storage"), port);
        if (certificate == null) {
            return configuration;
        }
        Path passwords = Files.writeString(
                directory.resolve("htpasswd"),
                Command.of(Tools.get("htpasswd"), "-nbB", USER, Canaries.PASSWORD)
                        .output());
        return configuration + """
                  tls:
                    certificate: %s
                    key: %s
                auth:
                  htpasswd:
                    realm: test
                    path: %s
                """.formatted(certificate.certificate(), certificate.key(), passwords);
    }

    private void awaitPort(int port) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("docker-registry did not start on port " + port);
            }
            Thread.onSpinWait();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
