package com.example.boot;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import org.springframework.boot.SpringApplication;

/** Starts the application once and asks one of its beans. */
public class GreetingHandler implements RequestHandler<Map<String, String>, String> {

    private final Greeter greeter =
            SpringApplication.run(Application.class).getBean(Greeter.class);

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
        return greeter.greet(event.get("name"));
    }
}
