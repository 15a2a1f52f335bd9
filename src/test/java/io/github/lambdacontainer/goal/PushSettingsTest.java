package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.ecr.NewRepository;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.report.CiOutputs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushSettingsTest {

    static final class Sample {
        To to = new To();
    }

    private static To to(String... settings) {
        Properties properties = new Properties();
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty("lambda-container.to." + settings[i], settings[i + 1]);
        }
        Sample sample = new Sample();
        new Options(properties, new Properties()).fill(sample);
        return sample.to;
    }

    private static List<String> problems(String... settings) {
        return new PushSettings(to(settings))
                .problems().stream().map(Problem::text).toList();
    }

    @Test
    void nothingIsAskedByDefault() {
        assertThat(problems()).isEmpty();
        assertThat(new PushSettings(to()).request().mountFrom()).isEmpty();
        assertThat(new PushSettings(to()).request().newRepository()).isEmpty();
    }

    @Test
    void aRepositoryIsCreatedAsEcrDoesUnlessMoreIsSaid() {
        assertThat(new PushSettings(to("createRepository", "true", "repository.kmsKey", " "))
                        .request()
                        .newRepository())
                .contains(new NewRepository(Optional.empty(), false, Optional.empty(), Map.of(), false, List.of()));
    }

    @Test
    void aPropertyOfThePomSwitchesAFlagOn() {
        Properties project = new Properties();
        project.setProperty("lambda-container.to.createRepository", "true");
        Sample sample = new Sample();
        new Options(new Properties(), project).fill(sample);

        assertThat(sample.to.createRepository()).isTrue();
    }

    @Test
    void everyValueThatIsNoneIsSaid() {
        assertThat(problems(
                        "mountFrom", "team/base,Team/Base:1",
                        "repository.imageTagMutability", "sometimes",
                        "repository.accounts", "123456789012,12345"))
                .containsExactly("""
                        'Team/Base:1' is not the name of a repository.
                          Setting: <to><mountFrom> (-Dlambda-container.to.mountFrom)
                          Next: Give names without registry and tag, such as team/base.""", """
                        'sometimes' is not a value of this setting.
                          Setting: <to><repository><imageTagMutability> (-Dlambda-container.to.repository.imageTagMutability)
                          Next: Take one of: MUTABLE, IMMUTABLE.""", """
                        '12345' is not the id of an AWS account.
                          Setting: <to><repository><accounts> (-Dlambda-container.to.repository.accounts)
                          Next: Give the twelve digits of each account.""", """
                        Accounts are named, but the repository gets no policy that could name them.
                          Setting: <to><repository><lambdaPullPolicy> (-Dlambda-container.to.repository.lambdaPullPolicy)
                          Next: Set it to true, or leave the accounts out.""");
    }

    @Test
    void halfACredentialIsSaid() {
        assertThat(new Login("to", to("auth.username", "AWS").auth()).problem().map(Problem::text))
                .contains("""
                        The credentials for the image to push have no password.
                          Setting: <to><auth><password> (-Dlambda-container.to.auth.password)
                          Next: Give both, or neither and keep them in settings.xml.""");
        assertThat(new Login("from", to("auth.password", "secret").auth())
                        .problem()
                        .map(Problem::text))
                .contains("""
                        The credentials for the base image have no user name.
                          Setting: <from><auth><username> (-Dlambda-container.from.auth.username)
                          Next: Give both, or neither and keep them in settings.xml.""");
        assertThat(new Login("to", to().auth()).problem()).isEmpty();
        assertThat(new Login(
                                "to",
                                to("auth.username", "AWS", "auth.password", "x").auth())
                        .source()
                        .map(CredentialSource::name))
                .contains("<to><auth>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aPushNeedsAName(String image) {
        List<Problem> problems = new ArrayList<>();
        ImageName.toPush(to("image", image), problems);

        assertThat(problems).extracting(Problem::text).containsExactly("""
                There is no repository to push the image to.
                  Setting: <to><image> (-Dlambda-container.to.image)
                  Next: Name it with a tag, such as 123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-function:1.""");
    }

    @Test
    void aPushCannotChooseItsDigest() {
        String image = "registry.example/fn@sha256:" + "0".repeat(64);
        List<Problem> problems = new ArrayList<>();
        ImageName.toPush(to("image", image), problems);

        assertThat(problems)
                .extracting(Problem::text)
                .containsExactly(
                        "'" + image + "' names a digest, and a pushed image gets its digest from what it holds."
                                + "\n  Setting: <to><image> (-Dlambda-container.to.image)"
                                + "\n  Next: Name a tag instead.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
                "123456789012.dkr.ecr.eu-west-1.amazonaws.com:1",
                "localhost",
                "localhost:5000"
            })
    void aRegistryAloneIsNoNameOnDockerHub(String image) {
        List<Problem> problems = new ArrayList<>();
        ImageName.toPush(to("image", image), problems);

        assertThat(problems)
                .extracting(Problem::text)
                .containsExactly("'" + image + "' names a registry and no repository."
                        + "\n  Setting: <to><image> (-Dlambda-container.to.image)"
                        + "\n  Next: Name both, as in"
                        + " 123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-function:1.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fn", "fn:1.0", "me/fn.x:1", "localhost:5000/fn", "registry.example/fn"})
    void aNameWithARepositoryIsOne(String image) {
        List<Problem> problems = new ArrayList<>();
        ImageName.toPush(to("image", image), problems);

        assertThat(problems).isEmpty();
    }

    @Test
    void aNameThatIsNoneIsSaidWithItsTags() {
        List<Problem> problems = new ArrayList<>();
        ImageName.toPush(to("image", "registry.example/Fn", "tags", "ok,not ok"), problems);

        assertThat(problems)
                .extracting(Problem::what)
                .containsExactly("'registry.example/Fn' is not an image reference.", "'not ok' is not a tag.");
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example/fn:1, registry.example/fn:1-arm64",
        "registry.example:5000/fn, registry.example:5000/fn:latest-arm64",
        "fn, fn:latest-arm64"
    })
    void severalArchitecturesHaveTagsOfTheirOwn(String image, String named) {
        ImageName name = ImageName.toPush(to("image", image, "tags", "stable"), new ArrayList<>())
                .withArchitecture(Architecture.ARM64);

        assertThat(name.image()).isEqualTo(named);
        assertThat(name.tags()).containsExactly("stable-arm64");
    }

    @Test
    void aTagThatIsTooLongWithAnArchitectureIsSaidBeforeAnythingIsBuilt() {
        String most = "t".repeat(121);
        String longer = "u".repeat(122);
        ImageName name = ImageName.toPush(
                to("image", "registry.example:5000/fn:" + longer, "tags", most + "," + longer), new ArrayList<>());
        String what = "The tag '" + longer + "' has 122 characters, and with several architectures each image has its"
                + " architecture behind it, so that it would have more than 128.";

        assertThat(name.problemsWith(List.of(Architecture.X86_64, Architecture.ARM64)))
                .containsExactly(
                        Problem.of(
                                what, "to.image", "Take a tag of up to 121 characters, or build for one architecture."),
                        Problem.of(
                                what, "to.tags", "Take a tag of up to 121 characters, or build for one architecture."));
    }

    @Test
    void githubIsToldWhereItRunsTheBuildOrWhereItIsWanted() {
        Map<String, String> github =
                Map.of("GITHUB_ACTIONS", "true", "GITHUB_OUTPUT", "/out", "GITHUB_STEP_SUMMARY", "");
        CiOutputs files = new CiOutputs(Optional.of(Path.of("/out")), Optional.empty());

        assertThat(CiSettings.outputs(null, github)).contains(files);
        assertThat(CiSettings.outputs(false, github)).isEmpty();
        assertThat(CiSettings.outputs(null, Map.of("GITHUB_OUTPUT", "/out"))).isEmpty();
        assertThat(CiSettings.outputs(true, Map.of("GITHUB_OUTPUT", "/out"))).contains(files);
    }

    @Test
    void outputsAreNamedForTheModuleAndTheArchitectureWhereThereAreSeveral() {
        assertThat(CiSettings.suffixes("orders", 1, Optional.empty())).containsExactly("");
        assertThat(CiSettings.suffixes("orders", 2, Optional.empty())).containsExactly("", "-orders");
        assertThat(CiSettings.suffixes("orders", 1, Optional.of(Architecture.ARM64)))
                .containsExactly("-arm64");
        assertThat(CiSettings.suffixes("orders", 2, Optional.of(Architecture.X86_64)))
                .containsExactly("-x86_64", "-orders-x86_64");
    }
}
