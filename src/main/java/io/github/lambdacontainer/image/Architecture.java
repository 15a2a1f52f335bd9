package io.github.lambdacontainer.image;

import java.util.Arrays;
import java.util.Optional;

/** An instruction set that Lambda runs (AWS Lambda Developer Guide, "Selecting and configuring an instruction set architecture"). */
public enum Architecture {
    /** 64-bit x86, Lambda's own default. */
    X86_64("x86_64", "amd64", "x86_64"),
    /** 64-bit ARM, Graviton. */
    ARM64("arm64", "arm64", "aarch_64");

    private final String lambdaName;
    private final String ociName;
    private final String classifierName;

    Architecture(String lambdaName, String ociName, String classifierName) {
        this.lambdaName = lambdaName;
        this.ociName = ociName;
        this.classifierName = classifierName;
    }

    /** The name Lambda and this plugin's settings use: {@code x86_64} or {@code arm64}. */
    public String lambdaName() {
        return lambdaName;
    }

    /** The name image configs and indexes use: {@code amd64} or {@code arm64}. */
    public String ociName() {
        return ociName;
    }

    /** The name in the classifiers and native libraries of the interface client: {@code x86_64} or {@code aarch_64}. */
    public String classifierName() {
        return classifierName;
    }

    /** The architecture that image documents call by this name. */
    public static Optional<Architecture> ofOciName(String name) {
        return Arrays.stream(values()).filter(a -> a.ociName.equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return lambdaName;
    }
}
