package io.github.lambdacontainer.registry;

import java.util.regex.Pattern;

/** Says whether a response continues a body where it broke off (RFC 9110, section 14.4). */
final class ContentRange {

    private static final Pattern VALUE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    private ContentRange() {}

    static boolean continues(Response response, long offset, long size) {
        return response.statusCode() == 206
                && response.headers()
                        .firstValue("Content-Range")
                        .map(VALUE::matcher)
                        .filter(m -> m.matches() && Long.parseLong(m.group(1)) == offset)
                        .filter(m -> m.group(3).equals("*") || Long.parseLong(m.group(3)) == size)
                        .isPresent();
    }
}
