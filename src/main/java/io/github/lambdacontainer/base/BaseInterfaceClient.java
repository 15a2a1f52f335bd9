package io.github.lambdacontainer.base;

import java.util.List;
import java.util.Optional;

/**
 * The runtime interface client that a base image already holds.
 *
 * @param jars absolute paths of its jars in the image (the client and its libraries beside it), sorted by name
 * @param nativeLibrary absolute path of the unpacked native library for the image's architecture, if there is one
 */
public record BaseInterfaceClient(List<String> jars, Optional<String> nativeLibrary) {}
