package io.github.lambdacontainer.report;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.project.Handler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Every sentence that the console says about a build. */
public final class ConsoleLog implements BuildLog {

    private final Lines lines;
    private final Optional<ProgressBar> bar;
    private final AtomicBoolean downloads = new AtomicBoolean();
    private final AtomicBoolean uploads = new AtomicBoolean();

    /** A log of these lines, with a bar where somebody watches. */
    public ConsoleLog(Lines lines, Optional<ProgressBar> bar) {
        this.lines = lines;
        this.bar = bar;
    }

    @Override
    public void base(ReportedBase base) {
        List<String> facts =
                new ArrayList<>(List.of(base.kind().title(), base.architecture().lambdaName()));
        base.java().ifPresent(java -> facts.add("Java " + java));
        base.libc().ifPresent(facts::add);
        info("Base image: " + base.image() + " (" + String.join(", ", facts) + ")");
        base.digest().ifPresent(digest -> debug("Base image digest: " + digest));
    }

    @Override
    public void handler(Handler handler, boolean configured) {
        info("Handler: " + handler + (configured ? "" : " (the only one found in the project)"));
    }

    @Override
    public void added(List<String> things) {
        things.forEach(thing -> info("Added: " + thing));
    }

    @Override
    public void layers(List<ReportedLayer> layers) {
        info("Layers:");
        List<ReportedLayer> base = layers.stream().filter(ConsoleLog::isBase).toList();
        if (!base.isEmpty()) {
            long size = base.stream().mapToLong(ReportedLayer::size).sum();
            String count = base.size() == 1 ? "1 layer" : base.size() + " layers";
            info(row("base", size, count));
        }
        layers.stream()
                .filter(layer -> !isBase(layer))
                .forEach(layer -> info(row(layer.name(), layer.size(), layer.reused() ? "reused" : "new")));
        layers.forEach(layer -> debug("Layer " + layer.name() + ": " + layer.digest()));
    }

    private static boolean isBase(ReportedLayer layer) {
        return layer.name().equals("base");
    }

    private static String row(String name, long size, String note) {
        return String.format(Locale.ROOT, "  %-24s %10s  %s", name, Sizes.text(size), note);
    }

    @Override
    public void image(ImageReport report) {
        info("Image: " + Sizes.text(report.compressedSize()) + " compressed, " + Sizes.text(report.uncompressedSize())
                + " unpacked");
        debug("Image ID: " + report.imageId());
        debug("ENTRYPOINT: " + report.entrypoint());
        debug("CMD: " + report.cmd());
    }

    @Override
    public void written(Path archive, Digest digest) {
        info("Digest: " + digest);
        info("Written to: " + archive);
    }

    @Override
    public void loaded(String tool, List<String> names) {
        info("Loaded into " + tool + ": " + String.join(", ", names));
    }

    @Override
    public void uploading(Digest blob, long bytes) {
        if (!uploads.getAndSet(true)) {
            info("Uploading what the registry lacks");
        }
        debug("Uploading " + blob + " (" + Sizes.text(bytes) + ")");
        bar.ifPresent(shown -> shown.expect("Uploading", bytes));
    }

    @Override
    public void uploaded(Digest blob) {
        debug("Uploaded " + blob);
    }

    @Override
    public void spared(Digest blob, String reason) {
        debug("Not uploaded, as " + reason + ": " + blob);
    }

    @Override
    public void created(String repository) {
        info("Created the repository: " + repository);
    }

    @Override
    public void sent(Upload upload) {
        if (upload.unchanged()) {
            info("Already there: every tag names this image");
            return;
        }
        List<String> parts = new ArrayList<>();
        parts.add(Sizes.text(upload.bytes()) + " in " + blobs(upload.uploaded()));
        if (upload.mounted() > 0) {
            parts.add(blobs(upload.mounted()) + " mounted");
        }
        if (upload.present() > 0) {
            parts.add(blobs(upload.present()) + " already there");
        }
        info("Uploaded: " + String.join(", ", parts));
    }

    private static String blobs(int count) {
        return count == 1 ? "1 blob" : count + " blobs";
    }

    @Override
    public void nothingReused(String image, String reason) {
        info("Nothing is reused of " + image + ": " + reason);
    }

    @Override
    public void pushed(String imageUri) {
        info("Pushed: " + imageUri);
    }

    @Override
    public void warning(String text) {
        bar.ifPresent(ProgressBar::erase);
        lines.warn(text);
    }

    @Override
    public void downloading(Digest blob, long bytes) {
        if (!downloads.getAndSet(true)) {
            info("Downloading the layers of the base image");
        }
        debug("Downloading " + blob + " (" + Sizes.text(bytes) + ")");
        bar.ifPresent(shown -> shown.expect("Downloading", bytes));
    }

    @Override
    public void progress(long bytes) {
        bar.ifPresent(shown -> shown.advance(bytes));
    }

    @Override
    public void downloaded(Digest blob) {
        debug("Downloaded " + blob);
    }

    @Override
    public void waiting(String host, String reason, Duration delay) {
        info("Waiting " + seconds(delay) + " for " + host + ": " + reason);
    }

    @Override
    public void lookingForCredentials(String source, Duration since) {
        info("Still looking for AWS credentials after " + since.toSeconds() + " s: asking " + source);
    }

    @Override
    public void askingForCredentials(String source, Duration since) {
        info("Still waiting for credentials after " + since.toSeconds() + " s: asking " + source);
    }

    private static String seconds(Duration delay) {
        return String.format(Locale.ROOT, "%.1f s", delay.toMillis() / 1000.0);
    }

    @Override
    public void insecure(String host) {
        warning("The registry " + host + " is spoken to over plain HTTP, so others can read and change what is sent.");
    }

    @Override
    public void credentialsUnusable(String source, String reason) {
        warning("The credentials in " + source + " were passed over: " + reason);
    }

    private void info(String line) {
        bar.ifPresent(ProgressBar::erase);
        lines.info(line);
    }

    private void debug(String line) {
        lines.debug(line);
    }
}
