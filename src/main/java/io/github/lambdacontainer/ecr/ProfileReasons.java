package io.github.lambdacontainer.ecr;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/** Why a profile of the AWS configuration files gave no credentials, and the command that helps. */
final class ProfileReasons {

    /** What AWS answers where whoever asks is not logged in, or not any more; without an answer the SDK knows it. */
    private static final Set<String> NO_SESSION =
            Set.of("", "UnauthorizedException", "ExpiredToken", "ExpiredTokenException");

    private ProfileReasons() {}

    static AwsReason of(RuntimeException failure) {
        return ProfileFiles.problem().orElseGet(() -> ofProfile(failure));
    }

    private static AwsReason ofProfile(RuntimeException failure) {
        String name = AwsSettings.profileName();
        Optional<Profile> profile = AwsSettings.profile();
        if (profile.isEmpty()) {
            return new AwsReason(
                    "there is no AWS profile '" + name + "'",
                    "Correct AWS_PROFILE, or add the profile with 'aws configure --profile " + name + "'.");
        }
        if (AwsReasons.unreachable(failure).isEmpty() && NO_SESSION.contains(AwsReasons.code(failure))) {
            Profile holder = holder(profile.get());
            if (has(holder, "sso_session") || has(holder, "sso_start_url")) {
                return session("SSO session", name, "aws sso login --profile " + holder.name());
            }
            if (has(holder, "login_session")) {
                return session("session", name, "aws login --profile " + holder.name());
            }
            if (has(holder, "credential_process")) {
                // What the process printed may be a secret.
                return new AwsReason(
                        "the credential_process of the AWS profile '" + name + "' gave no credentials",
                        "Run the command by hand to see what is wrong.");
            }
        }
        return AwsReasons.ofSource(failure, "the AWS profile '" + name + "'");
    }

    private static AwsReason session(String kind, String profile, String command) {
        return new AwsReason(
                "the " + kind + " of the AWS profile '" + profile + "' has expired, or there is none",
                "Run '" + command + "'.");
    }

    /** The profile that proves who the user is: the last one that {@code source_profile} leads to. */
    private static Profile holder(Profile profile) {
        ProfileFile file = ProfileFile.defaultProfileFile();
        Set<String> seen = new HashSet<>();
        Profile current = profile;
        while (seen.add(current.name())) {
            current = current.property("source_profile").flatMap(file::profile).orElse(current);
        }
        return current;
    }

    private static boolean has(Profile profile, String property) {
        return profile.property(property).isPresent();
    }
}
