package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.problem.Problem;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Checks environment variables and labels. */
final class ContainerRules {

    /** Variables that Lambda itself sets (AWS Lambda Developer Guide, "Defined runtime environment variables"). */
    private static final Set<String> SET_BY_LAMBDA = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_DEFAULT_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN");

    private ContainerRules() {}

    static void check(Settings.Container container, Findings findings) {
        new TreeMap<>(container.environment()).forEach((name, value) -> checkVariable(name, value, findings));
        checkLabels(container.labels(), findings);
    }

    private static void checkVariable(String name, String value, Findings findings) {
        String setting = "container.environment";
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            findings.problem(Problem.of(
                    "'" + visible(name) + "' cannot be the name of an environment variable.",
                    setting,
                    "Use a name that is not empty and holds neither an equals sign nor a NUL."));
        } else if (value.indexOf('\0') >= 0) {
            findings.problem(Problem.of(
                    "The value of the environment variable " + name + " holds a NUL, which ends it too early.",
                    setting,
                    "Remove the NUL."));
        } else if (SET_BY_LAMBDA.contains(name)) {
            findings.warning("The environment variable " + name + " has no effect on Lambda, which sets it itself.");
        }
    }

    private static void checkLabels(Map<String, String> labels, Findings findings) {
        if (labels.containsKey("")) {
            findings.problem(Problem.of("A label has no name.", "container.labels", "Name it, or remove it."));
        }
    }

    private static String visible(String name) {
        return name.replace("\0", "\\0");
    }
}
