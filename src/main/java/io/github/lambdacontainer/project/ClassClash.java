package io.github.lambdacontainer.project;

import java.util.List;

/**
 * Classes that two entries of the class path both hold.
 *
 * @param first the entry that comes first in Maven's order
 * @param second the later entry
 * @param classes binary names of the classes in both, sorted, with different content
 */
public record ClassClash(Dependency first, Dependency second, List<String> classes) {}
