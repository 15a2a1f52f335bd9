package com.example.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Prices an order with a price list from the class path. */
public class OrderHandler implements RequestHandler<Order, Receipt> {

    private final Properties prices = new Properties();

    public OrderHandler() {
        try (InputStream list = OrderHandler.class.getResourceAsStream("/prices.properties")) {
            prices.load(list);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Receipt handleRequest(Order order, Context context) {
        String price = prices.getProperty(order.getItem());
        if (price == null) {
            throw new IllegalArgumentException("Unknown item: " + order.getItem());
        }
        int total = order.getQuantity() * Integer.parseInt(price);
        return new Receipt(order.getQuantity() + " x " + order.getItem(), total);
    }
}
