package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The functions in {@code src/it}, each with an event and what its response has to contain. */
enum Function {
    QUICKSTART("quickstart", "{\"name\":\"Ada\"}", "\"Hello, Ada!\""),
    AWS_JAVA("aws-java", "{\"name\":\"Ada\"}", "\"Hello, Ada!\""),
    AWS_OS_ONLY("aws-os-only", "{\"name\":\"Ada\"}", "\"Hello, Ada!\""),
    CUSTOM_BASE("custom-base", "{\"name\":\"Ada\"}", "\"Hello, Ada!\""),
    REQUEST_HANDLER("request-handler", "{\"item\":\"tea\",\"quantity\":2}", "{\"text\":\"2 x tea\",\"total\":6}"),
    STREAM_HANDLER("stream-handler", "{\"name\":\"Ada\"}", "{\"NAME\":\"ADA\"}"),
    POJO_METHOD("pojo-method", "[1,2,39]", "42"),
    API_GATEWAY("api-gateway", """
            {"version":"2.0","routeKey":"POST /items","rawPath":"/items","headers":{"content-type":"application/json"},
             "requestContext":{"http":{"method":"POST","path":"/items"}},
             "body":"{\\"name\\":\\"tea\\"}","isBase64Encoded":false}
            """, "{\"statusCode\":201,\"body\":\"{\\\"stored\\\":\\\"tea\\\"}\"}"),
    MULTI_MODULE("multi-module", "{\"name\":\"Ada\"}", "\"Hello from the library, Ada!\""),
    SPRING_BOOT("spring-boot", "{\"name\":\"Ada\"}", "\"Hello from Spring, Ada!\""),
    JAVA_8("java8", "{\"name\":\"Ada\"}", "\"Hello, Ada!\""),
    JAVA_11("java11", "{\"name\":\"Ada\"}", "\"Hello, Ada!\""),
    JAVA_17("java17", "{\"name\":\"Ada\"}", "\"Hello, Ada!\"");

    private static final ObjectMapper JSON = new ObjectMapper();

    final String project;
    final String event;
    private final String expected;

    Function(String project, String event, String expected) {
        this.project = project;
        this.event = event;
        this.expected = expected;
    }

    MavenBuild build() {
        return MavenBuild.project(project);
    }

    /** The module of the project that has the image. */
    MavenResult image(MavenResult result) {
        return this == MULTI_MODULE
                ? new MavenResult(
                        result.exitCode(),
                        result.log(),
                        result.target().resolveSibling("function").resolve("target"))
                : result;
    }

    /** Asserts that a response has every field of the expected one. */
    void assertResponse(String response) {
        try {
            JsonNode actual = JSON.readTree(response);
            JsonNode fields = JSON.readTree(expected);
            if (fields.isObject()) {
                fields.fieldNames()
                        .forEachRemaining(name -> assertThat(actual.path(name))
                                .as("%s of %s", name, response)
                                .isEqualTo(fields.path(name)));
            } else {
                assertThat(actual).isEqualTo(fields);
            }
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + response, e);
        }
    }
}
