package io.github.lambdacontainer.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.UserFault;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our reading of the interface client's rules beside the interface client itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandlerRulesTest {

    private static final String SIGNATURES = "Change them to one of: " + HandlerMethods.ACCEPTED + ".";

    private URLClassLoader loader;
    private HandlerRules rules;

    @BeforeAll
    void compile(@TempDir Path directory) throws Exception {
        Path library = Compiled.into(
                directory.resolve("library"),
                "lib.Base",
                "package lib; " + Compiled.IMPORTS + """
                        public abstract class Base<I, O> implements RequestHandler<I, O> {
                            public O handleRequest(I in, Context c) { return null; }
                            public String inherited(Map<String, String> in, Context c) { return null; }
                        }
                        """,
                "lib.Typed",
                "package lib; " + Compiled.IMPORTS
                        + "public interface Typed extends RequestHandler<String, String> {"
                        + " default String handleRequest(String in, Context c) { return in; } }");
        Path jar = Compiled.jar(directory.resolve("lib-1.0.jar"), library);
        Path classes = Compiled.into(directory.resolve("classes"), 17, List.of(library), samples());
        loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL(), jar.toUri().toURL()},
                getClass().getClassLoader());
        Dependency dependency = new Dependency("g", "lib", "1.0", "", jar, Dependency.Origin.RELEASE);
        List<ProjectFile> files = new FileTree(directory, new Shown(directory), new ArrayList<>())
                .list(classes).stream()
                        .filter(f -> f.relativePath().endsWith(".class"))
                        .toList();
        rules = new HandlerRules(new ClassPath(files, List.of(new JarScanner(JarMemory.NONE).scan(dependency))));
    }

    @AfterAll
    void close() throws Exception {
        loader.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("handlers")
    void agreesWithTheInterfaceClient(String handler, String what, String next) {
        Optional<Rejection> ours = rules.rejection(Handler.parse(handler));
        boolean accepted = acceptedByTheClient(handler);

        assertThat(ours.isEmpty()).as("the interface client accepts " + handler).isEqualTo(accepted);
        assertThat(ours.map(Rejection::what).orElse("")).isEqualTo(what);
        assertThat(ours.map(Rejection::next).orElse("")).isEqualTo(next);
    }

    /** Whether the interface client loads the handler and can call it. */
    private boolean acceptedByTheClient(String text) {
        InvocationRequest request = new InvocationRequest();
        request.setContent("null".getBytes(StandardCharsets.UTF_8));
        request.setId("1");
        try {
            LambdaRequestHandler handler = EventHandlerLoader.loadEventHandler(HandlerInfo.fromString(text, loader));
            if (handler instanceof LambdaRequestHandler.UserFaultHandler) {
                return false;
            }
            handler.call(request);
            return true;
        } catch (UserFault | ReflectiveOperationException | HandlerInfo.InvalidHandlerException | LinkageError e) {
            return false;
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }

    private static Arguments accepted(String handler) {
        return arguments(handler, "", "");
    }

    private static Arguments refused(String handler, String what, String next) {
        return arguments(handler, what, next);
    }

    static Stream<Arguments> handlers() {
        return Stream.of(
                accepted("a.Plain"),
                accepted("a.Plain::handleRequest"),
                accepted("a.Streams"),
                accepted("a.Streams::handleRequest"),
                accepted("a.Inherits"),
                accepted("a.Inherits::handleRequest"),
                accepted("a.Inherits::inherited"),
                accepted("a.ByInterface"),
                accepted("a.ByInterface::handleRequest"),
                accepted("a.BoundedRaw"),
                accepted("a.Outer$Nested"),
                accepted("a.Outer$Guarded"),
                accepted("a.Both"),
                accepted("a.RawBelowTyped"),
                accepted("a.Raw::handleRequest"),
                accepted("a.NoConstructor::fixed"),
                accepted("a.Abstract::fixed"),
                accepted("a.Interface::fixed"),
                accepted("a.Methods::none"),
                accepted("a.Methods::event"),
                accepted("a.Methods::eventAndContext"),
                accepted("a.Methods::context"),
                accepted("a.Methods::in"),
                accepted("a.Methods::out"),
                accepted("a.Methods::inAndContext"),
                accepted("a.Methods::outAndContext"),
                accepted("a.Methods::inAndOut"),
                accepted("a.Methods::inOutAndContext"),
                accepted("a.Methods::overloaded"),
                accepted("a.Methods::generic"),
                accepted("a.Methods::bounded"),
                accepted("a.Methods::list"),
                accepted("a.Methods::hashCode"),
                accepted("a.Methods::toString"),
                accepted("a.FromThread::isInterrupted"),
                refused(
                        "a.Methods::two",
                        "The method 'a.Methods::two' has the parameters (String, int),"
                                + " which the interface client cannot give.",
                        SIGNATURES),
                refused(
                        "a.Methods::contextFirst",
                        "The method 'a.Methods::contextFirst' has the parameters (Context, String),"
                                + " which the interface client cannot give.",
                        SIGNATURES),
                refused(
                        "a.Methods::outAndIn",
                        "The method 'a.Methods::outAndIn' has the parameters (OutputStream, InputStream),"
                                + " which the interface client cannot give.",
                        SIGNATURES),
                refused(
                        "a.Methods::boundedStream",
                        "The method 'a.Methods::boundedStream' has the parameters (InputStream, OutputStream),"
                                + " which the interface client cannot give.",
                        SIGNATURES),
                refused(
                        "a.Methods::three",
                        "The method 'a.Methods::three' has the parameters (InputStream, OutputStream, String),"
                                + " which the interface client cannot give.",
                        SIGNATURES),
                refused(
                        "a.Methods::four",
                        "The method 'a.Methods::four' has the parameters (InputStream, OutputStream, Context, int),"
                                + " which the interface client cannot give.",
                        SIGNATURES),
                refused("a.Methods::secret", "The method 'a.Methods::secret' is not public.", "Declare it 'public'."),
                refused(
                        "a.Plain::handelRequest",
                        "The class 'a.Plain' has no public method 'handelRequest'.",
                        "Did you mean 'a.Plain::handleRequest'?"),
                refused(
                        "a.Plain::other",
                        "The class 'a.Plain' has no public method 'other'.",
                        "Methods that can be named: handleRequest."),
                refused("a.Empty::run", "The class 'a.Empty' has no public method 'run'.", "Add the method."),
                refused(
                        "a.Raw",
                        "The class 'a.Raw' implements RequestHandler without concrete type arguments.",
                        "Write them, such as 'RequestHandler<Map<String, Object>, String>',"
                                + " or name the method: 'a.Raw::handleRequest'."),
                refused(
                        "a.RawSuper",
                        "The class 'a.RawSuper' implements RequestHandler without concrete type arguments.",
                        "Write them, such as 'RequestHandler<Map<String, Object>, String>',"
                                + " or name the method: 'a.RawSuper::handleRequest'."),
                refused(
                        "a.Open",
                        "The class 'a.Open' implements RequestHandler without concrete type arguments.",
                        "Write them, such as 'RequestHandler<Map<String, Object>, String>',"
                                + " or name the method: 'a.Open::handleRequest'."),
                refused(
                        "a.OneArgument",
                        "The class 'a.OneArgument' implements RequestHandler through an interface"
                                + " that does not have two type parameters.",
                        "Implement RequestHandler itself, or name the method: 'a.OneArgument::handleRequest'."),
                refused(
                        "a.Empty",
                        "The class 'a.Empty' implements neither RequestHandler nor RequestStreamHandler.",
                        "Implement one of them, or add a public method and name it after '::'."),
                refused(
                        "a.Methods",
                        "The class 'a.Methods' implements neither RequestHandler nor RequestStreamHandler.",
                        "Name its method too, such as 'a.Methods::eventAndContext'."),
                refused("a.Abstract", "The class 'a.Abstract' is abstract.", "Name a class that extends it."),
                refused("a.Interface", "The class 'a.Interface' is an interface.", "Name a class that implements it."),
                refused(
                        "a.Outer$Inner",
                        "The class 'a.Outer$Inner' is an inner class that is not static,"
                                + " so it cannot be created by itself.",
                        "Declare it 'static', or move it to a file of its own."),
                refused("a.Hidden", "The class 'a.Hidden' is not public.", "Declare it 'public'."),
                refused("a.Hidden::fixed", "The class 'a.Hidden' is not public.", "Declare it 'public'."),
                refused("a.Outer$Private", "The class 'a.Outer$Private' is not public.", "Declare it 'public'."),
                refused(
                        "a.NoConstructor",
                        "The class 'a.NoConstructor' has no public constructor without parameters.",
                        "Add one, or name a static method."),
                refused(
                        "a.NoConstructor::handleRequest",
                        "The class 'a.NoConstructor' has no public constructor without parameters.",
                        "Add one, or name a static method."),
                refused(
                        "a.PrivateConstructor",
                        "The class 'a.PrivateConstructor' has no public constructor without parameters.",
                        "Add one, or name a static method."),
                refused(
                        "a.Constant",
                        "The class 'a.Constant' has no public constructor without parameters.",
                        "Add one, or name a static method."),
                refused(
                        "a.Nowhere",
                        "The handler's class 'a.Nowhere' is neither in the project nor in its runtime dependencies.",
                        "Correct the name, or leave the setting out to have the handler found."));
    }

    private static String[] samples() {
        String handle = "public String handleRequest(String in, Context c) { return in; }";
        String raw = "public Object handleRequest(Object in, Context c) { return in; }";
        String[][] classes = {
            {"Plain", "public class Plain implements RequestHandler<String, String> {" + handle + "}"},
            {
                "Streams",
                "public class Streams implements RequestStreamHandler {"
                        + "public void handleRequest(InputStream in, OutputStream out, Context c) {}}"
            },
            {"Inherits", "public class Inherits extends lib.Base<String, List<String>> {}"},
            {"ByInterface", "public class ByInterface implements lib.Typed {}"},
            {"Raw", "@SuppressWarnings(\"rawtypes\") public class Raw implements RequestHandler {" + raw + "}"},
            {"RawSuper", "@SuppressWarnings(\"rawtypes\") public class RawSuper extends lib.Base {}"},
            {
                "Open",
                "public class Open<T> implements RequestHandler<T, String> {"
                        + "public String handleRequest(T in, Context c) { return null; }}"
            },
            {
                "BoundedRaw",
                "public class BoundedRaw<T extends Map<String, String>> implements RequestHandler<T, String> {"
                        + "public String handleRequest(T in, Context c) { return null; }}"
            },
            {
                "OneArgument",
                "public class OneArgument implements Answer<String> {" + handle
                        + "} interface Answer<T> extends RequestHandler<T, String> {}"
            },
            {
                "RawBelowTyped",
                "public class RawBelowTyped extends Middle {}" + " class Middle extends lib.Base<String, String> {}"
            },
            {
                "Both",
                "public class Both extends Plain implements RequestStreamHandler {"
                        + "public void handleRequest(InputStream in, OutputStream out, Context c) {}}"
            },
            {"Empty", "public class Empty {}"},
            {
                "Abstract",
                "public abstract class Abstract implements RequestHandler<String, String> {"
                        + " public static String fixed() { return null; }}"
            },
            {
                "Interface",
                "public interface Interface extends RequestHandler<String, String> {"
                        + " static String fixed() { return null; }}"
            },
            {
                "Hidden",
                "class Hidden implements RequestHandler<String, String> { public Hidden() {} " + handle
                        + " public static String fixed() { return null; }}"
            },
            {
                "NoConstructor",
                "public class NoConstructor implements RequestHandler<String, String> {"
                        + "public NoConstructor(int i) {} public static String fixed() { return null; }" + handle + "}"
            },
            {
                "PrivateConstructor",
                "public class PrivateConstructor implements RequestHandler<String, String> {"
                        + "private PrivateConstructor() {}" + handle + "}"
            },
            {"Constant", "public enum Constant implements RequestHandler<String, String> { ONE; " + handle + "}"},
            {"FromThread", "public class FromThread extends Thread {}"},
            {
                "Outer",
                "public class Outer {"
                        + "public static class Nested implements RequestHandler<String, String> {" + handle + "}"
                        + "protected static class Guarded implements RequestHandler<String, String> {"
                        + "public Guarded() {}" + handle + "}"
                        + "private static class Private implements RequestHandler<String, String> {"
                        + "public Private() {}" + handle + "}"
                        + "public class Inner implements RequestHandler<String, String> {" + handle + "}}"
            },
            {"Methods", """
                public class Methods {
                    public void eventAndContext(Map<String, String> e, Context c) {}
                    public String none() { return ""; }
                    public String event(List<String> e) { return ""; }
                    public void context(Context c) {}
                    public void in(InputStream i) {}
                    public void out(OutputStream o) {}
                    public int inAndContext(InputStream i, Context c) { return 1; }
                    public void outAndContext(OutputStream o, Context c) {}
                    public void inAndOut(InputStream i, OutputStream o) {}
                    public void inOutAndContext(InputStream i, OutputStream o, Context c) {}
                    public void overloaded(String s, int i) {}
                    public void overloaded(String s) {}
                    public void two(String s, int i) {}
                    public void contextFirst(Context c, String s) {}
                    public void outAndIn(OutputStream o, InputStream i) {}
                    public void three(InputStream i, OutputStream o, String s) {}
                    public void four(InputStream i, OutputStream o, Context c, int n) {}
                    public <T> void generic(T event, Context c) {}
                    public <T extends InputStream> void boundedStream(T i, OutputStream o) {}
                    public <T extends Map<String, String>> void bounded(T event, Context c) {}
                    public void list(List<Map<String, Integer>> event, Context c) {}
                    void secret(String s, Context c) {}
                }
                """},
        };
        return Stream.of(classes)
                .flatMap(c -> Stream.of("a." + c[0], "package a; " + Compiled.IMPORTS + c[1]))
                .toArray(String[]::new);
    }
}
