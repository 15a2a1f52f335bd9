package io.github.lambdacontainer.ecr;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkGlobalTime;

/**
 * Amazon ECR within this process: its API, its registry, the host its layers are read from, the token service of its
 * public gallery and the one call of AWS STS that a web identity needs.
 *
 * <p>It answers under AWS's own host names over HTTPS, through a proxy that leads them here ({@link #settings}), so that
 * the code under test runs as in production. From the start to {@link #close} this process trusts its certificate;
 * another process is given {@link #trustStore} and the proxy. {@link #close} fails if anything arrived or was answered
 * that the AWS SDK's model does not know.
 */
public final class FakeEcr implements AutoCloseable {

    /** The keys it takes, which are nowhere else: no output may have the secret, the session token or a password. */
    public static final String ACCESS_KEY = "AKIAFAKEECRCANARY001";

    /** The secret of {@link #ACCESS_KEY}. */
    public static final String SECRET_KEY = "canary+secret/access0key0of0the0fake0ecr";

    /** The session that {@link #ACCESS_KEY} is of. */
    public static final String SESSION_TOKEN = "canarySessionTokenOfTheFakeEcr//IQoJb3JpZ2luX2Vj";

    /** How every password of a token begins. */
    public static final String PASSWORD_PREFIX = "canaryPasswordOfTheFakeEcr";

    /** What a web identity must prove itself with. */
    public static final String WEB_IDENTITY_TOKEN = "canary.web.identity";

    private static final String ACCOUNT = "123456789012";
    private static final String REGION = "eu-central-1";
    private static final String GALLERY = "public.ecr.aws";

    private final HttpServer server;
    private final HttpServer layers;
    private final ConnectProxy proxy;
    private final Path directory;
    private final SSLContext before;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FakeEcrApi api = new FakeEcrApi(this);
    private final FakeEcrRegistry registry = new FakeEcrRegistry(this);
    private final Map<String, FakeRepository> repositories = new ConcurrentHashMap<>();
    private final Map<String, Standing> passwords = new ConcurrentHashMap<>();
    private final Set<String> denied = ConcurrentHashMap.newKeySet();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final Set<String> createdMeanwhile = ConcurrentHashMap.newKeySet();
    private final AtomicInteger hidden = new AtomicInteger();
    private volatile int hiddenAfterCreation;
    private volatile boolean mountsBlobs;
    private volatile boolean createsOnPush;
    private volatile @Nullable OtherClock clock;

    private FakeEcr(Path directory) throws IOException, NoSuchAlgorithmException {
        this.directory = directory;
        this.before = SSLContext.getDefault();
        List<String> hosts = List.of(
                host(),
                ACCOUNT + ".dkr.ecr-fips." + REGION + ".amazonaws.com",
                ACCOUNT + ".dkr-ecr." + REGION + ".on.aws",
                "api.ecr." + REGION + ".amazonaws.com",
                "api.ecr-fips." + REGION + ".amazonaws.com",
                "ecr." + REGION + ".api.aws",
                GALLERY,
                "api.ecr-public.us-east-1.amazonaws.com",
                "sts.amazonaws.com",
                "sts." + REGION + ".amazonaws.com");
        TestKeys keys = TestKeys.create(
                directory, Stream.concat(hosts.stream(), Stream.of(layerHost())).toList());
        server = https(keys);
        layers = https(keys);
        server.createContext("/", this::handle);
        layers.createContext("/", this::giveLayer);
        proxy = ConnectProxy.start();
        hosts.forEach(host -> proxy.route(host, server.getAddress().getPort()));
        proxy.route(layerHost(), layers.getAddress().getPort());
        server.start();
        layers.start();
        SSLContext.setDefault(keys.context());
    }

