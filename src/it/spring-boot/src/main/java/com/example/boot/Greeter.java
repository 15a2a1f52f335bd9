package com.example.boot;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** A bean with a word from the application's properties. */
@Component
class Greeter {

    private final String word;

    Greeter(@Value("${greeter.word}") String word) {
        this.word = word;
    }

    String greet(String name) {
        return word + ", " + name + "!";
    }
}
