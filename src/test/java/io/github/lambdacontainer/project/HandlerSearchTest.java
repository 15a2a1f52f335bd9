package io.github.lambdacontainer.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.project.HandlerFinding.Found;
import io.github.lambdacontainer.project.HandlerFinding.Unusable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about a configured handler that cannot be meant. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandlerSearchTest {

    private static final String EXAMPLES =
            "Name a class, such as 'com.acme.App', or a class and its method, such as 'com.acme.App::handle'.";

    private HandlerSearch search;

    @BeforeAll
    void compile(@TempDir Path directory) throws Exception {
        String handler = "implements RequestHandler<String, String> {"
                + " public String handleRequest(String in, Context c) { return in; }";
        String head = "package com.acme; " + Compiled.IMPORTS;
        Compiled.into(
                directory,
                "com.acme.OrderHandler",
                head + "public class OrderHandler " + handler + "}",
                "com.acme.Outer",
                head + "public class Outer { public static class Nested " + handler + "} public void run() {} }");
        search = new HandlerSearch(new ClassPath(
                new FileTree(directory, new Shown(directory), new ArrayList<>()).list(directory), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "com.acme.OrderHandlr, com.acme.OrderHandler",
        "com.acme.OrderHandlr::handleRequest, com.acme.OrderHandler::handleRequest",
        "com.acem.OrderHandler, com.acme.OrderHandler",
        "org.other.OrderHandler, com.acme.OrderHandler",
        "org.other.OrderHandlr, com.acme.OrderHandler",
        "OrderHandler, com.acme.OrderHandler",
        "com.acme.OrderHandler.handleRequest, com.acme.OrderHandler::handleRequest",
        "com.acme.OrderHandler#handleRequest, com.acme.OrderHandler::handleRequest",
        "com.acme.OrderHandler:handleRequest, com.acme.OrderHandler::handleRequest",
        "com.acme.Outer.Nested, com.acme.Outer$Nested",
        "com.acme.Outer.Nested::handleRequest, com.acme.Outer$Nested::handleRequest",
        "com.acme.Outer.Nested.handleRequest, com.acme.Outer$Nested::handleRequest",
    })
    void suggestsTheHandlerThatWasMeant(String written, String meant) {
        assertThat(problem(written))
                .isEqualTo("The handler's class '" + Handler.parse(written).className()
                        + "' is neither in the project nor in its runtime dependencies.\n"
                        + "  Setting: <handler> (-Dlambda-container.handler)\n"
                        + "  Next: Did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @CsvSource({
        "com/acme/OrderHandler, com.acme.OrderHandler",
        "com/acme/OrderHandler.class, com.acme.OrderHandler",
        "OrderHandler.java, com.acme.OrderHandler",
        "src/main/java/com/acme/OrderHandler.java, com.acme.OrderHandler",
        "com.acme.OrderHandler.class, com.acme.OrderHandler",
        "com/acme/OrderHandler::handleRequest, com.acme.OrderHandler::handleRequest",
        "com/other/Thing, com.other.Thing",
    })
    void readsThePathOfAFileAsTheClassThatWasMeant(String written, String meant) {
        assertThat(problem(written))
                .isEqualTo("The handler '" + written + "' is the path of a file, not the name of a class.\n"
                        + "  Setting: <handler> (-Dlambda-container.handler)\n"
                        + "  Next: Write '" + meant + "'.");
    }

    @ParameterizedTest
    @CsvSource({
        "'', The handler is blank.",
        "'  ', The handler is blank.",
        "::handle, The handler '::handle' names no class.",
        "com.acme.App::, The handler 'com.acme.App::' names no method after '::'.",
    })
    void asksForWhatIsLeftOut(String written, String what) {
        assertThat(problem(written))
                .isEqualTo(what + "\n  Setting: <handler> (-Dlambda-container.handler)\n  Next: " + EXAMPLES);
    }

    @Test
    void suggestsNothingWhereNothingIsNear() {
        assertThat(problem("org.something.Entirely$Different")).isEqualTo("""
                        The handler's class 'org.something.Entirely$Different' is neither in the project nor in its runtime dependencies.
                          Setting: <handler> (-Dlambda-container.handler)
                          Next: Correct the name, or leave the setting out to have the handler found.""");
    }

    @Test
    void takesAHandlerWithSpaceAroundIt() {
        assertThat(search.find(Optional.of("\n  com.acme.Outer::run\n"), "target/classes"))
                .isEqualTo(new Found(Handler.parse("com.acme.Outer::run"), true));
    }

    private String problem(String written) {
        HandlerFinding finding = search.find(Optional.of(written), "target/classes");
        assertThat(finding).isInstanceOf(Unusable.class);
        return ((Unusable) finding).problems().get(0).text();
    }
}
