package com.example.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Answers an HTTP request with what it was asked to store. */
public class ItemsApi implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    private static final Logger LOG = LogManager.getLogger(ItemsApi.class);

    private final ObjectMapper json = new ObjectMapper();
    private final DynamoDbClient table =
            DynamoDbClient.builder().region(Region.EU_CENTRAL_1).build();

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        try {
            JsonNode item = json.readTree(event.getBody());
            LOG.info("Item {} for {}", item.path("name").asText(), table.serviceName());
            return APIGatewayV2HTTPResponse.builder()
                    .withStatusCode(201)
                    .withHeaders(Map.of("Content-Type", "application/json"))
                    .withBody(json.writeValueAsString(Map.of("stored", item.path("name").asText())))
                    .build();
        } catch (JsonProcessingException e) {
            LOG.warn("Not JSON", e);
            return APIGatewayV2HTTPResponse.builder().withStatusCode(400).build();
        }
    }
}