    /** Starts one for the account 123456789012 and the region eu-central-1, with its files below this directory. */
    public static FakeEcr start(Path directory) {
        try {
            return new FakeEcr(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpServer https(TestKeys keys) throws IOException {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
        https.setExecutor(threads);
        return https;
    }

    /** The host of the registry, as it stands in a reference. */
    public String host() {
        return ACCOUNT + ".dkr.ecr." + REGION + ".amazonaws.com";
    }

    /** The host that layers are read from, as S3's for ECR. */
    public String layerHost() {
        return "prod-" + REGION + "-starport-layer-bucket.s3." + REGION + ".amazonaws.com";
    }

    /** The address that an endpoint override names to come here without the proxy. */
    public String endpoint() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    /** How to speak to it. */
    public HttpSettings settings() {
        return HttpSettings.DEFAULT.withProxies(proxy.selector(), uri -> Optional.empty());
    }

    /** The proxy that leads AWS's host names here. */
    public ConnectProxy proxy() {
        return proxy;
    }

    /** A PKCS12 trust store with its certificate, for another process; its password is {@code changeit}. */
    public Path trustStore() {
        return directory.resolve("key.p12");
    }

    /** A repository, created if it is not there. */
    public FakeRepository repository(String name) {
        return repositories.computeIfAbsent(name, FakeRepository::new);
    }

    /** A repository, if it is there. */
    public Optional<FakeRepository> find(String name) {
        return Optional.ofNullable(repositories.get(name));
    }

    /** Denies these IAM actions, such as {@code ecr:PutImage}, from now on. */
    public FakeEcr deny(String... actions) {
        denied.addAll(List.of(actions));
        return this;
    }

    /** Denies an action of the registry with this sentence. */
    public FakeEcr denyWith(String action, String sentence) {
        refusals.put(action, sentence);
        return deny(action);
    }

    /** With which sentence an action on a repository is denied. */
    String refusal(String action, String repository) {
        return refusals.getOrDefault(action, denied(action, repositoryArn(repository)));
    }

    /** Answers the next calls of an action of the API, such as {@code GetAuthorizationToken}, with each of these. */
    public FakeEcr fail(String action, ApiFault... next) {
        api.fail(action, next);
        return this;
    }

    /** Lets every token that was given expire. */
    public void expireTokens() {
        passwords.replaceAll((password, standing) -> Standing.EXPIRED);
    }

    /** Forgets every token that was given, as if it were wrong. */
    public void forgetTokens() {
        passwords.clear();
    }

    /** Sets the account's {@code BLOB_MOUNTING}. */
    public FakeEcr mountBlobs() {
        mountsBlobs = true;
        return this;
    }

    /** Goes by a clock that is this far ahead, and takes no signature that is more than five minutes off it. */
    public FakeEcr clockAhead(Duration by) {
        clock = OtherClock.before(server.getAddress().getPort(), by);
        proxy.route("api.ecr." + REGION + ".amazonaws.com", clock.port());
        return this;
    }

    Instant now() {
        return clock == null ? Instant.now() : clock.now();
    }

    /** Has a repository creation template that is applied to every push: the first upload creates the repository. */
    public FakeEcr createOnPush() {
        createsOnPush = true;
        return this;
    }

    /** Has another build create this repository just before the first one that is asked for it. */
    public FakeEcr createMeanwhile(String name) {
        createdMeanwhile.add(name);
        return this;
    }

    boolean isCreatedMeanwhile(String name) {
        return createdMeanwhile.remove(name);
    }

    /** Lets so many requests after each creation of a repository not see it yet. */
    public FakeEcr hideAfterCreation(int requests) {
        hiddenAfterCreation = requests;
        return this;
    }

    void created() {
        hidden.set(hiddenAfterCreation);
    }

    /** A repository, if it is there and this request sees it. */
    Optional<FakeRepository> see(String name) {
        return hidden.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? Optional.empty() : find(name);
    }

    /** An ECR that loses no time in pauses. */
    public Ecr impatient(AwsListener listener) {
        return new Ecr(settings(), listener, CredentialWatch.PATIENCE, Collections.nCopies(20, Duration.ofMillis(1)));
    }

    boolean createsOnPush() {
        return createsOnPush;
    }

    /** The actions of the API that were called. */
    public List<String> calls() {
        return api.calls();
    }

    /** What the registry, its gallery and its layers were asked, in this order. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received request = Received.of(exchange);
            answer(request, exchange).send(exchange);
        }
    }

    private FakeReply answer(Received request, HttpExchange exchange) throws IOException {
        if (exchange.getRequestHeaders().containsKey("X-Amz-Target")) {
            return api.answer(exchange.getRequestHeaders(), request.content());
        }
        if (request.host().startsWith("sts.")) {
            return FakeSts.answer(new String(request.content(), StandardCharsets.UTF_8));
        }
        received.add(request);
        return request.host().equals(GALLERY) ? gallery(request) : registry.answer(request);
    }

    /** The public gallery: everybody gets a token, and with credentials another one. */
    private FakeReply gallery(Received request) throws IOException {
        if (request.path().equals("/token/")) {
            boolean known = judge(request.authorization()) == Standing.CURRENT;
            return known || request.authorization().isEmpty()
                    ? FakeReply.of(200, "application/json", "{\"token\":\"" + (known ? "known" : "anonymous") + "\"}")
                    : FakeReply.error(401, "UNAUTHORIZED", "Not Authorized");
        }
        boolean token = request.authorization()
                .filter(value -> value.matches("Bearer (known|anonymous)"))
                .isPresent();
        return token
                ? registry.serve(request)
                : FakeReply.of(401)
                        .with(
                                "Www-Authenticate",
                                "Bearer realm=\"https://" + GALLERY + "/token/\",service=\"" + GALLERY
                                        + "\",scope=\"aws\"");
    }

    /** Like S3, which refuses whoever shows two kinds of credentials. */
    private void giveLayer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received request = Received.of(exchange);
            received.add(request);
            String[] parts = request.path().substring(1).split("/sha256:");
            Optional<byte[]> content = find(parts[0]).map(r -> r.blobs.get("sha256:" + parts[1]));
            boolean signed = request.query().contains("X-Amz-Signature");
            FakeReply reply = request.authorization().isPresent() || !signed
                    ? FakeReply.of(400, "application/xml", "<Error><Code>InvalidArgument</Code></Error>")
                    : content.map(bytes -> new FakeReply(200, Map.of(), bytes)).orElse(FakeReply.of(404));
            reply.send(exchange);
        }
    }

    String account() {
        return ACCOUNT;
    }

    String region() {
        return REGION;
    }

    boolean mountsBlobs() {
        return mountsBlobs;
    }

    boolean denies(String action) {
        return denied.contains(action);
    }

    void complain(String complaint) {
        complaints.add(complaint);
    }

    String repositoryArn(String name) {
        return "arn:aws:ecr:" + REGION + ":" + ACCOUNT + ":repository/" + name;
    }

    String unknownRepository(String name) {
        return "The repository with name '" + name + "' does not exist in the registry with id '" + ACCOUNT + "'";
    }

    String blobAddress(String repository, String digest) {
        return "https://" + layerHost() + "/" + repository + "/" + digest + "?X-Amz-Signature=0123456789abcdef";
    }

    static String denied(String action, String resource) {
        return "User: arn:aws:sts::" + ACCOUNT + ":assumed-role/ci/build is not authorized to perform: " + action
                + " on resource: " + resource + " because no identity-based policy allows the " + action + " action";
    }

    String newToken() {
        String password = PASSWORD_PREFIX + tokens.incrementAndGet();
        passwords.put(password, Standing.CURRENT);
        return Base64.getEncoder().encodeToString(("AWS:" + password).getBytes(StandardCharsets.UTF_8));
    }

    Standing judge(Optional<String> authorization) {
        return authorization
                .filter(value -> value.startsWith("Basic "))
                .map(value -> new String(Base64.getDecoder().decode(value.substring(6)), StandardCharsets.UTF_8))
                .filter(value -> value.startsWith("AWS:"))
                .map(value -> passwords.getOrDefault(value.substring(4), Standing.NONE))
                .orElse(Standing.NONE);
    }

    @Override
    public void close() {
        SSLContext.setDefault(before);
        proxy.close();
        if (clock != null) {
            clock.close();
            // The SDK signs by the clock that it met last, in all of the process: the next fake has the machine's.
            SdkGlobalTime.setGlobalTimeOffset(0);
        }
        server.stop(0);
        layers.stop(0);
        threads.shutdownNow();
        if (!complaints.isEmpty()) {
            throw new AssertionError("Not as the AWS SDK has it: " + complaints);
        }
    }

    /** What a password is worth. */
    enum Standing {
        NONE,
        CURRENT,
        EXPIRED
    }

    /**
     * A request.
     *
     * @param method the verb
     * @param host the host it was sent to
     * @param path its path
     * @param query its query, or an empty string
     * @param authorization its header {@code Authorization}
     * @param contentType its media type
     * @param content its body
     */
    public record Received(
            String method,
            String host,
            String path,
            String query,
            Optional<String> authorization,
            Optional<String> contentType,
            byte[] content) {

        static Received of(HttpExchange exchange) throws IOException {
            return new Received(
                    exchange.getRequestMethod(),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Host"))
                            .orElse(""),
                    exchange.getRequestURI().getPath(),
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")),
                    exchange.getRequestBody().readAllBytes());
        }
    }
}
