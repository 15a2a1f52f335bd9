package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.UserFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    private static final Digest DIGEST = Digest.of(new byte[0]);

    private static Reference parse(String text) {
        return Reference.parse(text, "from.image");
    }

    @Test
    void knowsDockerHubsOwnImages() {
        assertThat(parse("debian"))
                .isEqualTo(new Reference(
                        "registry-1.docker.io", "library/debian", Optional.of("latest"), Optional.empty()))
                .hasToString("docker.io/library/debian:latest");
    }

    @Test
    void readsTagAndDigest() {
        assertThat(parse("localhost:5000/a/b:1@" + DIGEST))
                .isEqualTo(new Reference("localhost:5000", "a/b", Optional.of("1"), Optional.of(DIGEST)))
                .hasToString("localhost:5000/a/b:1@" + DIGEST);
        assertThat(parse("public.ecr.aws/lambda/java@" + DIGEST).tag()).isEmpty();
    }

    @Test
    void saysThatAReferenceIsMalformed() {
        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> parse("Example.com/UPPER:1"))
                .withMessage(
                        "'Example.com/UPPER:1' is not an image reference.\n"
                                + "  Setting: <from><image> (-Dlambda-container.from.image)\n"
                                + "  Next: Write it as [registry/]repository[:tag][@sha256:digest], in lower case up to the tag.");
        assertThatExceptionOfType(UserFailure.class).isThrownBy(() -> parse("a@sha512:" + "0".repeat(128)));
        assertThatExceptionOfType(UserFailure.class).isThrownBy(() -> parse(""));
    }
}
