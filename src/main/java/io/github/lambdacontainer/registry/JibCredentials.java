package io.github.lambdacontainer.registry;

import com.google.cloud.tools.jib.api.Credential;

/** Takes over what jib-core read. */
final class JibCredentials {

    private JibCredentials() {}

    static Credentials of(Credential credential) {
        return new Credentials(credential.getUsername(), credential.getPassword());
    }
}
