package io.github.lambdacontainer.plan;

import java.util.Optional;

/**
 * The runtime interface client that Maven has to resolve.
 *
 * @param version its version, such as {@code 2.9.0}
 * @param classifier the classifier by architecture and C library, or empty for the jar that carries all native libraries
 */
public record InterfaceClientRequest(String version, Optional<String> classifier) {

    /** Group of the interface client on Maven Central. */
    public static final String GROUP_ID = "com.amazonaws";

    /** Artifact of the interface client on Maven Central. */
    public static final String ARTIFACT_ID = "aws-lambda-java-runtime-interface-client";
}
