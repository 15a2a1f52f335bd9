package com.example.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Says what it is. */
public class Orders implements RequestHandler<String, String> {

    @Override
    public String handleRequest(String event, Context context) {
        return "orders: " + event;
    }
}
