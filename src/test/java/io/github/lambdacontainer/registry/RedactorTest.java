package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Wherever it is, for it is a part of few words.
                "pass | a (pass) is passed on | a (***) is ***ed on",
                "s3cret | xs3cretx | x***x",
                // Alone: in every word it would tell of itself.
                "a | a password in an answer: a | *** password in an answer: ***",
                "a | \"user\":\"a\" and pa=a&b=1 | \"user\":\"***\" and pa=***&b=1",
                "401 | answered 401 and 4010 | answered *** and 4010",
                "+ | 1+1 + + | 1+1 *** ***",
                "é | é café | *** café",
                "abc | abc abcd | *** abcd"
            })
    void takesOutASecret(String secret, String text, String redacted) {
        Redactor redactor = new Redactor();
        redactor.add(secret);

        assertThat(redactor.redact(text)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my  long  passphrase", "my long\npassphrase", "my\tlong passphrase\n"})
    void takesOutASecretAlsoAsTheWordsOfARegistryHoldIt(String secret) {
        Redactor redactor = new Redactor();
        redactor.add(new Credentials("ci", secret));

        assertThat(new RegistryWords("", RegistryWords.plain("not " + secret + " today")).text(redactor))
                .isEqualTo(" (not *** today)");
        assertThat(redactor.redact("not " + secret + " today")).isEqualTo("not *** today");
    }
}
