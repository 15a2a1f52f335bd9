package io.github.lambdacontainer.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/**
 * What a registry itself says about an error (OCI distribution specification, "Error Codes"), in full: it may quote a
 * secret, and a secret that was shortened would not be found.
 *
 * @param code the code of the first error, or an empty string
 * @param message its message, or an empty string
 */
record RegistryWords(String code, String message) {

    private static final int MAX_BODY = 64 << 10;
    private static final int MAX_WORDS = 300;
    private static final RegistryWords NONE = new RegistryWords("", "");

    /** The first error of a response; closes the body. */
    static RegistryWords of(Response response) {
        try {
            // What is cut may end within a secret, which nothing would recognise any more.
            Optional<byte[]> bytes = ShortBody.read(response, MAX_BODY);
            if (bytes.isEmpty()) {
                return NONE;
            }
            return isText(response)
                    ? new RegistryWords("", plain(new String(bytes.get(), UTF_8)))
                    : words(Json.object(bytes.get()));
        } catch (IOException | MalformedException e) {
            // The status has to do.
            return NONE;
        }
    }

    private static boolean isText(Response response) {
        return response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("text/plain"))
                .isPresent();
    }

    private static RegistryWords words(JsonNode document) {
        JsonNode error = document.path("errors").path(0);
        String message = error.path("message")
                .asText(document.path("details").asText(document.path("message").asText("")));
        return new RegistryWords(plain(error.path("code").asText("")), plain(message));
    }

    /** Without line breaks and other control characters, which could pass for the build's own words. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    /** The same without secrets, and short enough for a sentence. */
    RegistryWords safe(Redactor redactor) {
        return new RegistryWords(shortened(redactor.redact(code)), shortened(redactor.redact(message)));
    }

    private static String shortened(String text) {
        return text.length() <= MAX_WORDS ? text : text.substring(0, MAX_WORDS) + "…";
    }

    /** Both as {@code " (CODE: message)"} and without secrets, or nothing. */
    String text(Redactor redactor) {
        String both = code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
        String text = shortened(redactor.redact(both));
        return text.isEmpty() ? "" : " (" + text + ")";
    }
}
