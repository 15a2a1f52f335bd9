package io.github.lambdacontainer.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The registry of {@link FakeEcr}: what it takes and refuses, with ECR's own sentences. */
final class FakeEcrRegistry {

    private static final Pattern BLOB = Pattern.compile("/v2/(.+)/blobs/(sha256:[0-9a-f]{64})");
    private static final Pattern UPLOAD = Pattern.compile("/v2/(.+)/blobs/uploads/([^/]*)");
    private static final Pattern MANIFEST = Pattern.compile("/v2/(.+)/manifests/([^/]+)");

    private final FakeEcr ecr;
    private final Map<String, byte[]> parts = new ConcurrentHashMap<>();

    FakeEcrRegistry(FakeEcr ecr) {
        this.ecr = ecr;
    }

    FakeReply answer(FakeEcr.Received request) throws IOException {
        Optional<FakeReply> refused = unauthorised(request.authorization());
        return refused.isPresent() ? refused.get() : serve(request);
    }

    /** The answer to whoever may ask. */
    FakeReply serve(FakeEcr.Received request) throws IOException {
        if (request.path().equals("/v2/")) {
            return FakeReply.of(200);
        }
        Matcher upload = UPLOAD.matcher(request.path());
        if (upload.matches()) {
            if (request.method().equals("POST") && ecr.createsOnPush()) {
                ecr.repository(upload.group(1));
            }
            return in(upload.group(1), repository -> upload(request, repository, upload.group(2)));
        }
        Matcher blob = BLOB.matcher(request.path());
        if (blob.matches()) {
            return in(blob.group(1), repository -> blob(request, repository, blob.group(2)));
        }
        Matcher manifest = MANIFEST.matcher(request.path());
        if (manifest.matches()) {
            return in(manifest.group(1), repository -> manifest(request, repository, manifest.group(2)));
        }
        return FakeReply.error(404, "UNSUPPORTED", "Nothing is here");
    }

    private Optional<FakeReply> unauthorised(Optional<String> authorization) {
        return switch (ecr.judge(authorization)) {
            case CURRENT -> Optional.empty();
            case EXPIRED ->
                Optional.of(FakeReply.error(
                        403, "DENIED", "Your authorization token has expired. Reauthenticate and try again."));
            case NONE ->
                Optional.of(FakeReply.of(401, "text/plain; charset=utf-8", "Not Authorized\n")
                        .with(
                                "Www-Authenticate",
                                "Basic realm=\"https://" + ecr.host() + "/\",service=\"ecr.amazonaws.com\""));
        };
    }

    private FakeReply in(String name, Answer answer) throws IOException {
        Optional<FakeRepository> repository = ecr.see(name);
        return repository.isPresent()
                ? answer.in(repository.get())
                : FakeReply.error(404, "NAME_UNKNOWN", ecr.unknownRepository(name));
    }

    private Optional<FakeReply> denied(FakeRepository repository, String action) {
        return ecr.denies(action)
                ? Optional.of(FakeReply.error(403, "DENIED", ecr.refusal(action, repository.name)))
                : Optional.empty();
    }

    private FakeReply blob(FakeEcr.Received request, FakeRepository repository, String digest) {
        boolean head = request.method().equals("HEAD");
        Optional<FakeReply> denied =
                denied(repository, head ? "ecr:BatchCheckLayerAvailability" : "ecr:GetDownloadUrlForLayer");
        if (denied.isPresent()) {
            return denied.get();
        }
        byte[] content = repository.blobs.get(digest);
        if (content == null) {
            return FakeReply.error(404, "BLOB_UNKNOWN", "The layer with digest '" + digest + "' does not exist");
        }
        if (head) {
            return new FakeReply(200, Map.of("Docker-Content-Digest", digest), content);
        }
        return FakeReply.of(307).with("Location", ecr.blobAddress(repository.name, digest));
    }

    private FakeReply upload(FakeEcr.Received request, FakeRepository repository, String session) {
        Optional<FakeReply> denied = denied(
                repository,
                switch (request.method()) {
                    case "POST" -> "ecr:InitiateLayerUpload";
                    case "PATCH" -> "ecr:UploadLayerPart";
                    default -> "ecr:CompleteLayerUpload";
                });
        if (denied.isPresent()) {
            return denied.get();
        }
        Map<String, String> query = query(request.query());
        return switch (request.method()) {
            case "POST" -> start(request, repository, query);
            case "PATCH" -> append(request, repository, session);
            case "PUT" -> finish(request, repository, session, query.getOrDefault("digest", ""));
            default -> FakeReply.error(405, "UNSUPPORTED", "No such verb here");
        };
    }

    private FakeReply start(FakeEcr.Received request, FakeRepository repository, Map<String, String> query) {
        Optional<byte[]> mounted = mounted(query.get("from"), query.get("mount"));
        if (mounted.isPresent()) {
            repository.blobs.put(query.get("mount"), mounted.get());
            return created("/v2/" + repository.name + "/blobs/" + query.get("mount"), query.get("mount"));
        }
        String session = UUID.randomUUID().toString();
        repository.uploads.add(session);
        return accepted(request, repository, session);
    }

