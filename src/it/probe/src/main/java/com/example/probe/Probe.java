package com.example.probe;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells what the image is like from inside. */
public class Probe implements RequestHandler<Map<String, String>, Map<String, Object>> {

    @Override
    public Map<String, Object> handleRequest(Map<String, String> event, Context context) {
        return switch (event.get("ask")) {
            case "jvm" -> new JvmFacts().all();
            case "system" -> new SystemFacts().all();
            case "environment" -> new LinkedHashMap<>(System.getenv());
            case "tls" -> new TlsFacts().connect(event);
            default -> throw new IllegalArgumentException("Cannot tell " + event.get("ask"));
        };
    }
}
