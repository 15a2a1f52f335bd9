package com.example.invoices;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

/** Says what it is. */
public class Invoices implements RequestHandler<String, String> {

    @Override
    public String handleRequest(String event, Context context) {
        return "invoices: " + event;
    }
}
