package io.github.lambdacontainer.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Under which names of a file of credentials to look for those of a repository: Podman's may have some for a part of a
 * registry, such as {@code quay.io/team}, the longest of which counts ({@code containers-auth.json(5)}).
 */
final class CredentialKeys {

    private final List<String> auths;
    private final List<String> helpers;

    private CredentialKeys(JsonNode file) {
        this.auths = names(file.path("auths"));
        this.helpers = names(file.path("credHelpers"));
    }

    /**
     * What to ask jib-core for in this file, in this order.
     *
     * @param repository what the credentials are for, if it is known; else those for all of the registry are
     */
    static List<String> of(Path file, String registry, Optional<String> repository) throws IOException {
        try {
            return new CredentialKeys(Json.object(Files.readAllBytes(file))).of(registry, repository);
        } catch (MalformedException e) {
            // jib-core says what it can read.
            return List.of(registry);
        }
    }

    private List<String> of(String registry, Optional<String> repository) {
        List<String> hosts = RegistryHost.isDockerHub(registry) ? RegistryHost.DOCKER_HUB : List.of(registry);
        List<String> keys = new ArrayList<>();
        for (String path = repository.orElse(""); !path.isEmpty(); path = parent(path)) {
            String part = "/" + path;
            hosts.stream().map(host -> host + part).filter(auths::contains).forEach(keys::add);
        }
        boolean parts = auths.stream().anyMatch(key -> hosts.stream().anyMatch(host -> isPart(key, host)));
        keys.addAll(parts ? ofAll(hosts) : List.of(registry));
        return keys;
    }

    /** For the name of a host that the file lacks, jib-core would take the credentials for any part of it. */
    private List<String> ofAll(List<String> hosts) {
        return hosts.stream()
                .flatMap(host -> Stream.concat(
                        Stream.of(host).filter(name -> auths.contains(name) || helpers.contains(name)),
                        Stream.of("https://" + host)))
                .toList();
    }

    /** A name of old, such as {@code index.docker.io/v1/}, stands for all of a registry, and ends as no part does. */
    private static boolean isPart(String key, String host) {
        return key.startsWith(host + "/") && !key.endsWith("/");
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
