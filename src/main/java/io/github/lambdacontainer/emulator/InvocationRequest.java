package io.github.lambdacontainer.emulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Optional;

/**
 * What a caller asks of Lambda's API.
 *
 * @param type whether the caller waits for the response
 * @param event the event; nothing stands for an empty object
 * @param logTail whether the end of the log is asked for
 * @param clientContext the client context, decoded, as JSON that an HTTP header can hold
 * @param tenantId the tenant
 */
record InvocationRequest(
        Type type, Payload event, boolean logTail, Optional<String> clientContext, Optional<String> tenantId) {

    /** Quota "Invocation payload": asynchronous calls. */
    private static final int LARGEST_ASYNCHRONOUS = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    /** How a function is invoked. */
    enum Type {
        REQUEST_RESPONSE,
        EVENT,
        DRY_RUN
    }

    static InvocationRequest read(HttpExchange exchange) throws IOException {
        Type type = type(header(exchange, "X-Amz-Invocation-Type").orElse("RequestResponse"));
        Payload event = event(exchange, type == Type.EVENT ? LARGEST_ASYNCHRONOUS : Payload.LARGEST_EVENT);
        return new InvocationRequest(
                type,
                event,
                header(exchange, "X-Amz-Log-Type").filter("Tail"::equals).isPresent(),
                header(exchange, "X-Amz-Client-Context").map(InvocationRequest::clientContext),
                header(exchange, "X-Amz-Tenant-Id"));
    }

    private static Type type(String text) {
        return switch (text) {
            case "RequestResponse" -> Type.REQUEST_RESPONSE;
            case "Event" -> Type.EVENT;
            case "DryRun" -> Type.DRY_RUN;
            default ->
                throw new InvokeApi.Refusal(
                        400,
                        "InvalidParameterValueException",
                        "The invocation type '" + text + "' is none of RequestResponse, Event, DryRun.");
        };
    }

    private static Payload event(HttpExchange exchange, int limit) throws IOException {
        InputStream in = exchange.getRequestBody();
        byte[] bytes = in.readNBytes(limit + 1);
        in.transferTo(OutputStream.nullOutputStream());
        if (bytes.length > limit) {
            throw new InvokeApi.Refusal(
                    413,
                    "RequestTooLargeException",
                    "Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
        }
        if (bytes.length == 0) {
            return Payload.of("{}");
        }
        parse(bytes, "Could not parse request body into json");
        return Payload.of(bytes);
    }

    private static String clientContext(String base64) {
        String wrong = "Client context must be a valid Base64-encoded JSON object";
        try {
            JsonNode context = parse(Base64.getDecoder().decode(base64), wrong);
            if (context.isObject()) {
                return JSON.writeValueAsString(context);
            }
        } catch (IllegalArgumentException | JsonProcessingException e) {
            throw new InvokeApi.Refusal(400, "InvalidRequestContentException", wrong + ": " + e.getMessage());
        }
        throw new InvokeApi.Refusal(400, "InvalidRequestContentException", wrong);
    }

    private static JsonNode parse(byte[] bytes, String otherwise) {
        try {
            JsonNode tree = JSON.readTree(bytes);
            if (!tree.isMissingNode()) {
                return tree;
            }
        } catch (JsonProcessingException e) {
            throw new InvokeApi.Refusal(
                    400, "InvalidRequestContentException", otherwise + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvokeApi.Refusal(400, "InvalidRequestContentException", otherwise + ": " + e.getMessage());
        }
        throw new InvokeApi.Refusal(400, "InvalidRequestContentException", otherwise);
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }
}
