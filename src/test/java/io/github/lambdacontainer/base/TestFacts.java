package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of bases that have little. */
public final class TestFacts {

    private TestFacts() {}

    /** What is known of an empty base. */
    public static BaseFacts scratch(Architecture architecture) {
        return of("scratch", BaseKind.SCRATCH, architecture, Optional.empty(), new CLibrary.None());
    }

    /** What is known of a base that has no more than this. */
    public static BaseFacts of(
            String name, BaseKind kind, Architecture architecture, Optional<BaseJava> java, CLibrary library) {
        return new BaseFacts(
                name,
                kind,
                architecture,
                java,
                library,
                Optional.empty(),
                Set.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Map.of());
    }
}
