package io.github.lambdacontainer.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;

/** What a registry itself says about an error (OCI distribution specification, "Error Codes"). */
final class RegistryWords {

    private static final int MAX_BODY = 64 << 10;
    private static final int MAX_WORDS = 300;

    private RegistryWords() {}

    /** The first error's code and message as {@code " (CODE: message)"}, or nothing; closes the body. */
    static String of(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            String words = words(Json.object(body.readNBytes(MAX_BODY)));
            return words.isEmpty() ? "" : " (" + words + ")";
        } catch (IOException | MalformedException e) {
            // The status has to do.
            return "";
        }
    }

    private static String words(JsonNode document) {
        JsonNode error = document.path("errors").path(0);
        String code = error.path("code").asText("");
        String message = error.path("message")
                .asText(document.path("details").asText(document.path("message").asText("")));
        return shortened(plain(code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message));
    }

    /** Without line breaks and other control characters, which could pass for the build's own words. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static String shortened(String text) {
        return text.length() <= MAX_WORDS ? text : text.substring(0, MAX_WORDS) + "…";
    }
}
