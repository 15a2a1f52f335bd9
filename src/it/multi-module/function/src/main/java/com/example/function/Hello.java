package com.example.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.example.library.Greeting;
import java.util.Map;

/** Greets with words from another module. */
public class Hello implements RequestHandler<Map<String, String>, String> {

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
        return Greeting.of(event.get("name"));
    }
}
