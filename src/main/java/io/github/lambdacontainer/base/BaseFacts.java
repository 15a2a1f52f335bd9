package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What planning needs to know of a base image.
 *
 * @param name the base as the user wrote it, such as {@code public.ecr.aws/lambda/java:21}
 * @param kind which of the documented kinds it is
 * @param architecture its instruction set
 * @param java its Java runtime, if it has one
 * @param cLibrary its C library
 * @param interfaceClient the runtime interface client it holds, if it does
 * @param libraries names of the shared libraries in it, such as {@code libgcc_s.so.1}
 * @param environment the environment variables of its config
 * @param entrypoint the ENTRYPOINT of its config, or an empty list
 * @param workingDirectory the WORKDIR of its config, if any
 * @param directoryLinks symbolic links to directories: absolute path → absolute path of the directory it leads to
 * @param directories directories whose mode or owner is not 0755 of root: absolute path → what they have
 */
public record BaseFacts(
        String name,
        BaseKind kind,
        Architecture architecture,
        Optional<BaseJava> java,
        CLibrary cLibrary,
        Optional<BaseInterfaceClient> interfaceClient,
        Set<String> libraries,
        Map<String, String> environment,
        List<String> entrypoint,
        Optional<String> workingDirectory,
        Map<String, String> directoryLinks,
        Map<String, BaseDirectory> directories) {

    /** Whether the library is there that the interface client's native library for glibc needs. */
    public boolean libgcc() {
        return libraries.contains("libgcc_s.so.1");
    }
}
