package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.project.ClassClash;
import io.github.lambdacontainer.project.Dependency;
import java.util.List;
import java.util.Map;

/**
 * Tells where an AWS base image for Java, which loads the jars in {@code /var/task/lib} by name, takes a class from
 * another jar than Maven's order would.
 */
final class LoadOrder {

    private static final int SHOWN = 3;

    private LoadOrder() {}

    static void warn(List<ClassClash> clashes, Map<Dependency, String> targets, Findings findings) {
        for (ClassClash clash : clashes) {
            String first = targets.get(clash.first());
            String second = targets.get(clash.second());
            if (first != null && second != null && second.compareTo(first) < 0) {
                findings.warning(warning(clash, Placement.nameOf(first), Placement.nameOf(second)));
            }
        }
    }

    private static String warning(ClassClash clash, String first, String second) {
        int count = clash.classes().size();
        List<String> shown = clash.classes().subList(0, Math.min(SHOWN, count));
        String held = count
                + (count == 1 ? " class (" : " classes (")
                + String.join(", ", shown)
                + (count > SHOWN ? ", …)" : ")");
        return first + " and " + second + " both hold " + held + ". Maven's order takes " + first
                + ", but the base loads jars by name and takes " + second + "."
                + " Exclude one of the two dependencies, or choose an OS-only base such as"
                + " public.ecr.aws/lambda/provided:al2023, which keeps Maven's order.";
    }
}
