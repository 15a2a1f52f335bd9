package io.github.lambdacontainer.report;

import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A report for tests. */
final class Reports {

    static final ReportedBase BASE = new ReportedBase(
            "public.ecr.aws/lambda/java:21",
            Optional.of(digest("base")),
            BaseKind.AWS_JAVA,
            Architecture.X86_64,
            Optional.of(21),
            Optional.of("glibc 2.34"));

    static final List<ReportedLayer> LAYERS = List.of(
            new ReportedLayer("base", digest("b0"), 100_000_000, 250_000_000, false),
            new ReportedLayer("base", digest("b1"), 80_249_999, 170_000_000, false),
            new ReportedLayer("dependencies", digest("d"), 12_345_678, 13_000_000, true),
            new ReportedLayer("classes", digest("c"), 3_200, 10_240, false));

    private Reports() {}

    static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }

    static ImageReport built() {
        return new ImageReport(
                Optional.of("registry.example/hello"),
                digest("id"),
                digest("digest"),
                List.of("1", "latest"),
                false,
                Optional.empty(),
                Architecture.X86_64,
                "com.example.Hello::run",
                BASE,
                List.of("/lambda-entrypoint.sh"),
                List.of("com.example.Hello::run"),
                LAYERS,
                List.of("A \"warning\"."));
    }

    static ImageReport pushedFromScratch() {
        return new ImageReport(
                Optional.empty(),
                digest("id"),
                digest("digest"),
                List.of(),
                true,
                Optional.of("registry.example/hello@" + digest("digest")),
                Architecture.ARM64,
                "h",
                new ReportedBase(
                        "scratch",
                        Optional.empty(),
                        BaseKind.SCRATCH,
                        Architecture.ARM64,
                        Optional.empty(),
                        Optional.empty()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
