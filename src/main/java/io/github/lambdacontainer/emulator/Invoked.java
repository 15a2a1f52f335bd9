package io.github.lambdacontainer.emulator;

/**
 * What a caller of a function gets.
 *
 * @param result how the invocation ended
 * @param logTail the end of the function's log, at most 4 KB
 */
public record Invoked(InvocationResult result, String logTail) {}
