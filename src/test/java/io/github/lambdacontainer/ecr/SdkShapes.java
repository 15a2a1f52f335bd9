package io.github.lambdacontainer.ecr;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;

/** Holds JSON against the AWS SDK's own model of a request or a response. */
final class SdkShapes {

    private SdkShapes() {}

    /** What the model does not have, or has of another type; empty for what the SDK could have sent or read. */
    static List<String> differences(SdkPojo model, JsonNode json) {
        List<String> differences = new ArrayList<>();
        compare(model, json, "", differences);
        return differences;
    }

    private static void compare(SdkPojo model, JsonNode json, String path, List<String> differences) {
        if (!json.isObject()) {
            differences.add(path + " is no object");
            return;
        }
        Map<String, SdkField<?>> fields = new TreeMap<>();
        model.sdkFields().forEach(field -> fields.put(field.locationName(), field));
        json.properties().forEach(property -> {
            String name = path + "/" + property.getKey();
            Optional.ofNullable(fields.get(property.getKey()))
                    .ifPresentOrElse(
                            field -> compare(field, property.getValue(), name, differences),
                            () -> differences.add(name + " is not known"));
        });
    }

    private static void compare(SdkField<?> field, JsonNode json, String path, List<String> differences) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            compare(field.constructor().get(), json, path, differences);
        } else if (type == MarshallingType.LIST) {
            SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
            json.forEach(element -> compare(member, element, path + "[]", differences));
        } else if (!fits(type, json)) {
            differences.add(path + " is not a " + type.getTargetClass().getSimpleName());
        }
    }

    private static boolean fits(MarshallingType<?> type, JsonNode json) {
        if (type == MarshallingType.STRING) {
            return json.isTextual();
        }
        if (type == MarshallingType.BOOLEAN) {
            return json.isBoolean();
        }
        return json.isNumber();
    }
}
