package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** What only reading an image's layers tells, as JSON can hold it: empty text stands for nothing. */
record StoredFacts(
        String javaExecutable,
        int javaFeature,
        CLibraryName cLibrary,
        String glibcVersion,
        List<String> interfaceClientJars,
        String nativeLibrary,
        SortedSet<String> libraries,
        Map<String, String> directoryLinks,
        Map<String, BaseDirectory> directories) {

    enum CLibraryName {
        GLIBC,
        MUSL,
        NONE
    }

    static StoredFacts of(
            Optional<BaseJava> java,
            CLibrary cLibrary,
            Optional<BaseInterfaceClient> client,
            SortedSet<String> libraries,
            Map<String, String> directoryLinks,
            Map<String, BaseDirectory> directories) {
        boolean musl = cLibrary instanceof CLibrary.Musl;
        Optional<CLibrary.Glibc> glibc =
                cLibrary instanceof CLibrary.Glibc found ? Optional.of(found) : Optional.empty();
        return new StoredFacts(
                java.map(BaseJava::executable).orElse(""),
                java.map(BaseJava::feature).orElse(0),
                glibc.isPresent() ? CLibraryName.GLIBC : musl ? CLibraryName.MUSL : CLibraryName.NONE,
                glibc.map(CLibrary.Glibc::version).orElse(""),
                client.map(BaseInterfaceClient::jars).orElse(List.of()),
                client.flatMap(BaseInterfaceClient::nativeLibrary).orElse(""),
                libraries,
                directoryLinks,
                directories);
    }

    BaseFacts facts(String name, BaseKind kind, Architecture architecture, BaseImage image) {
        return new BaseFacts(
                name,
                kind,
                architecture,
                javaExecutable.isEmpty() ? Optional.empty() : Optional.of(new BaseJava(javaExecutable, javaFeature)),
                switch (cLibrary) {
                    case GLIBC -> new CLibrary.Glibc(glibcVersion);
                    case MUSL -> new CLibrary.Musl();
                    case NONE -> new CLibrary.None();
                },
                interfaceClientJars.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new BaseInterfaceClient(
                                interfaceClientJars, Optional.of(nativeLibrary).filter(n -> !n.isEmpty()))),
                libraries,
                image.environment(),
                image.entrypoint(),
                image.workingDirectory(),
                directoryLinks,
                directories);
    }
}
