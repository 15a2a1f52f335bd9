package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.UserFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultBaseTest {

    @ParameterizedTest
    @CsvSource({"0, 8.al2", "7, 8.al2", "8, 8.al2", "9, 11", "11, 11", "16, 17", "17, 17", "21, 21", "22, 25", "25, 25"
    })
    void theNextJavaThatAwsHas(int feature, String tag) {
        assertThat(DefaultBase.forJava(feature)).isEqualTo("public.ecr.aws/lambda/java:" + tag);
    }

    @Test
    void aJavaThatAwsDoesNotHaveIsSaid() {
        assertThatThrownBy(() -> DefaultBase.forJava(26))
                .isInstanceOf(UserFailure.class)
                .hasMessage("""
                AWS has no base image for Java 26.
                  Setting: <from><image> (-Dlambda-container.from.image)
                  Next: Name a base image with Java 26, or compile for Java 25 or older (maven.compiler.release).""");
    }
}
