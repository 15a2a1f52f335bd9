package com.example.library;

/** The words of a greeting. */
public final class Greeting {

    private Greeting() {}

    public static String of(String name) {
        return "Hello from the library, " + name + "!";
    }
}
