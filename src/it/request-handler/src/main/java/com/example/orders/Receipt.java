package com.example.orders;

/** The answer to an order. */
public class Receipt {

    private final String text;
    private final int total;

    Receipt(String text, int total) {
        this.text = text;
        this.total = total;
    }

    public String getText() {
        return text;
    }

    public int getTotal() {
        return total;
    }
}
