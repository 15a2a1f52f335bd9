package io.github.lambdacontainer.build;

import io.github.lambdacontainer.ecr.AwsListener;
import io.github.lambdacontainer.report.BuildLog;
import java.time.Duration;

/**
 * Tells a build's log what the calls to AWS do.
 *
 * @param log where it is told
 */
public record AwsLog(BuildLog log) implements AwsListener {

    @Override
    public void waiting(String service, String reason, Duration delay) {
        log.waiting(service, reason, delay);
    }

    @Override
    public void looking(String source, Duration since) {
        log.lookingForCredentials(source, since);
    }
}
