package io.github.lambdacontainer.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryRequest;
import software.amazon.awssdk.services.ecr.model.CreateRepositoryResponse;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesRequest;
import software.amazon.awssdk.services.ecr.model.DescribeRepositoriesResponse;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenRequest;
import software.amazon.awssdk.services.ecr.model.GetAuthorizationTokenResponse;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyRequest;
import software.amazon.awssdk.services.ecr.model.SetRepositoryPolicyResponse;

/** The API of {@link FakeEcr} (AWS JSON 1.1), public and private; what it takes and gives is held against the SDK's model. */
final class FakeEcrApi {

    private static final String PRIVATE = "AmazonEC2ContainerRegistry_V20150921.";
    private static final String PUBLIC = "SpencerFrontendService.";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Action → the SDK's model of its request and its response. */
    private static final Map<String, List<SdkPojo>> SHAPES = Map.of(
            PRIVATE + "GetAuthorizationToken",
            List.of(
                    GetAuthorizationTokenRequest.builder().build(),
                    GetAuthorizationTokenResponse.builder().build()),
            PRIVATE + "DescribeRepositories",
            List.of(
                    DescribeRepositoriesRequest.builder().build(),
                    DescribeRepositoriesResponse.builder().build()),
            PRIVATE + "CreateRepository",
            List.of(
                    CreateRepositoryRequest.builder().build(),
                    CreateRepositoryResponse.builder().build()),
            PRIVATE + "SetRepositoryPolicy",
            List.of(
                    SetRepositoryPolicyRequest.builder().build(),
                    SetRepositoryPolicyResponse.builder().build()),
            PUBLIC + "GetAuthorizationToken",
            List.of(
                    software.amazon.awssdk.services.ecrpublic.model.GetAuthorizationTokenRequest.builder()
                            .build(),
                    software.amazon.awssdk.services.ecrpublic.model.GetAuthorizationTokenResponse.builder()
                            .build()));

    private final FakeEcr ecr;
    private final Map<String, Deque<ApiFault>> faults = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    FakeEcrApi(FakeEcr ecr) {
        this.ecr = ecr;
    }

    void fail(String action, ApiFault... next) {
        faults.computeIfAbsent(action, a -> new ArrayDeque<>()).addAll(Arrays.asList(next));
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    FakeReply answer(Headers headers, byte[] body) throws IOException {
        String target = String.valueOf(headers.getFirst("X-Amz-Target"));
        String action = target.substring(target.indexOf('.') + 1);
        calls.add(action);
        Optional<ApiFault> fault = next(action).or(() -> untimely(headers)).or(() -> unsigned(target, headers, body));
        if (fault.isPresent()) {
            return error(fault.get());
        }
        if (ecr.denies(iamAction(target))) {
            return error(new ApiFault(
                    400, "AccessDeniedException", FakeEcr.denied(iamAction(target), ecr.repositoryArn("*"))));
        }
        if (!SHAPES.containsKey(target)) {
            ecr.complain("unknown action " + target);
            return error(new ApiFault(400, "UnknownOperationException", ""));
        }
        JsonNode request = JSON.readTree(body);
        check(target, 0, request);
        FakeReply reply = act(target, request);
        if (reply.status() == 200) {
            check(target, 1, JSON.readTree(reply.body()));
        }
        return reply;
    }

    private static String iamAction(String target) {
        return (target.startsWith(PUBLIC) ? "ecr-public:" : "ecr:") + target.substring(target.indexOf('.') + 1);
    }

    private void check(String target, int shape, JsonNode json) {
        SdkShapes.differences(SHAPES.get(target).get(shape), json)
                .forEach(difference -> ecr.complain(target + (shape == 0 ? " request " : " response ") + difference));
    }

    private Optional<ApiFault> next(String action) {
        Deque<ApiFault> queue = faults.getOrDefault(action, new ArrayDeque<>());
        synchronized (queue) {
            return Optional.ofNullable(queue.poll());
        }
    }

    /** AWS holds the time of a signature against its own before the signature itself. */
    private Optional<ApiFault> untimely(Headers headers) {
        String signed = String.valueOf(headers.getFirst("X-Amz-Date"));
        Instant time = LocalDateTime.parse(signed, AMZ_DATE).toInstant(ZoneOffset.UTC);
        Instant now = ecr.now();
        if (time.isBefore(now.minus(TOLERANCE))) {
            return Optional.of(ApiFault.clock("Signature expired: " + signed + " is now earlier than "
                    + amzDate(now.minus(TOLERANCE)) + " (" + amzDate(now) + " - 5 min.)"));
        }
        return time.isAfter(now.plus(TOLERANCE))
                ? Optional.of(ApiFault.clock("Signature not yet current: " + signed + " is still later than "
                        + amzDate(now.plus(TOLERANCE)) + " (" + amzDate(now) + " + 5 min.)"))
                : Optional.empty();
    }

    private static String amzDate(Instant time) {
        return AMZ_DATE.format(time.atZone(ZoneOffset.UTC));
    }

    private Optional<ApiFault> unsigned(String target, Headers headers, byte[] body) {
        boolean isPublic = target.startsWith(PUBLIC);
        Optional<SigV4.Signed> signed = SigV4.check("POST", "/", headers, body, FakeEcr.SECRET_KEY);
        SigV4.Signed expected = new SigV4.Signed(
                FakeEcr.ACCESS_KEY, isPublic ? "us-east-1" : ecr.region(), isPublic ? "ecr-public" : "ecr");
        if (signed.isEmpty()) {
            return Optional.of(ApiFault.signature());
        }
        boolean known =
                signed.get().equals(expected) && FakeEcr.SESSION_TOKEN.equals(headers.getFirst("X-Amz-Security-Token"));
        return known ? Optional.empty() : Optional.of(ApiFault.unknownKey());
    }

    private FakeReply act(String target, JsonNode request) {
        return switch (target) {
            case PRIVATE + "GetAuthorizationToken" -> token();
            case PRIVATE + "DescribeRepositories" -> describe(request);
            case PRIVATE + "CreateRepository" -> create(request);
            case PRIVATE + "SetRepositoryPolicy" -> setPolicy(request);
            default -> publicToken();
        };
    }

    private FakeReply token() {
        ObjectNode json = JSON.createObjectNode();
        json.putArray("authorizationData")
                .addObject()
                .put("authorizationToken", ecr.newToken())
                .put("expiresAt", Instant.now().plusSeconds(12 * 3600).getEpochSecond())
                .put("proxyEndpoint", "https://" + ecr.host());
        return ok(json);
    }

    private FakeReply publicToken() {
        ObjectNode json = JSON.createObjectNode();
        json.putObject("authorizationData")
                .put("authorizationToken", ecr.newToken())
                .put("expiresAt", Instant.now().plusSeconds(12 * 3600).getEpochSecond());
        return ok(json);
    }

    private FakeReply describe(JsonNode request) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode repositories = json.putArray("repositories");
        for (JsonNode name : request.path("repositoryNames")) {
            Optional<FakeRepository> found = ecr.find(name.asText());
            if (found.isEmpty()) {
                return unknown(name.asText());
            }
            repositories.add(describe(found.get()));
        }
        return ok(json);
    }

