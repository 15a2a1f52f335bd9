package io.github.lambdacontainer.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.Phase;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.registry.Refusal;
import io.github.lambdacontainer.registry.UnusableCredentialsException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EcrAdviceTest extends EcrTest {

    private static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    private static final String IMAGE = HOST + "/team/app:1";
    private static final String CHAIN = "the AWS SDK's default credential chain";
    private static final String KEYS = "the system properties aws.accessKeyId and aws.secretAccessKey";
    private static final String TO_AUTH = "\n  Setting: <to><auth> (-Dlambda-container.to.auth)\n  Next: ";
    private static final String TO_IMAGE = "\n  Setting: <to><image> (-Dlambda-container.to.image)\n  Next: ";
    private static final String FROM_AUTH = "\n  Setting: <from><auth> (-Dlambda-container.from.auth)\n  Next: ";
    private static final String FROM_IMAGE = "\n  Setting: <from><image> (-Dlambda-container.from.image)\n  Next: ";
    private static final String EXPIRED = "Your authorization token has expired. Reauthenticate and try again.";

    private Ecr ecr;

    /** A build that has a token for this host, or knows why there is none. */
    private void ask(String host) {
        ecr = new Ecr(fake.settings(), AwsListener.SILENT);
        try {
            ecr.credentials().find(host);
        } catch (UnusableCredentialsException e) {
            // What the advice is to tell.
        }
    }

    private String explain(
            String image, boolean push, Phase phase, int status, String code, String words, String... sources) {
        Reference reference = Reference.parse(image, "to.image");
        return ecr.advice()
                .explain(new Refusal(reference, push, phase, status, code, words, List.of(sources)))
                .map(Problem::text)
                .orElse("");
    }

    private String push(int status, String code, String words, String... sources) {
        return explain(IMAGE, true, Phase.MANIFEST, status, code, words, sources);
    }

    private String read(int status, String code, String words, String... sources) {
        return explain(IMAGE, false, Phase.MANIFEST, status, code, words, sources);
    }

    @Test
    void namesTheActionThatEcrNames() {
        properties.keys();
        ask(HOST);
        String words =
                FakeEcr.denied("ecr:InitiateLayerUpload", "arn:aws:ecr:eu-central-1:123456789012:repository/team/app");

        assertThat(push(403, "DENIED", words, CHAIN))
                .isEqualTo("The image '" + IMAGE + "' may not be pushed: " + HOST + " answered 403 (DENIED: " + words
                        + "), with a token for the AWS credentials from " + KEYS + "." + TO_AUTH
                        + "Allow the action ecr:InitiateLayerUpload on this repository of the account 123456789012, in"
                        + " IAM and, for another account, in the repository's policy.");
    }

    @Test
    void namesTheActionThatWasNeededWhereEcrIsSilent() {
        properties.keys();
        ask(HOST);

        assertThat(read(403, "", "", CHAIN))
                .isEqualTo("The base image '" + IMAGE + "' may not be read: " + HOST
                        + " answered 403, with a token for the AWS credentials from " + KEYS + "." + FROM_AUTH
                        + "Allow the action ecr:BatchGetImage on this repository of the account 123456789012, in IAM"
                        + " and, for another account, in the repository's policy.");
        assertThat(explain(IMAGE, false, Phase.BLOB, 403, "", "", CHAIN))
                .contains("Allow the action ecr:GetDownloadUrlForLayer on");
    }

    @Test
    void namesTheCredentialsOfAnotherSource() {
        properties.keys();
        ask(HOST);

        assertThat(push(403, "DENIED", "Not this one", "the server in settings.xml"))
                .startsWith("The image '" + IMAGE + "' may not be pushed: " + HOST
                        + " answered 403 (DENIED: Not this one), with the credentials from the server in"
                        + " settings.xml.");
    }

    @Test
    void saysWhyAwsGaveNoToken() {
        ask(HOST);

        assertThat(push(401, "", "", CHAIN, "Docker's config.json"))
                .isEqualTo("The image '" + IMAGE + "' may not be pushed: " + HOST
                        + " answered 401, without credentials, as there are none for it in " + CHAIN
                        + ", Docker's config.json: there are no AWS credentials: none in system properties,"
                        + " environment variables, a web identity token, the AWS profile 'default', a container or the"
                        + " role of"
                        + " an EC2"
                        + " instance." + TO_AUTH + "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
    }

    @Test
    void saysWhichSessionHasExpired() {
        properties
                .config("[profile dev]\nsso_start_url = https://x.awsapps.example/start\nsso_region = eu-central-1\n"
                        + "sso_account_id = 123456789012\nsso_role_name = ci\n")
                .set("aws.profile", "dev");
        ask(HOST);

        assertThat(read(401, "", "", CHAIN))
                .isEqualTo("The base image '" + IMAGE + "' may not be read: " + HOST
                        + " answered 401, without credentials, as there are none for it in " + CHAIN
                        + ": the SSO session of the AWS profile 'dev' has expired, or there is none." + FROM_AUTH
                        + "Run 'aws sso login --profile dev'.");
    }

    @Test
    void saysThatATokenHasExpired() {
        properties.keys();
        ask(HOST);

        assertThat(push(403, "DENIED", EXPIRED, CHAIN))
                .isEqualTo("The image '" + IMAGE + "' may not be pushed: " + HOST + " answered 403 (DENIED: " + EXPIRED
                        + "), with a token for the AWS credentials from " + KEYS + "." + TO_AUTH
                        + "Run the build again.");
    }

    @Test
    void tellsTheCommandForATokenOfDocker() {
        ask("docker.io");

        assertThat(push(403, "DENIED", EXPIRED, "Docker's config.json"))
                .isEqualTo("The image '" + IMAGE + "' may not be pushed: " + HOST + " answered 403 (DENIED: " + EXPIRED
                        + "), with the credentials from Docker's config.json." + TO_AUTH
                        + "Log in again with 'aws ecr get-login-password --region eu-central-1 | docker login"
                        + " --username AWS --password-stdin " + HOST + "', or set AWS credentials.");
    }

    @Test
    void tellsTheCommandForAMissingRepository() {
        ask("docker.io");
        String words = "The repository with name 'team/app' does not exist in the registry with id '123456789012'";

        assertThat(push(404, "NAME_UNKNOWN", words))
                .isEqualTo("The repository 'team/app' does not exist: " + HOST + " answered 404 (NAME_UNKNOWN: " + words
                        + ").\n  Setting: <to><createRepository> (-Dlambda-container.to.createRepository)\n"
                        + "  Next: Create it with 'aws ecr create-repository --repository-name team/app --region"
                        + " eu-central-1', or set this to true. If the image belongs to another account or"
                        + " region, correct <to><image>.");
        assertThat(read(404, "NAME_UNKNOWN", words))
                .isEqualTo("The repository 'team/app' does not exist: " + HOST + " answered 404 (NAME_UNKNOWN: " + words
                        + ")." + FROM_IMAGE + "Correct the repository's name, the account or the region eu-central-1.");
    }

    @Test
    void saysThatATagCannotBeMoved() {
        ask("docker.io");
        String words = "The image tag '1' already exists in the 'team/app' repository and cannot be overwritten because"
                + " the repository is immutable.";

        assertThat(push(400, "TAG_INVALID", words))
                .isEqualTo("The tag of '" + IMAGE + "' cannot be moved: " + HOST + " answered 400 (TAG_INVALID: "
                        + words + ")." + TO_IMAGE
                        + "Push under another tag, or make the tags of the repository mutable.");
        assertThat(push(400, "", "ImageTagAlreadyExistsException: it exists")).contains("cannot be moved");
    }

    @Test
    void saysThatLayersAreThere() {
        ask("docker.io");

        assertThat(push(400, "LayersAlreadyExist", "They exist"))
                .isEqualTo("The image '" + IMAGE + "' may not be pushed: " + HOST
                        + " answered 400 (LayersAlreadyExist: They exist)." + TO_IMAGE
                        + "Run the build again: another push of the same layers was faster.");
    }

    @Test
    void saysThatRequestsAreThrottled() {
        ask("docker.io");

        assertThat(push(429, "TOOMANYREQUESTS", "Rate exceeded"))
                .isEqualTo("ECR throttled the requests of this build: " + HOST
                        + " answered 429 (TOOMANYREQUESTS: Rate exceeded)." + TO_IMAGE
                        + "Try again later, or ask AWS for a higher quota of ECR in eu-central-1.");
        assertThat(push(400, "ThrottlingException", "Rate exceeded")).contains("throttled");
    }

    @Test
    void saysThatTheGalleryAllowsMoreToThoseItKnows() {
        ask("public.ecr.aws");

        assertThat(explain(
                        "public.ecr.aws/lambda/java:21",
                        false,
                        Phase.BLOB,
                        429,
                        "TOOMANYREQUESTS",
                        "Rate exceeded",
                        CHAIN))
                .isEqualTo("The public gallery throttled the requests of this build: public.ecr.aws answered 429"
                        + " (TOOMANYREQUESTS: Rate exceeded), without credentials, as there are none for it in " + CHAIN
                        + ": there are no AWS credentials: none in system properties, environment variables, a web"
                        + " identity token, the AWS profile 'default', a container or the role of an EC2 instance."
                        + FROM_AUTH + "Try again later, or log in to AWS: the gallery allows more to those it knows.");
    }

    @Test
    void leavesOtherRefusalsToTheGeneralSentences() {
        ask("docker.io");

        assertThat(explain("docker.io/library/app:1", true, Phase.MANIFEST, 403, "DENIED", "no"))
                .isEmpty();
        assertThat(explain("public.ecr.aws/lambda/java:21", false, Phase.MANIFEST, 404, "NAME_UNKNOWN", "no"))
                .isEmpty();
        assertThat(push(400, "MANIFEST_INVALID", "no")).isEmpty();
        assertThat(read(404, "MANIFEST_UNKNOWN", "Requested image not found")).isEmpty();
    }
}
