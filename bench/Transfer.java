import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The least that a first push from another registry takes in Java: brings the layers of a base from one registry to
 * another, reads through what they hold, and compresses and sends jars. It plans, checks and writes nothing, pushes no
 * manifest, and asks for nothing that it could know.
 *
 * <p>Usage: {@code Transfer PASSWORD FROM/REPOSITORY TAG TO/REPOSITORY JAR...}; without a jar it only asks for the base's
 * manifest and what the same tag names in the other repository, the least that a push without a change asks.
 */
public final class Transfer {

    private static final int BUFFER = 64 * 1024;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String authorization;
    private final String target;

    private Transfer(String password, String target) {
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(StandardCharsets.UTF_8));
        this.target = target;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        Transfer transfer = new Transfer(words.get(0), words.get(3));
        if (words.size() == 4) {
            transfer.ask(words.get(1), words.get(2));
        } else {
            transfer.run(words.get(1), words.get(2), words.subList(4, words.size()));
        }
    }

    private void ask(String base, String tag) throws Exception {
        digests(base, tag);
        HttpRequest head = request(address(target) + "/manifests/" + tag)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        http.send(head, HttpResponse.BodyHandlers.discarding());
    }

    private void run(String base, String tag, List<String> jars) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<?>> parts = new ArrayList<>();
            parts.add(threads.submit(part(() -> send(compressed(jars)))));
            for (String digest : digests(base, tag)) {
                parts.add(threads.submit(part(() -> bring(base, digest))));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private interface Part {
        void run() throws Exception;
    }

    private static Callable<Void> part(Part part) {
        return () -> {
            part.run();
            return null;
        };
    }

    private List<String> digests(String base, String tag) throws Exception {
        HttpRequest request = request(address(base) + "/manifests/" + tag)
                .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                .build();
        Matcher digest = Pattern.compile("sha256:[0-9a-f]{64}")
                .matcher(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        List<String> digests = new ArrayList<>();
        while (digest.find()) {
            digests.add(digest.group());
        }
        return digests;
    }

    private void bring(String base, String digest) throws Exception {
        HttpRequest request = request(address(base) + "/blobs/" + digest).build();
        byte[] blob = http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        if (blob[0] != '{') {
            readThrough(blob);
        }
        send(blob);
    }

    private static void readThrough(byte[] layer) throws Exception {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(layer), BUFFER)) {
            in.transferTo(new DigestOutputStream(
                    OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256")));
        }
    }

    private static byte[] compressed(List<String> jars) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes, BUFFER)) {
            for (String jar : jars) {
                Files.copy(Path.of(jar), out);
            }
        }
        return bytes.toByteArray();
    }

    private void send(byte[] blob) throws Exception {
        HttpResponse<Void> session = http.send(
                request(address(target) + "/blobs/uploads/")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        String location = session.headers().firstValue("Location").orElseThrow();
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(blob));
        HttpResponse<Void> sent = http.send(
                request(location + (location.contains("?") ? "&" : "?") + "digest=sha256:" + digest)
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(blob))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        if (sent.statusCode() != 201) {
            throw new IOException("The registry answered " + sent.statusCode());
        }
    }

    private static String address(String repository) {
        int slash = repository.indexOf('/');
        return "https://" + repository.substring(0, slash) + "/v2" + repository.substring(slash);
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).header("Authorization", authorization);
    }
}
