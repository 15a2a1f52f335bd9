package io.github.lambdacontainer.local;

import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.image.Architecture;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What this machine can run. */
final class Machine {

    private final String system;
    private final String architecture;
    private final boolean namespaces;

    Machine() {
        this(System.getProperty("os.name", ""), System.getProperty("os.arch", ""), true);
    }

    /**
     * A machine.
     *
     * @param system the operating system's name, as Java has it
     * @param architecture the instruction set's name, as Java has it
     * @param namespaces whether namespaces are tried
     */
    Machine(String system, String architecture, boolean namespaces) {
        this.system = system;
        this.architecture = architecture;
        this.namespaces = namespaces;
    }

    Machine withoutNamespaces() {
        return new Machine(system, architecture, false);
    }

    /** Why no program of a Linux image for this instruction set can run here. */
    Optional<String> refusal(Architecture needed) {
        if (!isLinux()) {
            return Optional.of("it holds programs for Linux, and this is " + system);
        }
        return hasProcessor(needed)
                ? Optional.empty()
                : Optional.of("it is for " + needed.lambdaName() + ", and this machine is " + processor());
    }

    boolean isLinux() {
        return system.equals("Linux");
    }

    boolean hasProcessor(Architecture needed) {
        return needed.lambdaName().equals(processor());
    }

    private String processor() {
        return architecture.equals("aarch64") ? "arm64" : architecture.replace("amd64", "x86_64");
    }

    /** Why a namespace cannot be had, found out by making one. */
    Optional<String> refusal(Namespaces way) {
        if (!namespaces) {
            return Optional.of("namespaces are not wanted");
        }
        return way.refusal().map(reason -> "no namespace can be made (" + reason + ")");
    }

    /** Why the image's program does not start with this machine's C library. */
    Optional<String> refusal(Relocation way, LocalImage image) {
        if (image.base().facts().cLibrary() instanceof CLibrary.Musl) {
            return Optional.of("its programs need the C library musl");
        }
        ProcessBuilder version =
                way.process(List.of(image.command().get(0), "-version"), image.environment(), image.workingDirectory());
        return failure(version).map(reason -> "its " + image.command().get(0) + " does not start (" + reason + ")");
    }

    /** The last line of what a command that fails prints. */
    static Optional<String> failure(ProcessBuilder command) {
        try {
            Optional<ShortRun> ended = ShortRun.of(command.redirectErrorStream(true), ShortRun.LIMIT);
            if (ended.isEmpty()) {
                return Optional.of("it does not end");
            }
            String text = ended.get().output();
            return ended.filter(run -> run.exitCode() != 0)
                    .map(run -> text.isEmpty() ? "it fails" : text.substring(text.lastIndexOf('\n') + 1));
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
