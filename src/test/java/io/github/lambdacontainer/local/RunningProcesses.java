package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds out what a test has left running. */
public final class RunningProcesses {

    private static final Path PROC = Path.of("/proc");

    private RunningProcesses() {}

    /**
     * The command lines of all processes that have a text in their command line, their environment or the name of a file
     * that their namespace has mounted: those in a namespace see paths of the image only.
     */
    public static List<String> with(String text) {
        return ProcessHandle.allProcesses()
                .map(handle -> PROC.resolve(Long.toString(handle.pid())))
                .filter(process -> Stream.of("cmdline", "environ", "mountinfo")
                        .anyMatch(file -> read(process.resolve(file)).contains(text)))
                .map(process -> read(process.resolve("cmdline")).replace('\0', ' '))
                .toList();
    }

    /** Nothing of a process that has ended meanwhile, or belongs to somebody else. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
