package io.github.lambdacontainer.startup;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The variables that Lambda sets in every function's process (AWS Lambda Developer Guide, "Defined runtime environment
 * variables"), without the credentials.
 */
final class LambdaVariables {

    private static final String NAME = "function";

    private LambdaVariables() {}

    /** The directories that belong to the function: the loader is this machine's, and so has to be the C library. */
    static String libraryPath(String value, Path root) {
        return Stream.of(value.split(":", -1))
                .filter(directory -> directory.startsWith(root + "/var/") || directory.startsWith(root + "/opt/"))
                .collect(Collectors.joining(":"));
    }

    static Map<String, String> of(List<String> cmd) {
        return Map.ofEntries(
                Map.entry("_HANDLER", String.join(" ", cmd)),
                Map.entry("AWS_DEFAULT_REGION", "us-east-1"),
                Map.entry("AWS_EXECUTION_ENV", "AWS_Lambda_Image"),
                Map.entry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512"),
                Map.entry("AWS_LAMBDA_FUNCTION_NAME", NAME),
                Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
                Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
                Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + NAME),
                Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "training"),
                Map.entry("AWS_REGION", "us-east-1"),
                Map.entry("LAMBDA_TASK_ROOT", "/var/task"),
                Map.entry("TZ", ":UTC"));
    }
}
