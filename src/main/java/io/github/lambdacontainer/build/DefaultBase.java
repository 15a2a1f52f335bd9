package io.github.lambdacontainer.build;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.util.List;

/** The AWS base image for Java that a project gets when it names none (AWS Lambda Developer Guide, "Lambda runtimes"). */
final class DefaultBase {

    /** The registry that it is in. */
    static final String REGISTRY = "public.ecr.aws";

    private static final List<Integer> AWS_HAS = List.of(8, 11, 17, 21, 25);

    private DefaultBase() {}

    /**
     * The base whose Java is this feature version or the next newer one AWS has.
     *
     * @throws UserFailure if AWS has none that is new enough
     */
    static String forJava(int feature) {
        int java = AWS_HAS.stream()
                .filter(has -> has >= feature)
                .findFirst()
                .orElseThrow(() -> new UserFailure(Problem.of(
                        "AWS has no base image for Java " + feature + ".",
                        "from.image",
                        "Name a base image with Java " + feature + ", or compile for Java 25 or older"
                                + " (maven.compiler.release).")));
        return REGISTRY + "/lambda/java:" + (java == 8 ? "8.al2" : java);
    }
}
