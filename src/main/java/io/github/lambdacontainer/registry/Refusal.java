package io.github.lambdacontainer.registry;

import java.util.List;

/**
 * A request that a registry refused for good.
 *
 * @param reference the image it is about
 * @param push whether the image was to be pushed, not read
 * @param phase what was asked
 * @param status the HTTP status
 * @param code the registry's error code, such as {@code NAME_UNKNOWN}, or an empty string
 * @param words the registry's own sentence, or an empty string
 * @param credentials the source of credentials that was used, or those that were asked in vain
 */
public record Refusal(
        Reference reference,
        boolean push,
        Phase phase,
        int status,
        String code,
        String words,
        List<String> credentials) {}