    private FakeReply create(JsonNode request) {
        String name = request.path("repositoryName").asText();
        if (!request.path("tags").isEmpty() && ecr.denies("ecr:TagResource")) {
            return error(new ApiFault(
                    400, "AccessDeniedException", FakeEcr.denied("ecr:TagResource", ecr.repositoryArn(name))));
        }
        if (ecr.isCreatedMeanwhile(name)) {
            ecr.repository(name);
            ecr.created();
        }
        if (ecr.find(name).isPresent()) {
            return error(new ApiFault(
                    400,
                    "RepositoryAlreadyExistsException",
                    "The repository with name '" + name + "' already exists in the registry with id '" + ecr.account()
                            + "'"));
        }
        FakeRepository repository = ecr.repository(name);
        ecr.created();
        repository.mutability = request.path("imageTagMutability").asText("MUTABLE");
        repository.scanOnPush =
                request.at("/imageScanningConfiguration/scanOnPush").asBoolean();
        repository.kmsKey = Optional.of(
                        request.at("/encryptionConfiguration/kmsKey").asText())
                .filter(key -> !key.isEmpty());
        Map<String, String> tags = new LinkedHashMap<>();
        request.path("tags")
                .forEach(tag ->
                        tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
        repository.resourceTags = tags;
        ObjectNode json = JSON.createObjectNode();
        json.set("repository", describe(repository));
        return ok(json);
    }

    private ObjectNode describe(FakeRepository repository) {
        ObjectNode json = JSON.createObjectNode();
        json.put("repositoryArn", ecr.repositoryArn(repository.name))
                .put("registryId", ecr.account())
                .put("repositoryName", repository.name)
                .put("repositoryUri", ecr.host() + "/" + repository.name)
                .put("createdAt", Instant.now().getEpochSecond())
                .put("imageTagMutability", repository.mutability);
        json.putObject("imageScanningConfiguration").put("scanOnPush", repository.scanOnPush);
        ObjectNode encryption = json.putObject("encryptionConfiguration")
                .put("encryptionType", repository.kmsKey.isPresent() ? "KMS" : "AES256");
        repository.kmsKey.ifPresent(key -> encryption.put("kmsKey", key));
        return json;
    }

    private FakeReply setPolicy(JsonNode request) {
        String name = request.path("repositoryName").asText();
        Optional<FakeRepository> repository = ecr.see(name);
        if (repository.isEmpty()) {
            return unknown(name);
        }
        String policy = request.path("policyText").asText();
        repository.get().policy = Optional.of(policy);
        ObjectNode json = JSON.createObjectNode();
        json.put("registryId", ecr.account()).put("repositoryName", name).put("policyText", policy);
        return ok(json);
    }

    private FakeReply unknown(String name) {
        return error(new ApiFault(400, "RepositoryNotFoundException", ecr.unknownRepository(name)));
    }

    private static FakeReply ok(ObjectNode json) {
        return FakeReply.of(200, "application/x-amz-json-1.1", json.toString());
    }

    private static FakeReply error(ApiFault fault) {
        ObjectNode json = JSON.createObjectNode().put("__type", fault.code()).put("message", fault.message());
        return FakeReply.of(fault.status(), "application/x-amz-json-1.1", json.toString());
    }
}
