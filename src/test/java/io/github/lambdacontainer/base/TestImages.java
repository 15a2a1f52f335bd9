package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.ImageFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small images of each kind, with the published configuration and the files that tell what they are. */
public final class TestImages {

    private static final String[] AWS_ENVIRONMENT = {
        "LANG=en_US.UTF-8",
        "TZ=:/etc/localtime",
        "PATH=/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
        "LD_LIBRARY_PATH=/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
        "LAMBDA_TASK_ROOT=/var/task",
        "LAMBDA_RUNTIME_DIR=/var/runtime"
    };

    private TestImages() {}

    /** What AWS sets in its images for Java and in those with an operating system only. */
    public static String[] awsEnvironment() {
        return AWS_ENVIRONMENT.clone();
    }

    /** {@code public.ecr.aws/lambda/java:21}. */
    public static TestImage awsJava() {
        return aws().layer(new TarBuilder()
                        .directory("var/lang/bin")
                        .executable("var/lang/bin/java", "")
                        .file("var/lang/release", "IMPLEMENTOR=\"Amazon.com Inc.\"\nJAVA_VERSION=\"21.0.4\"\n"))
                .layer(new TarBuilder()
                        .directory("var/runtime/lib")
                        .executable("var/runtime/bootstrap", "#!/bin/bash\n")
                        .file("var/runtime/lib/aws-lambda-java-core-1.2.3.jar", "")
                        .file("var/runtime/lib/aws-lambda-java-runtime-interface-client-2.6.0-linux-x86_64.jar", "")
                        .file("var/runtime/lib/aws-lambda-java-serialization-1.1.5.jar", "")
                        .file("var/runtime/lib/jni/libaws-lambda-jni.linux-x86_64.so", ""));
    }

    /** {@code public.ecr.aws/lambda/provided:al2023}. */
    public static TestImage awsOsOnly() {
        return aws();
    }

    private static TestImage aws() {
        return new TestImage(ImageFormat.DOCKER)
                .environment(AWS_ENVIRONMENT)
                .entrypoint("/lambda-entrypoint.sh")
                .workingDirectory("/var/task")
                .layer(new TarBuilder()
                        .directory("usr/lib64")
                        .symlink("lib64", "usr/lib64")
                        .file("usr/lib64/libc.so.6", 0755, glibc())
                        .file("usr/lib64/libgcc_s-11-20230104.so.1", 0755, new byte[0])
                        .symlink("usr/lib64/libgcc_s.so.1", "libgcc_s-11-20230104.so.1")
                        .file("usr/lib64/libz.so.1.2.11", 0644, new byte[0])
                        .symlink("usr/lib64/libz.so.1", "libz.so.1.2.11")
                        .symlink("usr/lib64/libstdc++.so.6", "nowhere")
                        .directory("tmp", 01777, 0, 0)
                        .directory("var/task"))
                .layer(new TarBuilder().executable("lambda-entrypoint.sh", "#!/bin/sh\n"));
    }

    /** Like {@code eclipse-temurin:21-jre}. */
    public static TestImage withJavaHome() {
        return withoutJava()
                .environment("JAVA_HOME=/opt/java/openjdk", "JAVA_VERSION=jdk-21.0.4+7")
                .layer(new TarBuilder().directory("opt/java/openjdk/bin").executable("opt/java/openjdk/bin/java", ""));
    }

    /** Like Debian with its package {@code openjdk-17-jre-headless}: Java is on the path, by way of links. */
    public static TestImage withJavaOnPath() {
        return withoutJava()
                .layer(new TarBuilder()
                        .symlink("usr/bin/java", "/etc/alternatives/java")
                        .symlink("etc/alternatives/java", "/usr/lib/jvm/java-17-openjdk-amd64/bin/java")
                        .executable("usr/lib/jvm/java-17-openjdk-amd64/bin/java", "")
                        .file("usr/lib/jvm/java-17-openjdk-amd64/release", "JAVA_VERSION=\"17.0.12\"\n"));
    }

    /** Like {@code debian:12-slim}. */
    public static TestImage withoutJava() {
        return new TestImage(ImageFormat.OCI)
                .environment("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .layer(new TarBuilder()
                        .directory("usr/lib/x86_64-linux-gnu")
                        .directory("usr/bin")
                        .symlink("lib", "usr/lib")
                        .symlink("bin", "usr/bin")
                        .directory("tmp", 01777, 0, 0)
                        .file("usr/lib/x86_64-linux-gnu/libc.so.6", 0755, glibc()));
    }

    /** Like {@code alpine:3}. */
    public static TestImage musl() {
        return new TestImage(ImageFormat.OCI)
                .environment("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .layer(new TarBuilder()
                        .directory("lib")
                        .executable("lib/ld-musl-x86_64.so.1", "")
                        .symlink("lib/libc.musl-x86_64.so.1", "ld-musl-x86_64.so.1"));
    }

    /** This machine's C library if it is for x86_64, else an ELF file of that machine that defines no versions. */
    static byte[] glibc() {
        for (String path : List.of("/lib/x86_64-linux-gnu/libc.so.6", "/lib64/libc.so.6")) {
            if (Files.exists(Path.of(path))) {
                try {
                    return Files.readAllBytes(Path.of(path));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        byte[] header = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}, 0, header, 0, 6);
        header[18] = 62;
        return header;
    }
}
