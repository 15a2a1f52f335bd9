package io.github.lambdacontainer.ecr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;

/** What the user told the AWS SDK, read as the SDK reads it: a system property before an environment variable. */
final class AwsSettings {

    private static final Path VENDOR = Path.of("/sys/class/dmi/id/sys_vendor");

    /** Of the older instances, whose vendor is Xen. */
    private static final Path HYPERVISOR = Path.of("/sys/hypervisor/uuid");

    private AwsSettings() {}

    /** Whether anything says that there are credentials; quick, as it asks nobody and reads no file. */
    static boolean nameAny() {
        return namesKeyProperties()
                || namesKeyVariables()
                || namesWebIdentity()
                || namesContainer()
                || chosenProfile().isPresent()
                || ProfileFileLocation.configurationFileLocation().isPresent()
                || ProfileFileLocation.credentialsFileLocation().isPresent()
                || isEc2Instance();
    }

    static boolean namesKeyProperties() {
        return System.getProperty("aws.accessKeyId") != null;
    }

    static boolean namesKeyVariables() {
        return System.getenv("AWS_ACCESS_KEY_ID") != null;
    }

    static boolean namesWebIdentity() {
        return setting("aws.webIdentityTokenFile", "AWS_WEB_IDENTITY_TOKEN_FILE")
                .isPresent();
    }

    static boolean namesContainer() {
        return setting("aws.containerCredentialsPath", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
                .or(() -> setting("aws.containerCredentialsFullUri", "AWS_CONTAINER_CREDENTIALS_FULL_URI"))
                .isPresent();
    }

    static boolean namesProfile() {
        return chosenProfile().isPresent()
                || ProfileFiles.problem().isPresent()
                || profile().isPresent();
    }

    static String profileName() {
        return chosenProfile().orElse("default");
    }

    /** The profile, if it is in the files. */
    static Optional<Profile> profile() {
        return ProfileFile.defaultProfileFile().profile(profileName());
    }

    private static Optional<String> chosenProfile() {
        return setting("aws.profile", "AWS_PROFILE");
    }

    private static Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Whether the firmware says that this is an EC2 instance, so that its metadata service answers at once. */
    static boolean isEc2Instance() {
        return isEc2Instance(read(VENDOR), read(HYPERVISOR));
    }

    static boolean isEc2Instance(String vendor, String hypervisor) {
        return vendor.startsWith("Amazon EC2") || hypervisor.startsWith("ec2");
    }

    /** Whether the firmware says that this is some other machine. */
    static boolean isNoEc2Instance() {
        String vendor = read(VENDOR);
        return !vendor.isEmpty() && !isEc2Instance(vendor, read(HYPERVISOR));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
