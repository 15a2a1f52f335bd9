package com.example;

/** Handles nothing. */
public final class Library {

    private Library() {}

    public static int answer() {
        return 42;
    }
}
