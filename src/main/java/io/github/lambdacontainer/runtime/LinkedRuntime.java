package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.plan.LayerPlan;
import java.util.List;

/**
 * A Java runtime that was linked for an image.
 *
 * @param layer the layer it becomes; its files lie in the cache
 * @param modules the modules asked of jlink, sorted; those they require are in it too
 * @param notes what the user should know of how the modules were found, a line each
 */
public record LinkedRuntime(LayerPlan layer, List<String> modules, List<String> notes) {}
