package io.github.lambdacontainer.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a registry keeps, in memory, and how it answers (OCI distribution specification): blobs, manifests, tags, uploads
 * and mounts. As strict as the strictest: a manifest whose blobs are not there is refused.
 */
public final class RegistryStore {

    private static final Pattern UPLOADS = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]*)");
    private static final Pattern MANIFESTS = Pattern.compile("/v2/(.+)/manifests/([^/]+)");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

    private final Map<String, Entry> entries = new ConcurrentSkipListMap<>();
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger started = new AtomicInteger();
    private volatile Optional<Set<String>> repositories = Optional.empty();
    private volatile boolean mounts = true;
    private volatile boolean immutableTags;
    private volatile String uploadOrigin = "";

    /** Has only these repositories; any other is unknown, where each is created by a push otherwise. */
    public void onlyRepositories(String... names) {
        repositories = Optional.of(Set.of(names));
    }

    /** Mounts nothing: opens an upload instead. */
    public void mountNothing() {
        mounts = false;
    }

    /** Lets no tag be pushed that exists. */
    public void keepTags() {
        immutableTags = true;
    }

    /** Has blobs uploaded elsewhere, such as {@code http://localhost:1}. */
    public void uploadsAt(String origin) {
        uploadOrigin = origin;
    }

    /** Keeps something under a path. */
    public void put(String path, String mediaType, byte[] content) {
        entries.put(path, new Entry(mediaType, content));
    }

    /** Keeps nothing under a path any more. */
    public void remove(String path) {
        entries.remove(path);
    }

    /** What is kept under a path. */
    public Optional<byte[]> get(String path) {
        return Optional.ofNullable(entries.get(path)).map(Entry::content);
    }

    /** The digest that a tag names. */
    public Optional<Digest> tag(String repository, String tag) {
        return get("/v2/" + repository + "/manifests/" + tag).map(Digest::of);
    }

    /** Everything that is kept: digests by path. */
    public Map<String, Digest> contents() {
        Map<String, Digest> contents = new TreeMap<>();
        entries.forEach((path, entry) -> contents.put(path, Digest.of(entry.content)));
        return contents;
    }

    /** How many uploads were begun and not completed. */
    public int openUploads() {
        return sessions.size();
    }

    /** The answer to a request, which takes effect. */
    public Answer answer(ScriptedRegistry.Received request) {
        return switch (request.method()) {
            case "GET", "HEAD" -> read(request);
            case "POST" -> entries.containsKey(request.path()) ? read(request) : start(request);
            case "PUT" -> put(request);
            default -> error(405, "UNSUPPORTED", "no such verb here");
        };
    }

    private Answer read(ScriptedRegistry.Received request) {
        Entry entry = entries.get(request.path());
        if (entry == null) {
            return error(404, "NAME_UNKNOWN", "no such thing here");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", entry.mediaType);
        headers.put("Docker-Content-Digest", Digest.of(entry.content).toString());
        Matcher range = RANGE.matcher(request.header("Range").orElse(""));
        if (!range.matches()) {
            return new Answer(200, headers, entry.content, 0);
        }
        int start = Integer.parseInt(range.group(1));
        int length = entry.content.length;
        headers.put("Content-Range", "bytes " + start + "-" + (length - 1) + "/" + length);
        return new Answer(206, headers, entry.content, start);
    }

    private Answer start(ScriptedRegistry.Received request) {
        Matcher path = UPLOADS.matcher(request.path());
        if (!path.matches() || !path.group(2).isEmpty()) {
            return error(404, "NAME_UNKNOWN", "nothing is taken here");
        }
        String repository = path.group(1);
        if (isUnknown(repository)) {
            return unknown(repository);
        }
        Map<String, String> query = query(request.query());
        Entry mounted = mounts ? entries.get("/v2/" + query.get("from") + "/blobs/" + query.get("mount")) : null;
        if (mounted != null) {
            String blob = "/v2/" + repository + "/blobs/" + query.get("mount");
            entries.put(blob, mounted);
            return new Answer(201, Map.of("Location", blob), new byte[0], 0);
        }
        String session = "u" + started.incrementAndGet();
        sessions.add(session);
        String location = uploadOrigin + "/v2/" + repository + "/blobs/uploads/" + session + "?state=a%2Fb";
        return new Answer(202, Map.of("Location", location), new byte[0], 0);
    }

    private Answer put(ScriptedRegistry.Received request) {
        Matcher upload = UPLOADS.matcher(request.path());
        if (upload.matches()) {
            return finish(request, upload.group(1), upload.group(2));
        }
        Matcher manifest = MANIFESTS.matcher(request.path());
        return manifest.matches()
                ? manifest(request, manifest.group(1), manifest.group(2))
                : error(404, "NAME_UNKNOWN", "nothing is taken here");
    }

    private Answer finish(ScriptedRegistry.Received request, String repository, String session) {
        Map<String, String> query = query(request.query());
        if (!sessions.remove(session) || !"a/b".equals(query.get("state"))) {
            return error(404, "BLOB_UPLOAD_UNKNOWN", "no such upload");
        }
        Digest digest = Digest.of(request.content());
        if (!digest.toString().equals(query.get("digest"))) {
            return error(400, "DIGEST_INVALID", "the digest is another");
        }
        return created("/v2/" + repository + "/blobs/" + digest, "application/octet-stream", request.content());
    }

    private Answer manifest(ScriptedRegistry.Received request, String repository, String name) {
        Digest digest = Digest.of(request.content());
        String base = "/v2/" + repository + "/manifests/";
        boolean byDigest = name.startsWith("sha256:");
        if (isUnknown(repository)) {
            return unknown(repository);
        }
        if (byDigest && !name.equals(digest.toString())) {
            return error(400, "DIGEST_INVALID", "the digest is another");
        }
        if (!byDigest && immutableTags && entries.containsKey(base + name)) {
            return error(400, "TAG_INVALID", "The image tag '" + name + "' already exists and cannot be overwritten.");
        }
        for (String blob : blobs(request.content())) {
            if (!entries.containsKey("/v2/" + repository + "/blobs/" + blob)) {
                return error(400, "MANIFEST_BLOB_UNKNOWN", "there is no " + blob);
            }
        }
        String mediaType = request.header("Content-Type").orElse("");
        created(base + digest, mediaType, request.content());
        return created(base + name, mediaType, request.content());
    }

    private static List<String> blobs(byte[] manifest) {
        try {
            JsonNode json = new ObjectMapper().readTree(manifest);
            List<String> blobs =
                    new ArrayList<>(List.of(json.at("/config/digest").asText()));
            json.path("layers").forEach(layer -> blobs.add(layer.path("digest").asText()));
            return blobs;
        } catch (IOException e) {
            return List.of("manifest that can be read");
        }
    }

    private Answer created(String path, String mediaType, byte[] content) {
        entries.put(path, new Entry(mediaType, content));
        Map<String, String> headers = Map.of(
                "Location", path, "Docker-Content-Digest", Digest.of(content).toString());
        return new Answer(201, headers, new byte[0], 0);
    }

    private boolean isUnknown(String repository) {
        return repositories.filter(names -> !names.contains(repository)).isPresent();
    }

    private static Answer unknown(String repository) {
        return error(404, "NAME_UNKNOWN", "The repository with name '" + repository + "' does not exist");
    }

    private static Map<String, String> query(String query) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : query.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private static Answer error(int status, String code, String message) {
        String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
        return new Answer(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), 0);
    }

    private record Entry(String mediaType, byte[] content) {}

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param headers its headers
     * @param content its body
     * @param start where in the content the body begins
     */
    public record Answer(int status, Map<String, String> headers, byte[] content, int start) {}
}
