package io.github.lambdacontainer.plan;

import java.util.List;

/**
 * A layer to be made.
 *
 * @param name what it holds, as people read it, such as {@code dependencies}
 * @param entries its files and directories; their order does not matter, their targets differ
 */
public record LayerPlan(String name, List<LayerEntry> entries) {}
