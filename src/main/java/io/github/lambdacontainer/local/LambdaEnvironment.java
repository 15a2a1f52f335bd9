package io.github.lambdacontainer.local;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The variables that Lambda sets for a function (AWS Lambda Developer Guide, "Defined runtime environment variables"). */
final class LambdaEnvironment {

    private static final String REGION = "us-east-1";

    private LambdaEnvironment() {}

    static Map<String, String> of(StagedImage image, FunctionSettings settings, String runtimeApi) {
        List<String> command = image.image().command();
        Map<String, String> environment = new TreeMap<>();
        environment.put("AWS_DEFAULT_REGION", REGION);
        environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_Image");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memory()));
        environment.put("AWS_LAMBDA_FUNCTION_NAME", settings.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("AWS_LAMBDA_LOG_FORMAT", "Text");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "local/[$LATEST]");
        environment.put("AWS_REGION", REGION);
        environment.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
        environment.put("LAMBDA_TASK_ROOT", "/var/task");
        if (!image.image().environment().containsKey("TZ")) {
            // Lambda does not reserve it, and so it may be the image's.
            environment.put("TZ", ":UTC");
        }
        environment.put("_HANDLER", command.get(command.size() - 1));
        environment.putAll(settings.environment());
        environment.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        return environment;
    }
}
