package com.example;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;

/** Greets with the language of Java 17. */
public class Hello implements RequestHandler<Map<String, String>, String> {

    private record Greeting(String name) {

        String text() {
            return """
                    Hello, %s!""".formatted(name);
        }
    }

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
        return new Greeting(event.get("name")).text();
    }
}
