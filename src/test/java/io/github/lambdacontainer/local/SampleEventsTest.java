package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SNSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each sample as AWS's own classes read it, with the serializers that the interface client uses. */
class SampleEventsTest {

    @Test
    void applicationLoadBalancer() {
        var event = read("alb", ApplicationLoadBalancerRequestEvent.class);
        assertThat(event.getHttpMethod()).isEqualTo("POST");
        assertThat(event.getRequestContext().getElb().getTargetGroupArn()).contains(":targetgroup/hello/");
        assertThat(event.getQueryStringParameters()).isEqualTo(Map.of("name", "Ada"));
        assertThat(event.getBody()).isEqualTo("{\"name\":\"Ada\"}");
    }

    @Test
    void apiGatewayRestApi() {
        var event = read("apigw-v1", APIGatewayProxyRequestEvent.class);
        assertThat(event.getResource()).isEqualTo("/items/{id}");
        assertThat(event.getPathParameters()).isEqualTo(Map.of("id", "42"));
        assertThat(event.getMultiValueQueryStringParameters().get("tag")).isEqualTo(List.of("a", "b"));
        assertThat(event.getRequestContext().getIdentity().getSourceIp()).isEqualTo("203.0.113.7");
        assertThat(event.getBody()).isEqualTo("{\"name\":\"Ada\",\"quantity\":2}");
    }

    @Test
    void apiGatewayHttpApi() {
        var event = read("apigw-v2", APIGatewayV2HTTPEvent.class);
        assertThat(event.getVersion()).isEqualTo("2.0");
        assertThat(event.getRouteKey()).isEqualTo("POST /items/{id}");
        assertThat(event.getCookies()).containsExactly("session=abc123");
        assertThat(event.getRequestContext().getHttp().getMethod()).isEqualTo("POST");
        assertThat(event.getBody()).isEqualTo("{\"name\":\"Ada\",\"quantity\":2}");
    }

    @Test
    void functionUrl() {
        var event = read("function-url", APIGatewayV2HTTPEvent.class);
        assertThat(event.getRequestContext().getDomainName()).endsWith(".lambda-url.eu-west-1.on.aws");
        assertThat(event.getQueryStringParameters()).isEqualTo(Map.of("name", "Ada"));
    }

    @Test
    void dynamoDb() {
        var records = read("dynamodb", DynamodbEvent.class).getRecords();
        assertThat(records).extracting("eventName").containsExactly("INSERT", "MODIFY");
        assertThat(records.get(1).getDynamodb().getOldImage().get("name").getS())
                .isEqualTo("Ada");
        assertThat(records.get(1).getDynamodb().getNewImage().get("name").getS())
                .isEqualTo("Grace");
        assertThat(records.get(0).getDynamodb().getApproximateCreationDateTime())
                .isNotNull();
    }

    @Test
    void eventBridge() {
        var event = read("eventbridge", ScheduledEvent.class);
        assertThat(event.getSource()).isEqualTo("com.example.names");
        assertThat(event.getDetailType()).isEqualTo("Name Added");
        assertThat(event.getDetail()).containsEntry("name", "Ada");
        assertThat(event.getTime().getYear()).isEqualTo(2026);
    }

    @Test
    void kinesis() {
        var kinesis = read("kinesis", KinesisEvent.class).getRecords().get(0).getKinesis();
        assertThat(kinesis.getPartitionKey()).isEqualTo("ada");
        assertThat(StandardCharsets.UTF_8.decode(kinesis.getData()).toString()).isEqualTo("{\"name\":\"Ada\"}");
    }

    @Test
    void s3() {
        var record = read("s3", S3Event.class).getRecords().get(0);
        assertThat(record.getS3().getBucket().getName()).isEqualTo("names");
        assertThat(record.getS3().getObject().getUrlDecodedKey()).isEqualTo("people/ada lovelace.json");
        assertThat(record.getEventTime().getYear()).isEqualTo(2026);
    }

    @Test
    void sns() {
        var record = read("sns", SNSEvent.class).getRecords().get(0).getSNS();
        assertThat(record.getMessage()).isEqualTo("{\"name\":\"Ada\"}");
        assertThat(record.getMessageAttributes().get("kind").getValue()).isEqualTo("greeting");
        assertThat(record.getTimestamp().getYear()).isEqualTo(2026);
    }

    @Test
    void sqs() {
        var message = read("sqs", SQSEvent.class).getRecords().get(0);
        assertThat(message.getBody()).isEqualTo("{\"name\":\"Ada\"}");
        assertThat(message.getEventSourceArn()).isEqualTo("arn:aws:sqs:eu-west-1:123456789012:names");
        assertThat(message.getMessageAttributes().get("kind").getStringValue()).isEqualTo("greeting");
    }

    @Test
    void everySampleIsThere() {
        assertThat(SampleEvents.NAMES)
                .hasSize(10)
                .allSatisfy(name -> assertThat(SampleEvents.find(name)).isPresent());
        assertThat(SampleEvents.find("../package-info")).isEmpty();
    }

    /** Writing it again shows that every field was understood that the class has. */
    private static <T> T read(String name, Class<T> type) {
        PojoSerializer<T> serializer =
                LambdaEventSerializers.serializerFor(type, SampleEventsTest.class.getClassLoader());
        byte[] sample = SampleEvents.find(name).orElseThrow().bytes();
        T event = serializer.fromJson(new ByteArrayInputStream(sample));
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        serializer.toJson(event, again);
        assertThat(again.toString(StandardCharsets.UTF_8)).isNotEqualTo("{}");
        return event;
    }
}