    /** ECR mounts only if the account's setting says so, and only what a manifest refers to. */
    private Optional<byte[]> mounted(String from, String digest) {
        return Optional.ofNullable(from)
                .filter(name -> ecr.mountsBlobs())
                .flatMap(ecr::find)
                .filter(source -> source.manifests.values().stream()
                        .anyMatch(manifest -> blobs(manifest.content()).contains(digest)))
                .map(source -> source.blobs.get(digest));
    }

    private FakeReply accepted(FakeEcr.Received request, FakeRepository repository, String session) {
        return FakeReply.of(202)
                .with("Location", "https://" + request.host() + "/v2/" + repository.name + "/blobs/uploads/" + session)
                .with("Docker-Upload-Uuid", session);
    }

    private FakeReply append(FakeEcr.Received request, FakeRepository repository, String session) {
        if (!repository.uploads.contains(session)) {
            return FakeReply.error(404, "BLOB_UPLOAD_UNKNOWN", "There is no such upload");
        }
        parts.merge(session, request.content(), FakeEcrRegistry::joined);
        return accepted(request, repository, session);
    }

    private FakeReply finish(FakeEcr.Received request, FakeRepository repository, String session, String digest) {
        if (!repository.uploads.remove(session)) {
            return FakeReply.error(404, "BLOB_UPLOAD_UNKNOWN", "There is no such upload");
        }
        byte[] before = Optional.ofNullable(parts.remove(session)).orElse(new byte[0]);
        byte[] content = joined(before, request.content());
        if (!Digest.of(content).toString().equals(digest)) {
            return FakeReply.error(400, "DIGEST_INVALID", "The digest of the layer is not the digest that was given");
        }
        repository.blobs.put(digest, content);
        return created("/v2/" + repository.name + "/blobs/" + digest, digest);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private FakeReply manifest(FakeEcr.Received request, FakeRepository repository, String name) {
        boolean put = request.method().equals("PUT");
        Optional<FakeReply> denied = denied(repository, put ? "ecr:PutImage" : "ecr:BatchGetImage");
        if (denied.isPresent()) {
            return denied.get();
        }
        return put ? put(request, repository, name) : get(repository, name);
    }

    private static FakeReply get(FakeRepository repository, String name) {
        String digest = name.startsWith("sha256:") ? name : repository.tags.getOrDefault(name, "");
        FakeRepository.Manifest manifest = repository.manifests.get(digest);
        return manifest == null
                ? FakeReply.error(404, "MANIFEST_UNKNOWN", "Requested image not found")
                : new FakeReply(
                        200,
                        Map.of("Content-Type", manifest.type(), "Docker-Content-Digest", digest),
                        manifest.content());
    }

    private FakeReply put(FakeEcr.Received request, FakeRepository repository, String name) {
        String digest = Digest.of(request.content()).toString();
        boolean tag = !name.startsWith("sha256:");
        if (tag && repository.tags.containsKey(name) && repository.mutability.equals("IMMUTABLE")) {
            return FakeReply.error(
                    400,
                    "TAG_INVALID",
                    "The image tag '" + name + "' already exists in the '" + repository.name
                            + "' repository and cannot be overwritten because the repository is immutable.");
        }
        if (!tag && !name.equals(digest)) {
            return FakeReply.error(400, "MANIFEST_INVALID", "The digest is not the digest of the manifest");
        }
        for (String blob : blobs(request.content())) {
            if (!repository.blobs.containsKey(blob)) {
                return FakeReply.error(
                        404, "BLOB_UNKNOWN", "Image manifest refers to a layer that does not exist: " + blob);
            }
        }
        repository.manifests.put(
                digest, new FakeRepository.Manifest(request.contentType().orElse(""), request.content()));
        if (tag) {
            repository.tags.put(name, digest);
        }
        return created("/v2/" + repository.name + "/manifests/" + digest, digest);
    }

    private static List<String> blobs(byte[] manifest) {
        try {
            JsonNode json = new ObjectMapper().readTree(manifest);
            List<String> digests =
                    new ArrayList<>(List.of(json.at("/config/digest").asText()));
            json.path("layers")
                    .forEach(layer -> digests.add(layer.path("digest").asText()));
            return digests;
        } catch (IOException e) {
            return List.of("unreadable");
        }
    }

    private FakeReply created(String path, String digest) {
        return FakeReply.of(201)
                .with("Location", URI.create("https://" + ecr.host() + path).toString())
                .with("Docker-Content-Digest", digest);
    }

    private static Map<String, String> query(String query) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : query.split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    /** What a repository answers. */
    private interface Answer {
        FakeReply in(FakeRepository repository) throws IOException;
    }
}
