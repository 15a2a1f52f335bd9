package io.github.lambdacontainer.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * Why a function failed.
 *
 * @param cause what went wrong
 * @param type the error's type, for an exception the name of its class
 * @param message the error's message
 * @param trace the trace, innermost call first, a line each
 * @param payload what Lambda answers the caller
 */
public record FunctionError(Cause cause, String type, String message, List<String> trace, Payload payload) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What can go wrong with a function. */
    public enum Cause {
        /** The handler answered with an error; the function takes further events. */
        HANDLER,
        /** The response is larger than Lambda takes, or sent in a way that is not known; the function takes further events. */
        RESPONSE,
        /** The function could not be started. */
        INITIALIZATION,
        /** The function took too long. */
        TIMEOUT,
        /** The function's process ended. */
        EXIT,
        /** The function was stopped from outside. */
        STOPPED;

        /** Whether the function cannot take further events. */
        public boolean isFinal() {
            return this != HANDLER && this != RESPONSE;
        }
    }

    /** An error that the function sent; its body says more than the header where both name a type. */
    static FunctionError sent(Cause cause, String headerType, Payload body) {
        JsonNode error = read(body);
        List<String> trace = StreamSupport.stream(error.path("stackTrace").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        String type = error.path("errorType").asText("");
        return new FunctionError(
                cause,
                type.isEmpty() ? headerType : type,
                error.path("errorMessage").asText(error.isObject() ? "" : body.text()),
                trace,
                body);
    }

    static FunctionError timedOut(String requestId, Duration limit) {
        return of(
                Cause.TIMEOUT,
                "Sandbox.Timedout",
                "RequestId: " + requestId + " Error: Task timed out after " + seconds(limit) + " seconds");
    }

    /** A function that did not ask for its first event in time. */
    static FunctionError notStarted(Duration limit) {
        return of(
                Cause.TIMEOUT,
                "Sandbox.Timedout",
                "The function did not ask for an event within " + seconds(limit) + " seconds");
    }

    static FunctionError responseTooLarge(long size) {
        return of(
                Cause.RESPONSE,
                "Function.ResponseSizeTooLarge",
                "Response payload size (" + size + " bytes) exceeded maximum allowed payload size ("
                        + Payload.LARGEST_RESPONSE + " bytes).");
    }

    static FunctionError responseMode(String mode) {
        return of(
                Cause.RESPONSE,
                "Runtime.InvalidResponseModeHeader",
                "The function answers in the response mode '" + mode + "'; only buffered responses are taken here.");
    }

    /** An event that the protocol cannot carry; the function does not see it. */
    static FunctionError notSendable(String header) {
        return of(
                Cause.HANDLER,
                "InvalidRequestContentException",
                "The function was not given the event: what belongs into the header " + header
                        + " holds a character that no header can.");
    }

    /** The process of a function that ended by itself. */
    public static FunctionError exited(int exitCode) {
        return of(
                Cause.EXIT,
                "Runtime.ExitError",
                exitCode == 0
                        ? "Runtime exited without providing a reason"
                        : "Runtime exited with error: exit status " + exitCode);
    }

    /** A function that was stopped from outside. */
    public static FunctionError stopped() {
        return of(Cause.STOPPED, "Sandbox.Stopped", "The function was stopped");
    }

    private static FunctionError of(Cause cause, String type, String message) {
        return new FunctionError(cause, type, message, List.of(), json(type, message));
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f", duration.toMillis() / 1000.0);
    }

    /** An error as Lambda's interfaces word it. */
    static Payload json(String type, String message) {
        return write(JSON.createObjectNode().put("errorMessage", message).put("errorType", type));
    }

    /** A refusal of Lambda's own API. */
    static Payload serviceError(String message) {
        return write(JSON.createObjectNode().put("Type", "User").put("message", message));
    }

    private static Payload write(ObjectNode error) {
        try {
            return Payload.of(JSON.writeValueAsBytes(error));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(Payload body) {
        try {
            return JSON.readTree(body.bytes());
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }
}
