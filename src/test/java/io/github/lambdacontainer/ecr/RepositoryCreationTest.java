package io.github.lambdacontainer.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepositoryCreationTest extends EcrTest {

    private static final String SOURCE = "the system properties aws.accessKeyId and aws.secretAccessKey";
    private static final String HOST = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
    private static final NewRepository PLAIN =
            new NewRepository(Optional.empty(), false, Optional.empty(), Map.of(), false, List.of());
    private static final NewRepository FOR_LAMBDA =
            new NewRepository(Optional.empty(), false, Optional.empty(), Map.of(), true, List.of());

    @BeforeEach
    void keys() {
        properties.keys();
    }

    private static Reference image() {
        return Reference.parse(HOST + "/team/app:1", "to.image");
    }

    private void create(NewRepository repository) {
        new Ecr(fake.settings(), AwsListener.SILENT).create(image(), repository);
    }

    @Test
    void createsAPlainRepository() {
        create(PLAIN);

        assertThat(fake.find("team/app")).hasValueSatisfying(repository -> {
            assertThat(repository.imageTagMutability()).isEqualTo("MUTABLE");
            assertThat(repository.scanOnPush()).isFalse();
            assertThat(repository.kmsKey()).isEmpty();
            assertThat(repository.resourceTags()).isEmpty();
            assertThat(repository.policy()).isEmpty();
        });
        assertThat(fake.calls()).containsExactly("CreateRepository");
    }

    @Test
    void createsItAsItIsAskedTo() {
        create(new NewRepository(
                Optional.of("IMMUTABLE"),
                true,
                Optional.of("alias/images"),
                Map.of("team", "orders", "stage", "prod"),
                true,
                List.of()));

        assertThat(fake.find("team/app")).hasValueSatisfying(repository -> {
            assertThat(repository.imageTagMutability()).isEqualTo("IMMUTABLE");
            assertThat(repository.scanOnPush()).isTrue();
            assertThat(repository.kmsKey()).contains("alias/images");
            assertThat(repository.resourceTags())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("team", "orders", "stage", "prod"));
            assertThat(repository.policy()).isPresent();
        });
        assertThat(fake.calls()).containsExactly("CreateRepository", "SetRepositoryPolicy");
    }

    @Test
    void letsLambdaReadIt() throws Exception {
        create(FOR_LAMBDA);

        assertPolicy("""
            {"Version": "2012-10-17", "Statement": [
              {"Sid": "LambdaECRImageRetrievalPolicy", "Effect": "Allow",
               "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
               "Principal": {"Service": "lambda.amazonaws.com"}}]}
            """, fake.repository("team/app").policy().orElseThrow());
    }

    @Test
    void letsFunctionsOfOtherAccountsReadIt() throws Exception {
        create(new NewRepository(
                Optional.empty(), false, Optional.empty(), Map.of(), true, List.of("210987654321", "333333333333")));

        assertPolicy("""
            {"Version": "2012-10-17", "Statement": [
              {"Sid": "LambdaECRImageRetrievalPolicy", "Effect": "Allow",
               "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
               "Principal": {"Service": "lambda.amazonaws.com"}},
              {"Sid": "CrossAccountPermission", "Effect": "Allow",
               "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
               "Principal": {"AWS": ["arn:aws:iam::210987654321:root", "arn:aws:iam::333333333333:root"]}},
              {"Sid": "LambdaECRImageCrossAccountRetrievalPolicy", "Effect": "Allow",
               "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
               "Principal": {"Service": "lambda.amazonaws.com"},
               "Condition": {"ArnLike": {"aws:sourceARN": [
                 "arn:aws:lambda:eu-central-1:210987654321:function:*",
                 "arn:aws:lambda:eu-central-1:333333333333:function:*"]}}}]}
            """, fake.repository("team/app").policy().orElseThrow());
    }

    @Test
    void namesAccountsInTheirPartition() {
        assertThat(new LambdaPullPolicy("cn-north-1", List.of("210987654321")).json())
                .contains("arn:aws-cn:iam::210987654321:root")
                .contains("arn:aws-cn:lambda:cn-north-1:210987654321:function:*");
    }

    private static void assertPolicy(String expected, String actual) throws Exception {
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(actual)).isEqualTo(json.readTree(expected));
    }

    @Test
    void leavesARepositoryAloneThatAnotherBuildCreated() {
        fake.repository("team/app");

        create(FOR_LAMBDA);

        assertThat(fake.repository("team/app").policy()).isEmpty();
        assertThat(fake.calls()).containsExactly("CreateRepository");
    }

    /** ECR may say that it created a repository before all of it knows. */
    @Test
    void letsLambdaReadItOnceItIsThere() {
        fake.hideAfterCreation(2);
        List<String> waits = new ArrayList<>();

        fake.impatient((service, reason, delay) -> waits.add(service + " " + reason + " " + delay.toMillis()))
                .create(image(), FOR_LAMBDA);

        assertThat(fake.repository("team/app").policy()).isPresent();
        assertThat(waits)
                .hasSize(2)
                .containsOnly(HOST + " the repository 'team/app' was created and is not there yet 1");
    }

    @Test
    void tellsTheCommandThatLetsLambdaReadItIfItIsNotThereForLong() {
        fake.hideAfterCreation(100);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> fake.impatient(AwsListener.SILENT).create(image(), FOR_LAMBDA))
                .withMessageStartingWith(
                        "The repository 'team/app' in " + HOST + " was created, but Lambda could not be"
                                + " allowed to read it: AWS refused ecr:SetRepositoryPolicy: RepositoryNotFoundException: The"
                                + " repository with name 'team/app' does not exist in the registry with id '123456789012'.\n")
                .withMessageContaining("  Next: Correct what it says, or try again later. Builds leave the repository"
                        + " alone now that it exists, so then set its policy with: aws ecr set-repository-policy ");
        assertThat(fake.calls()).containsOnlyOnce("CreateRepository").hasSize(22);
    }

    @Test
    void waitsAQuarterOfAMinuteAtMost() {
        assertThat(Appearance.PAUSES.stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.ofMillis(15_500));
    }

    @Test
    void repeatsWhatIsThrottled() {
        fake.fail("CreateRepository", ApiFault.throttled());

        create(PLAIN);

        assertThat(fake.find("team/app")).isPresent();
    }

    @Test
    void namesTheActionThatCreatesIt() {
        fake.deny("ecr:CreateRepository");

        assertFails(
                PLAIN,
                "The repository 'team/app' in " + HOST + " could not be created: AWS denied ecr:CreateRepository to the"
                        + " credentials from " + SOURCE + ": AccessDeniedException: "
                        + FakeEcr.denied("ecr:CreateRepository", "arn:aws:ecr:eu-central-1:123456789012:repository/*")
                        + ".\n  Setting: <to><createRepository> (-Dlambda-container.to.createRepository)\n"
                        + "  Next: Allow them the action ecr:CreateRepository in IAM.");
    }

    @Test
    void namesTheActionThatTagsIt() {
        fake.deny("ecr:TagResource");

        assertFails(
                new NewRepository(Optional.empty(), false, Optional.empty(), Map.of("a", "b"), false, List.of()),
                "The repository 'team/app' in " + HOST + " could not be created: AWS denied ecr:TagResource to the"
                        + " credentials from " + SOURCE + ": AccessDeniedException: "
                        + FakeEcr.denied("ecr:TagResource", "arn:aws:ecr:eu-central-1:123456789012:repository/team/app")
                        + ".\n  Setting: <to><createRepository> (-Dlambda-container.to.createRepository)\n"
                        + "  Next: Allow them the action ecr:TagResource in IAM.");
    }

    @Test
    void namesTheActionThatLetsLambdaReadIt() {
        fake.deny("ecr:SetRepositoryPolicy");

        assertFails(
                FOR_LAMBDA,
                "The repository 'team/app' in " + HOST + " was created, but Lambda could not be allowed to read it: AWS"
                        + " denied ecr:SetRepositoryPolicy to the credentials from " + SOURCE
                        + ": AccessDeniedException: "
                        + FakeEcr.denied(
                                "ecr:SetRepositoryPolicy", "arn:aws:ecr:eu-central-1:123456789012:repository/*")
                        + ".\n  Setting: <to><repository><lambdaPullPolicy>"
                        + " (-Dlambda-container.to.repository.lambdaPullPolicy)\n"
                        + "  Next: Allow them the action ecr:SetRepositoryPolicy in IAM. Builds leave the repository"
                        + " alone now that it exists, so then set its policy with: aws ecr set-repository-policy"
                        + " --registry-id 123456789012 --repository-name team/app --region eu-central-1 --policy-text"
                        + " '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"LambdaECRImageRetrievalPolicy\","
                        + "\"Effect\":\"Allow\",\"Action\":[\"ecr:BatchGetImage\",\"ecr:GetDownloadUrlForLayer\"],"
                        + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"}}]}'");
    }

    @Test
    void quotesWhatEcrRefuses() {
        fake.fail(
                "CreateRepository",
                new ApiFault(400, "LimitExceededException", "The operation did not succeed: too many repositories."));

        assertFails(
                PLAIN,
                "The repository 'team/app' in " + HOST + " could not be created: AWS refused ecr:CreateRepository:"
                        + " LimitExceededException: The operation did not succeed: too many repositories.\n"
                        + "  Setting: <to><createRepository> (-Dlambda-container.to.createRepository)\n"
                        + "  Next: Correct what it says, or try again later.");
    }

    @Test
    void saysThatThereAreNoCredentials() {
        properties.remove("aws.accessKeyId");

        assertFails(
                PLAIN,
                "The repository 'team/app' in " + HOST + " could not be created: there are no AWS credentials: none in"
                        + " system properties, environment variables, a web identity"
                        + " token, the AWS profile 'default', a container or the role"
                        + " of an EC2 instance.\n"
                        + "  Setting: <to><createRepository>"
                        + " (-Dlambda-container.to.createRepository)\n"
                        + "  Next: Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY.");
    }

    private void assertFails(NewRepository repository, String message) {
        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> create(repository))
                .withMessage(message)
                .withNoCause();
    }

    @Test
    void tellsTheCommandThatCreatesIt() {
        Problem own = Problem.of("The repository 'team/app' does not exist.", "to.image", "Create it.");

        assertThat(Ecr.missing(image(), own).text())
                .isEqualTo("The repository 'team/app' does not exist.\n"
                        + "  Setting: <to><createRepository> (-Dlambda-container.to.createRepository)\n"
                        + "  Next: Create it with 'aws ecr create-repository --repository-name team/app --region"
                        + " eu-central-1', or set this to true. If the image belongs to another account or"
                        + " region, correct <to><image>.");
    }
}
