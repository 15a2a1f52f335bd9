package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.ecr.NewRepository;
import io.github.lambdacontainer.problem.Problem;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Maven itself puts a pom's nested XML into the parameters. */
@MojoTest
class ConfigurationTest {

    @Test
    @InjectMojo(goal = "build", pom = "src/test/resources/goal/pom.xml")
    void everyGroupIsFilled(BuildMojo mojo) {
        Parameters parameters = mojo.parameters();

        assertThat(parameters.handler()).isEqualTo("com.example.App");
        assertThat(parameters.from().image()).isEqualTo("debian:12-slim");
        assertThat(parameters.from().auth().username()).isEqualTo("someone");
        assertThat(parameters.architectures()).isEqualTo(List.of("arm64"));
        assertThat(parameters.container().environment()).isEqualTo(Map.of("STAGE", "test"));
        assertThat(parameters.container().jvmFlags()).isEqualTo(List.of("-Xss1m"));
        assertThat(parameters.runtime().modules()).isEqualTo(List.of("jdk.localedata"));
    }

    @Test
    @InjectMojo(goal = "push", pom = "src/test/resources/goal/push.xml")
    void everySettingOfAPushIsFilled(PushMojo mojo) {
        To to = mojo.parameters().to();

        assertThat(to.image()).isEqualTo("registry.example/team/fn:1");
        assertThat(to.tags()).isEqualTo(List.of("latest"));
        assertThat(to.auth().username()).isEqualTo("someone");
        assertThat(to.auth().password()).isEqualTo("a secret");
        assertThat(to.credHelper()).isEqualTo("pass");
        assertThat(to.mountFrom()).isEqualTo(List.of("team/base", "team/other"));
        assertThat(to.createRepository()).isTrue();
        assertThat(new PushSettings(to).request().newRepository())
                .contains(new NewRepository(
                        Optional.of("IMMUTABLE"),
                        true,
                        Optional.of("alias/images"),
                        Map.of("team", "a"),
                        true,
                        List.of("123456789012")));
    }

    /** Maven has null for them. */
    @Test
    @InjectMojo(goal = "push", pom = "src/test/resources/goal/empty.xml")
    void anElementWithoutTextIsNoneInAListAndAnEmptyValueInAMap(PushMojo mojo) {
        new Options(new Properties(), new Properties()).fill(mojo);
        Parameters parameters = mojo.parameters();
        To to = parameters.to();
        List<Problem> problems = new ArrayList<>();

        assertThat(ImageName.toPush(to, problems).tags()).isEqualTo(List.of("latest"));
        assertThat(problems).isEmpty();
        assertThat(new PushSettings(to).problems()).isEmpty();
        assertThat(to.mountFrom()).isEqualTo(List.of("team/base"));
        assertThat(to.repository().accounts()).isEqualTo(List.of("123456789012"));
        assertThat(to.repository().tags()).isEqualTo(Map.of("team", ""));
        assertThat(parameters.architectures()).isEqualTo(List.of("arm64"));
        assertThat(parameters.container().environment()).isEqualTo(Map.of("STAGE", ""));
        assertThat(parameters.container().labels()).isEqualTo(Map.of("team", ""));
        assertThat(parameters.container().jvmFlags()).isEqualTo(List.of("-Xss1m"));
    }

    @Test
    @InjectMojo(goal = "build", pom = "src/test/resources/goal/pom.xml")
    void shortFormsStandForTheirFirstSetting(BuildMojo mojo) {
        Parameters parameters = mojo.parameters();

        assertThat(parameters.to().image()).isEqualTo("registry.example/team/fn:1");
        assertThat(parameters.extraDirectories().paths())
                .extracting(path -> String.valueOf(path.from()).replace(File.separatorChar, '/'), ExtraPath::into)
                .map(Tuple::toList)
                .satisfiesExactly(
                        plain -> assertThat(plain.toString()).endsWith("src/main/config, /]"),
                        whole -> assertThat(whole.toString()).endsWith("src/main/scripts, /opt/bin]"));
        assertThat(parameters.extraDirectories().permissions())
                .extracting(ExtraPermission::file, ExtraPermission::mode)
                .containsExactly(Tuple.tuple("/opt/bin/*", "755"));
    }
}
