package io.github.lambdacontainer.build;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.registry.Phase;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.registry.TransferListener;
import io.github.lambdacontainer.report.BuildLog;
import java.time.Duration;

/**
 * Tells a build's log what the registry client does.
 *
 * @param log where it is told
 */
public record TransferLog(BuildLog log) implements TransferListener {

    @Override
    public void waiting(String host, Phase phase, String reason, Duration delay) {
        log.waiting(host, reason, delay);
    }

    @Override
    public void downloading(Reference reference, Descriptor blob) {
        log.downloading(blob.digest(), blob.size());
    }

    @Override
    public void progress(Descriptor blob, long bytes) {
        log.progress(bytes);
    }

    @Override
    public void downloaded(Reference reference, Descriptor blob) {
        log.downloaded(blob.digest());
    }

    @Override
    public void nothingReused(Reference target, String reason) {
        log.nothingReused(target.toString(), reason);
    }

    @Override
    public void present(Reference target, Descriptor blob) {
        log.spared(blob.digest(), "the repository has it");
    }

    @Override
    public void mounted(Reference target, Descriptor blob, String from) {
        log.spared(blob.digest(), "the repository " + from + " gave it");
    }

    @Override
    public void uploading(Reference target, Descriptor blob) {
        log.uploading(blob.digest(), blob.size());
    }

    @Override
    public void uploadProgress(Descriptor blob, long bytes) {
        log.progress(bytes);
    }

    @Override
    public void uploaded(Reference target, Descriptor blob) {
        log.uploaded(blob.digest());
    }

    @Override
    public void insecure(String host) {
        log.insecure(host);
    }

    @Override
    public void asking(String source, Duration since) {
        log.askingForCredentials(source, since);
    }

    @Override
    public void credentialsUnusable(String source, String reason) {
        log.credentialsUnusable(source, reason);
    }
}
