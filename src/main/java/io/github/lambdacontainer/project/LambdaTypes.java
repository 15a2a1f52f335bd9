package io.github.lambdacontainer.project;

/** The types of {@code aws-lambda-java-core} that the interface client goes by. They are in every image. */
final class LambdaTypes {

    static final String PACKAGE = "com.amazonaws.services.lambda.runtime.";

    static final String REQUEST_HANDLER = PACKAGE + "RequestHandler";

    static final String REQUEST_STREAM_HANDLER = PACKAGE + "RequestStreamHandler";

    static final String CONTEXT = PACKAGE + "Context";

    private LambdaTypes() {}
}
