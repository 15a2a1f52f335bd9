package io.github.lambdacontainer.ecr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;

/** The two files that profiles are in, which anybody may have edited. */
final class ProfileFiles {

    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private ProfileFiles() {}

    /** What is wrong with the first of them that cannot be read; the SDK refuses both for it. */
    static Optional<AwsReason> problem() {
        return problem(ProfileFileLocation.configurationFilePath(), ProfileFile.Type.CONFIGURATION)
                .or(() -> problem(ProfileFileLocation.credentialsFilePath(), ProfileFile.Type.CREDENTIALS));
    }

    private static Optional<AwsReason> problem(Path file, ProfileFile.Type type) {
        if (file.toString().isEmpty() || !Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            return Optional.of(new AwsReason(
                    "the AWS configuration cannot be read: " + file + " is no file that this user may read",
                    "Correct its permissions, or name another file."));
        }
        try {
            ProfileFile.builder().content(file).type(type).build();
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(new AwsReason(
                    "the AWS configuration cannot be read: " + file + " is malformed" + line(e), "Correct the file."));
        }
    }

    /** The line alone: the line itself may hold a secret. */
    private static String line(RuntimeException failure) {
        Matcher line = LINE.matcher(String.valueOf(failure.getMessage()));
        return line.find() ? " in line " + line.group(1) : "";
    }
}
