package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.File;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class OptionsTest {

    static final class Sample {
        @Option("none")
        String handler = "from.Pom";

        @Option("false")
        boolean skip;

        From from = new From();
        Container container = new Container();
        ExtraDirectories extraDirectories = new ExtraDirectories();
        OutputPaths outputPaths = new OutputPaths();
    }

    private final Properties commandLine = new Properties();
    private final Properties project = new Properties();

    private Sample filled() {
        Sample sample = new Sample();
        new Options(commandLine, project).fill(sample);
        return sample;
    }

    @Test
    void theCommandLineWinsOverThePom() {
        commandLine.setProperty("lambda-container.handler", "from.CommandLine");
        project.setProperty("lambda-container.handler", "from.Properties");

        assertThat(filled().handler).isEqualTo("from.CommandLine");
    }

    @Test
    void thePomsConfigurationWinsOverItsProperties() {
        project.setProperty("lambda-container.handler", "from.Properties");

        assertThat(filled().handler).isEqualTo("from.Pom");
    }

    @Test
    void aPropertyOfThePomHoldsWhereNothingElseIsSaid() {
        project.setProperty("lambda-container.from.image", "scratch");

        assertThat(filled().from.image()).isEqualTo("scratch");
    }

    @Test
    void nestedSettingsHaveTheirPathAsProperty() {
        commandLine.setProperty("lambda-container.from.auth.username", "someone");
        commandLine.setProperty("lambda-container.outputPaths.tar", "out/fn.tar");

        assertThat(filled().from.auth().username()).isEqualTo("someone");
        assertThat(filled().outputPaths.tar()).isEqualTo(new File("out/fn.tar"));
    }

    @Test
    void aShortFormOnTheCommandLineWinsOverThePomToo() {
        Sample sample = new Sample();
        sample.from.set("from.pom/base:1");
        commandLine.setProperty("lambda-container.from", "scratch");

        new Options(commandLine, project).fill(sample);

        assertThat(sample.from.image()).isEqualTo("scratch");
    }

    @Test
    void aGroupWithoutShortFormIsNoSetting() {
        commandLine.setProperty("lambda-container.container", "x");

        assertThatThrownBy(this::filled)
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith("There is no setting 'lambda-container.container'.");
    }

    @Test
    void listsAreJoinedByCommasAndMapsArePairs() {
        commandLine.setProperty("lambda-container.container.jvmFlags", "-Xss1m, -Dx=y");
        commandLine.setProperty("lambda-container.container.environment", "A=1,B=x=y");

        assertThat(filled().container.jvmFlags()).isEqualTo(List.of("-Xss1m", "-Dx=y"));
        assertThat(filled().container.environment()).isEqualTo(Map.of("A", "1", "B", "x=y"));
    }

    @Test
    void extraDirectoriesAndTheirModesFitOneProperty() {
        commandLine.setProperty("lambda-container.extraDirectories.paths", "src/a,src/b");
        commandLine.setProperty("lambda-container.extraDirectories.permissions", "/opt/bin/*=755");

        ExtraDirectories extra = filled().extraDirectories;
        assertThat(extra.paths()).extracting(ExtraPath::from).containsExactly(new File("src/a"), new File("src/b"));
        assertThat(extra.permissions())
                .extracting(ExtraPermission::file, ExtraPermission::mode)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("/opt/bin/*", "755"));
    }

    @Test
    void aFlagWithoutValueIsTrue() {
        commandLine.setProperty("lambda-container.skip", "");

        assertThat(filled().skip).isTrue();
    }

    @Test
    void aFlagThatIsNeitherTrueNorFalseIsSaid() {
        commandLine.setProperty("lambda-container.skip", "yes");

        assertThatThrownBy(this::filled).isInstanceOf(UserFailure.class).hasMessage("""
                'yes' is neither true nor false.
                  Setting: <skip> (-Dlambda-container.skip)
                  Next: Give true or false.""");
    }

    @Test
    void aBlankFileIsNoSetting() {
        commandLine.setProperty("lambda-container.outputPaths.tar", " ");

        assertThat(filled().outputPaths.tar()).isNull();
    }

    @Test
    void aBlankMapIsEmpty() {
        commandLine.setProperty("lambda-container.container.environment", "");

        assertThat(filled().container.environment()).isEmpty();
    }

    static final class WithoutText {
        @Option("none")
        List<String> list = Arrays.asList("a", null, "b");

        @Option("none")
        Map<String, String> map = new HashMap<>();
    }

    /** Maven has null for it. */
    @Test
    void anElementWithoutTextIsNoneInAListAndAnEmptyValueInAMap() {
        WithoutText sample = new WithoutText();
        sample.map.put("key", null);

        new Options(commandLine, project).fill(sample);

        assertThat(sample.list).isEqualTo(List.of("a", "b"));
        assertThat(sample.map).isEqualTo(Map.of("key", ""));
    }

    @Test
    void everyPropertyWithoutMeaningIsSaidAtOnce() {
        commandLine.setProperty("lambda-container.skip", "yes");
        commandLine.setProperty("lambda-container.container.labels", "team");
        commandLine.setProperty("lambda-container.form.image", "scratch");

        assertThatThrownBy(this::filled)
                .isInstanceOfSatisfying(
                        UserFailure.class,
                        failure -> assertThat(failure.problems())
                                .extracting(Problem::what)
                                .containsExactly(
                                        "'yes' is neither true nor false.",
                                        "'team' is not of the form name=value.",
                                        "There is no setting 'lambda-container.form.image'."));
    }

    @Test
    void aPairWithoutValueIsSaid() {
        commandLine.setProperty("lambda-container.container.labels", "team");

        assertThatThrownBy(this::filled).isInstanceOf(UserFailure.class).hasMessage("""
                'team' is not of the form name=value.
                  Setting: <container><labels> (-Dlambda-container.container.labels)
                  Next: Give name=value pairs, joined by commas.""");
    }

    @Test
    void aSettingOfAnotherGoalIsLeftToThatGoal() {
        commandLine.setProperty("lambda-container.event", "{}");
        commandLine.setProperty("lambda-container.ciOutputs", "true");
        commandLine.setProperty("lambda-container.serve.port", "8081");

        assertThat(filled().handler).isEqualTo("from.Pom");
    }

    @Test
    void aMisspeltPropertyIsSaid() {
        commandLine.setProperty("lambda-container.form.image", "scratch");

        assertThatThrownBy(this::filled)
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith(
                        "There is no setting 'lambda-container.form.image'.\n  Next: Take one of handler, skip, "
                                + "from.image, from.auth.username,");
    }
}
