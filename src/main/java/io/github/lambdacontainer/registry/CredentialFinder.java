package io.github.lambdacontainer.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the sources of credentials in their order, once for each registry until told to ask again. */
final class CredentialFinder {

    private final List<CredentialSource> sources;
    private final Redactor redactor;
    private final TransferListener listener;
    private final Messages messages;
    private final HelperWatch watch;
    private final Map<String, FoundCredentials> found = new ConcurrentHashMap<>();

    CredentialFinder(List<CredentialSource> sources, Redactor redactor, TransferListener listener, Messages messages) {
        this.sources = List.copyOf(sources);
        this.redactor = redactor;
        this.listener = listener;
        this.messages = messages;
        this.watch = new HelperWatch(listener, HelperWatch.PATIENCE, HelperWatch.LIMIT);
    }

    FoundCredentials find(String registry) {
        return found.computeIfAbsent(registry, this::ask);
    }

    FoundCredentials findAgain(String registry) {
        found.remove(registry);
        return find(registry);
    }

    /** What was found before, without asking anything. */
    FoundCredentials known(String registry) {
        return found.getOrDefault(registry, new FoundCredentials(Optional.empty(), List.of()));
    }

    private FoundCredentials ask(String registry) {
        for (CredentialSource source : sources) {
            Optional<Credentials> credentials = ask(source, registry);
            if (credentials.isPresent()) {
                redactor.add(credentials.get());
                return new FoundCredentials(credentials, List.of(source.name()));
            }
        }
        return new FoundCredentials(
                Optional.empty(),
                sources.stream()
                        .filter(source -> source.isFor(registry))
                        .map(CredentialSource::name)
                        .toList());
    }

    private Optional<Credentials> ask(CredentialSource source, String registry) {
        try {
            return source.program().isPresent() ? watch.find(source, registry) : source.find(registry);
        } catch (UnusableCredentialsException e) {
            String reason = String.valueOf(e.getMessage());
            if (source.required()) {
                throw messages.unusableCredentials(registry, source.name(), reason);
            }
            listener.credentialsUnusable(source.name(), reason);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw messages.interrupted(registry, Phase.TOKEN);
        }
    }
}
