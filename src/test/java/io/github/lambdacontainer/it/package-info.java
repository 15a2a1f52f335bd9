/**
 * Integration tests: real Maven builds of the projects in {@code src/it}, and the images they give in real containers.
 *
 * <p>{@link io.github.lambdacontainer.it.MavenBuild} runs Maven, {@link io.github.lambdacontainer.it.Bases} makes base
 * images from the build machine's own files, {@link io.github.lambdacontainer.it.Containers} starts images as Lambda
 * does, and {@link io.github.lambdacontainer.emulator.RuntimeApi} is what their interface client talks to.
 */
package io.github.lambdacontainer.it;
