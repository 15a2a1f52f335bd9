package io.github.lambdacontainer.ecr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * The repository policy that lets Lambda read images (AWS Lambda developer guide, "Amazon ECR permissions").
 *
 * @param region the region of the repository, which is the functions' too
 * @param accounts further AWS accounts whose functions may use the images
 */
record LambdaPullPolicy(String region, List<String> accounts) {

    private static final String SERVICE = "lambda.amazonaws.com";

    /** The policy as JSON. */
    String json() {
        ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        statement(statements, "LambdaECRImageRetrievalPolicy")
                .putObject("Principal")
                .put("Service", SERVICE);
        if (!accounts.isEmpty()) {
            addAccounts(statements);
        }
        return policy.toString();
    }

    private void addAccounts(ArrayNode statements) {
        String partition = PartitionMetadata.of(Region.of(region)).id();
        ArrayNode principals = statement(statements, "CrossAccountPermission")
                .putObject("Principal")
                .putArray("AWS");
        ObjectNode retrieval = statement(statements, "LambdaECRImageCrossAccountRetrievalPolicy");
        retrieval.putObject("Principal").put("Service", SERVICE);
        ArrayNode sources =
                retrieval.putObject("Condition").putObject("ArnLike").putArray("aws:sourceARN");
        for (String account : accounts) {
            principals.add("arn:" + partition + ":iam::" + account + ":root");
            sources.add("arn:" + partition + ":lambda:" + region + ":" + account + ":function:*");
        }
    }

    private static ObjectNode statement(ArrayNode statements, String id) {
        ObjectNode statement = statements.addObject().put("Sid", id).put("Effect", "Allow");
        statement.putArray("Action").add("ecr:BatchGetImage").add("ecr:GetDownloadUrlForLayer");
        return statement;
    }
}
