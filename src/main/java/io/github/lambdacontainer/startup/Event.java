package io.github.lambdacontainer.startup;

import io.github.lambdacontainer.emulator.Payload;

/**
 * An event that the function is trained with.
 *
 * @param name the name of its file
 * @param payload its content
 */
record Event(String name, Payload payload) {}
