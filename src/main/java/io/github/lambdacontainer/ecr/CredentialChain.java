package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.problem.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The AWS SDK's default chain of credentials, source by source.
 *
 * <p>The providers and their order are the SDK's. They are asked one by one to tell which one had the credentials, and
 * what is wrong with the one that was meant to have them: the SDK's own chain says all of that in one paragraph.
 */
final class CredentialChain {

    private static final List<Source> SOURCES = List.of(
            new Source(
                    () -> "the system properties aws.accessKeyId and aws.secretAccessKey",
                    AwsSettings::namesKeyProperties,
                    SystemPropertyCredentialsProvider::create),
            new Source(
                    () -> "the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                    AwsSettings::namesKeyVariables,
                    EnvironmentVariableCredentialsProvider::create),
            new Source(
                    () -> "the web identity token in AWS_WEB_IDENTITY_TOKEN_FILE",
                    AwsSettings::namesWebIdentity,
                    WebIdentityTokenFileCredentialsProvider::create),
            new Source(
                    () -> "the AWS profile '" + AwsSettings.profileName() + "'",
                    AwsSettings::namesProfile,
                    ProfileCredentialsProvider::create,
                    (failure, name) -> ProfileReasons.of(failure)),
            new Source(
                    () -> "the container",
                    AwsSettings::namesContainer,
                    () -> ContainerCredentialsProvider.builder().build()));

    private static final Source INSTANCE = new Source(
            () -> "the role of the EC2 instance",
            AwsSettings::isEc2Instance,
            () -> instance(AwsSettings.isNoEc2Instance()));

    private CredentialChain() {}

    /**
     * Asks the metadata service, which takes a second where there is none.
     *
     * @param once not to ask in the way of its first version too, which takes another second: instances need that for
     *     containers that the answer of its second version does not reach
     */
    static AwsCredentialsProvider instance(boolean once) {
        InstanceProfileCredentialsProvider.Builder builder = InstanceProfileCredentialsProvider.builder();
        if (once) {
            String profile = AwsSettings.profileName();
            builder.profileName(profile).profileFile(() -> withoutFirstVersion(profile));
        }
        return builder.build();
    }

    /** What the user has in the files goes before it. */
    private static ProfileFile withoutFirstVersion(String profile) {
        ProfileFile own = ProfileFile.builder()
                .content("[profile " + profile + "]\nec2_metadata_v1_disabled = true\n")
                .type(ProfileFile.Type.CONFIGURATION)
                .build();
        return ProfileFile.aggregator()
                .addFile(ProfileFile.defaultProfileFile())
                .addFile(own)
                .build();
    }

    /** The names of the SDK's providers, in the order they are asked. */
    static List<Class<?>> providers() {
        List<Class<?>> classes = new ArrayList<>();
        SOURCES.forEach(source -> classes.add(source.provider.get().getClass()));
        classes.add(INSTANCE.provider.get().getClass());
        return classes;
    }

    /**
     * The first credentials there are.
     *
     * @param askInstance whether to ask for the role of an EC2 instance, which takes seconds where there is none
     * @param watch hears which source is asked
     * @throws AwsException with what is wrong with the first source that was meant to have some
     */
    static Login login(boolean askInstance, CredentialWatch watch) throws AwsException {
        Optional<AwsReason> failure = Optional.empty();
        for (Source source : sources(askInstance)) {
            try {
                watch.asking(source.name.get());
                return source.login();
            } catch (Failure e) {
                throw e;
            } catch (RuntimeException e) {
                // The next one may have some, as in the SDK's own chain.
                if (failure.isEmpty() && source.meant.getAsBoolean()) {
                    failure = Optional.of(source.reason(e));
                }
            }
        }
        throw new AwsException(failure.orElseGet(CredentialChain::none));
    }

    /** That no source has any. */
    static AwsReason none() {
        return new AwsReason(
                "there are no AWS credentials: none in system properties, environment variables, a web identity token,"
                        + " the AWS profile '" + AwsSettings.profileName()
                        + "', a container or the role of an EC2 instance",
                "Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.");
    }

    private static List<Source> sources(boolean askInstance) {
        List<Source> sources = new ArrayList<>(SOURCES);
        if (askInstance) {
            sources.add(INSTANCE);
        }
        return sources;
    }

    /**
     * A provider of the SDK.
     *
     * @param name what messages call it
     * @param meant whether the user or the machine says that it has credentials
     * @param provider makes it
     * @param why why it gave none
     */
    private record Source(
            Supplier<String> name,
            BooleanSupplier meant,
            Supplier<AwsCredentialsProvider> provider,
            BiFunction<RuntimeException, String, AwsReason> why) {

        Source(Supplier<String> name, BooleanSupplier meant, Supplier<AwsCredentialsProvider> provider) {
            this(name, meant, provider, AwsReasons::ofSource);
        }

        Login login() {
            AwsCredentialsProvider asked = provider.get();
            try {
                return new Login(asked.resolveCredentials(), name.get());
            } finally {
                if (asked instanceof SdkAutoCloseable closeable) {
                    closeable.close();
                }
            }
        }

        AwsReason reason(RuntimeException failure) {
            return why.apply(failure, name.get());
        }
    }
}
