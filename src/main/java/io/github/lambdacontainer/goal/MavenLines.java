package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.report.Lines;
import org.apache.maven.plugin.logging.Log;

/** Lines of a build in Maven's log, where {@code -q} and {@code -X} hold. */
record MavenLines(Log log) implements Lines {

    @Override
    public void info(String line) {
        log.info(line);
    }

    /** Under {@code -q} Maven's log shows errors alone; this is none, and yet for everybody. */
    @Override
    public void warn(String line) {
        if (log.isWarnEnabled()) {
            log.warn(line);
        } else {
            Terminal.say("[WARNING] " + line);
        }
    }

    @Override
    public void debug(String line) {
        log.debug(line);
    }
}
