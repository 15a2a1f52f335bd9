package io.github.lambdacontainer.local;

import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * Gives each image a directory for as long as it runs.
 *
 * @param parent where the directories are
 */
record WorkDirectories(Path parent) {

    /** Something that begins in a work directory. */
    interface Work<T> {
        T in(WorkDirectory work) throws IOException;
    }

    /**
     * Does something in a new work directory.
     *
     * @param needs whether what comes of it needs the directory, which is removed otherwise
     * @throws EnvironmentFailure if the disk refuses
     */
    <T> T with(Work<T> task, Predicate<T> needs) {
        try {
            WorkDirectory work = WorkDirectory.create(parent);
            boolean used = false;
            try {
                T result = task.in(work);
                used = needs.test(result);
                return result;
            } finally {
                if (!used) {
                    work.close();
                }
            }
        } catch (IOException e) {
            throw new EnvironmentFailure(
                    Problem.of(
                            "The files of the image could not be laid out in '" + parent + "': "
                                    + DiskReason.withFile(e) + ".",
                            "Free some space there, or make the directory writable."),
                    e);
        }
    }
}
