package io.github.lambdacontainer.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Credentials kept by an id, as the servers in Maven's settings are.
 *
 * <p>The id is the registry as it is written in the reference, or its host alone; for Docker Hub, any of its names.
 */
public final class ServerCredentials implements CredentialSource {

    private final String name;
    private final Function<String, Optional<Credentials>> servers;

    /** With the name that messages use, and what finds the credentials with an id. */
    public ServerCredentials(String name, Function<String, Optional<Credentials>> servers) {
        this.name = name;
        this.servers = servers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Credentials> find(String registryHost) {
        List<String> ids = new ArrayList<>(List.of(registryHost, RegistryHost.withoutPort(registryHost)));
        if (RegistryHost.isDockerHub(registryHost)) {
            ids.addAll(RegistryHost.DOCKER_HUB);
        }
        return ids.stream().distinct().flatMap(id -> servers.apply(id).stream()).findFirst();
    }
}
