package com.example.pojo;

import java.util.List;

/** A class that knows nothing of Lambda. */
public class Calculator {

    public int add(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }
}
