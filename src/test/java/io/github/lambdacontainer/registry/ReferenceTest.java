package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.UserFailure;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"[::1]:5000", "[2001:db8::1]", "[::ffff:192.0.2.1]:443"})
    void readsAnIpv6Address(String registry) {
        assertThat(parse(registry + "/a/b:1@" + DIGEST))
                .isEqualTo(new Reference(registry, "a/b", Optional.of("1"), Optional.of(DIGEST)))
                .hasToString(registry + "/a/b:1@" + DIGEST);
        assertThat(parse(registry.toUpperCase(Locale.ROOT) + "/a").registry()).isEqualTo(registry);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[::1]:5000",
                "[::1]/",
                "[::1]/A",
                "[::1:5000/a",
                "::1/a",
                "[1:2]/a",
                "[12345::]/a",
                "[127.0.0.1]/a",
                "[fe80::1%25eth0]/a",
                "[::1]:x/a",
                "[::1]x/a"
            })
    void takesNothingElseForAnIpv6Address(String text) {
        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> parse(text))
                .withMessageStartingWith("'" + text + "' is not an image reference.");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "localhost:5000, true",
        "127.0.0.1:5000, true",
        "[::1], true",
        "[::1]:5000, true",
        "[0:0:0:0:0:0:0:1]:5000, true",
        "[::2]:5000, false",
        "[::11], false",
        "[1::1], false",
        "[2001:db8::1]:5000, false",
        "localhost.example.com, false"
    })
    void knowsThisMachine(String registry, boolean loopback) {
        assertThat(RegistryHost.isLoopback(registry)).isEqualTo(loopback);
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
