package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Descriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A client under test: its clock only moves when it sleeps, and what it tells is kept. */
final class ReadingClient implements Timing, TransferListener {

    static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

    final Path cache;
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<Duration> slept = new CopyOnWriteArrayList<>();
    final AtomicLong uploaded = new AtomicLong();
    private volatile Instant now = START;

    ReadingClient(Path cache) {
        this.cache = cache;
    }

    FactCache facts() {
        return new FactCache(cache);
    }

    Registries anonymous() {
        return with(HttpSettings.DEFAULT);
    }

    Registries with(HttpSettings settings, CredentialSource... sources) {
        return registries(new Connections(settings, this, registry -> false, facts(), this), sources);
    }

    Registries registries(Connections connections, CredentialSource... sources) {
        return new Registries(connections, new BlobCache(cache), facts(), List.of(sources), RefusalAdvice.NONE);
    }

    /** A pusher whose base is read without credentials. */
    Pusher pusher(HttpSettings settings, CredentialSource... sources) {
        Connections connections = new Connections(settings, this, registry -> false, facts(), this);
        return new Pusher(connections, registries(connections), List.of(sources), RefusalAdvice.NONE);
    }

    Pusher pusher(CredentialSource... sources) {
        return pusher(HttpSettings.DEFAULT, sources);
    }

    Registries with(CredentialSource... sources) {
        return with(HttpSettings.DEFAULT, sources);
    }

    static HttpSettings impatient() {
        Duration soon = Duration.ofMillis(300);
        return HttpSettings.DEFAULT.withTimeouts(soon, soon, soon, Duration.ofMinutes(30));
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void sleep(Duration duration) {
        slept.add(duration);
        now = now.plus(duration);
    }

    @Override
    public void waiting(String host, Phase phase, String reason, Duration delay) {
        told.add("waiting " + delay.toMillis() + " ms while " + phase + ": " + reason);
    }

    @Override
    public void nothingReused(Reference target, String reason) {
        told.add("nothing reused of " + target + ": " + reason);
    }

    @Override
    public void downloading(Reference reference, Descriptor blob) {
        told.add("downloading " + blob.size());
    }

    @Override
    public void downloaded(Reference reference, Descriptor blob) {
        told.add("downloaded " + blob.size());
    }

    @Override
    public void insecure(String host) {
        told.add("insecure " + host);
    }

    @Override
    public void asking(String source, Duration since) {
        told.add("asking " + source + " for " + since.toMillis() + " ms");
    }

    @Override
    public void credentialsUnusable(String source, String reason) {
        told.add("unusable " + source + ": " + reason);
    }

    @Override
    public void present(Reference target, Descriptor blob) {
        told.add("present " + blob.size());
    }

    @Override
    public void mounted(Reference target, Descriptor blob, String from) {
        told.add("mounted " + blob.size() + " from " + from);
    }

    @Override
    public void uploading(Reference target, Descriptor blob) {
        told.add("uploading " + blob.size());
    }

    @Override
    public void uploadProgress(Descriptor blob, long bytes) {
        uploaded.addAndGet(bytes);
    }

    @Override
    public void uploaded(Reference target, Descriptor blob) {
        told.add("uploaded " + blob.size());
    }
}
