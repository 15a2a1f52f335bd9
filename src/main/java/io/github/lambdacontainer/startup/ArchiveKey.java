package io.github.lambdacontainer.startup;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.StartupSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names a startup archive by everything that decides what is in it. An AOT cache is not checked against the jars that it
 * was made of, so that one in the wrong place would run old classes.
 */
final class ArchiveKey {

    /** Changes when the same inputs would make another archive. */
    private static final String FORMAT = "startup archive 2";

    private final MessageDigest digest = Digest.newMessageDigest();

    private ArchiveKey() {}

    static String of(TrainingRequest request, List<Event> events) {
        ArchiveKey key = new ArchiveKey();
        key.add(List.of(FORMAT, request.plan().kind().name(), request.image().workingDirectory()));
        key.add(request.identity().stream().map(Digest::toString).toList());
        key.add(request.plan().entrypoint());
        key.add(request.cmd());
        key.add(request.image().environment());
        key.add(training(request.settings()));
        key.add(events.stream()
                .flatMap(event ->
                        List.of(event.name(), Digest.of(event.payload().bytes()).toString()).stream())
                .toList());
        return Digest.of(key.digest).hex();
    }

    /** The training's variables; of the build's own, only the names. The key is public, and their values may not be. */
    private static List<String> training(StartupSettings settings) {
        return new TreeMap<>(settings.environment())
                .entrySet().stream()
                        .map(variable -> settings.ofBuild().contains(variable.getKey())
                                ? variable.getKey()
                                : variable.getKey() + "=" + variable.getValue())
                        .toList();
    }

    private void add(Map<String, String> variables) {
        add(new TreeMap<>(variables)
                .entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList());
    }

    /** Each part and each list with its length, so that no two inputs look alike. */
    private void add(Collection<String> parts) {
        add(Integer.toString(parts.size()));
        parts.forEach(part -> add(part.length() + " " + part));
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }
}
