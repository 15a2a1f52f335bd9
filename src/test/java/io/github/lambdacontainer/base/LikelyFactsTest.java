package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.RawJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikelyFactsTest {

    private static BaseFacts likely(String name, TestImage image) {
        BaseImage parsed = BaseImage.parse(
                image.format().manifestType(), new RawJson(image.manifest()), new RawJson(image.config()));
        return LikelyFacts.of(name, parsed, Architecture.ARM64);
    }

    @Test
    void anImageOfAwsIsThatForJavaUnlessItsNameSaysOtherwise() {
        assertThat(likely("public.ecr.aws/lambda/java:21", TestImages.awsJava()).kind())
                .isEqualTo(BaseKind.AWS_JAVA);
        assertThat(likely("registry.example/mirror:1", TestImages.awsJava()).kind())
                .isEqualTo(BaseKind.AWS_JAVA);
        assertThat(likely("public.ecr.aws/lambda/provided:al2023", TestImages.awsOsOnly())
                        .kind())
                .isEqualTo(BaseKind.AWS_OS_ONLY);
        assertThat(likely("provided", TestImages.withJavaHome()).kind()).isEqualTo(BaseKind.WITH_JAVA);
    }

    @Test
    void theNameOfAlpineStandsForItsCLibrary() {
        assertThat(likely("eclipse-temurin:21-jre-Alpine", TestImages.musl()).cLibrary())
                .isInstanceOf(CLibrary.Musl.class);
        assertThat(likely("eclipse-temurin:21-jre", TestImages.withJavaHome()).cLibrary())
                .isInstanceOf(CLibrary.Glibc.class);
    }

    @Test
    void theConfigOfAnAlpineByAnotherNameTellsItsCLibrary() {
        for (String step : List.of(
                "ADD alpine-minirootfs-3.22.1-x86_64.tar.gz / # buildkit",
                "RUN /bin/sh -c apk add --no-cache tzdata")) {
            assertThat(likely("company/java:21", TestImages.withJavaHome().history(step))
                            .cLibrary())
                    .as(step)
                    .isInstanceOf(CLibrary.Musl.class);
        }
        assertThat(likely("company/java:21-musl", TestImages.withJavaHome()).cLibrary())
                .isInstanceOf(CLibrary.Musl.class);
        assertThat(likely("company/java:21", TestImages.withJavaHome().history("RUN apt-get install tzdata"))
                        .cLibrary())
                .isInstanceOf(CLibrary.Glibc.class);
    }

    @Test
    void theConfigTellsTheVersionOfJavaElseItRunsEverything() {
        assertThat(likely("a", TestImages.withJavaHome()).java())
                .get()
                .extracting(BaseJava::feature)
                .isEqualTo(21);
        assertThat(likely("a", TestImages.withJavaOnPath()).java())
                .get()
                .extracting(BaseJava::feature)
                .isEqualTo(999);
    }

    @Test
    void theNameAloneTellsWhatAwsAndAlpineCallTheirs() {
        assertThat(supposed("123456789012.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/lambda/java:21")
                        .kind())
                .isEqualTo(BaseKind.AWS_JAVA);
        assertThat(supposed("public.ecr.aws/lambda/provided:al2023").kind()).isEqualTo(BaseKind.AWS_OS_ONLY);
        assertThat(supposed("eclipse-temurin:21-jre").kind()).isEqualTo(BaseKind.WITH_JAVA);
        assertThat(supposed("eclipse-temurin:21-jre").cLibrary()).isInstanceOf(CLibrary.Glibc.class);
        assertThat(supposed("eclipse-temurin:21-jre-Alpine").cLibrary()).isInstanceOf(CLibrary.Musl.class);
    }

    private static BaseFacts supposed(String name) {
        return LikelyFacts.ofName(name, Architecture.ARM64);
    }
}
