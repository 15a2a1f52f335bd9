package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names of files: read in every locale, and held against what a layer can carry. */
final class FileNames {

    private static final int LONGEST_COMPONENT = 255;

    // PATH_MAX of Linux is 4,096 and counts the zero at the end.
    private static final int LONGEST_PATH = 4095;

    private static final String WHITEOUT = ".wh.";

    private FileNames() {}

    /** The last name of a path, decoded as UTF-8 whatever the locale, unless it is not UTF-8. */
    static Optional<String> decoded(Path path) {
        String name = String.valueOf(path.getFileName());
        if (File.separatorChar != '/' || StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            return Optional.of(name);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(path)))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The last name of a path as it can be shown, with {@code \xNN} for bytes that are not UTF-8. */
    static String shown(Path path) {
        return decoded(path).map(FileNames::escaped).orElseGet(() -> bytesShown(bytes(path)));
    }

    /** What keeps a file from standing at this path of an image. */
    static Optional<Problem> check(String target, String source) {
        if (target.chars().anyMatch(Character::isISOControl)) {
            return Optional.of(ProjectProblems.controlCharacter(source));
        }
        String[] names = target.split("/", -1);
        if (Arrays.stream(names).anyMatch(n -> n.startsWith(WHITEOUT))) {
            return Optional.of(ProjectProblems.whiteoutName(source));
        }
        for (String name : names) {
            if (length(name) > LONGEST_COMPONENT) {
                return Optional.of(ProjectProblems.longName(source, length(name), LONGEST_COMPONENT));
            }
        }
        return length(target) > LONGEST_PATH
                ? Optional.of(ProjectProblems.longPath(source, length(target), LONGEST_PATH))
                : Optional.empty();
    }

    /** The text with control characters written as Unicode escapes. */
    static String escaped(String text) {
        return text.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    // A Unix path keeps the bytes of its name, and its URI is where Java hands them out.
    private static byte[] bytes(Path path) {
        String uri = path.toUri().getRawPath();
        String whole = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        String name = whole.substring(whole.lastIndexOf('/') + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            boolean percent = name.charAt(i) == '%';
            bytes.write(percent ? Integer.parseInt(name.substring(i + 1, i + 3), 16) : name.charAt(i));
            i += percent ? 2 : 0;
        }
        return bytes.toByteArray();
    }

    private static String bytesShown(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(b >= ' ' && b < 0x7f ? String.valueOf((char) b) : String.format("\\x%02x", b & 0xff));
        }
        return text.toString();
    }
}
