package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.Credentials;
import java.util.Optional;

/**
 * User name and password that are given in the settings themselves.
 *
 * @param side the group of settings they are for, {@code from} or {@code to}
 * @param auth what was given
 */
record Login(String side, Auth auth) {

    /** What is missing, if only one of the two is given. */
    Optional<Problem> problem() {
        boolean user = auth.username() == null;
        boolean password = auth.password() == null;
        if (user == password) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                "The credentials for the " + (side.equals("from") ? "base image" : "image to push") + " have no "
                        + (user ? "user name." : "password."),
                side + (user ? ".auth.username" : ".auth.password"),
                "Give both, or neither and keep them in settings.xml."));
    }

    /** The credentials as a source, if both are given. */
    Optional<CredentialSource> source() {
        if (auth.username() == null || auth.password() == null) {
            return Optional.empty();
        }
        Credentials credentials = new Credentials(auth.username(), auth.password());
        return Optional.of(CredentialSource.explicit("<" + side + "><auth>", credentials));
    }
}
