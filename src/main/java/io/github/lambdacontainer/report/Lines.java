package io.github.lambdacontainer.report;

/** Where the lines of a log go. */
public interface Lines {

    /** A line for everybody. */
    void info(String line);

    /** A line for everybody, also for those who want to hear little. */
    void warn(String line);

    /** A line for those who want to hear everything. */
    void debug(String line);
}
