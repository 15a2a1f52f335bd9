package io.github.lambdacontainer.project;

import io.github.lambdacontainer.project.TypeHierarchy.Member;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which method of a class the interface client calls ({@code EventHandlerLoader} of
 * aws-lambda-java-runtime-interface-client 2.9.0): methods before bridges, then those with most parameters, where a
 * {@code Context} at the end counts as one more; the first of them whose parameters fit.
 */
final class HandlerMethods {

    /** The parameter lists that fit, as messages show them. */
    static final String ACCEPTED = "(), (T), (T, Context), (Context), (InputStream), (InputStream, Context),"
            + " (OutputStream), (OutputStream, Context), (InputStream, OutputStream),"
            + " (InputStream, OutputStream, Context)";

    private static final String INPUT = "java.io.InputStream";

    private static final String OUTPUT = "java.io.OutputStream";

    private static final Comparator<Member> PRIORITY = Comparator.comparing(
                    (Member m) -> m.method().isBridge())
            .thenComparing(Comparator.comparing(HandlerMethods::weight).reversed());

    private HandlerMethods() {}

    /** The method of that name that is called. */
    static Optional<Member> called(List<Member> publicMethods, String name) {
        return publicMethods.stream()
                .filter(m -> m.method().name().equals(name))
                .sorted(PRIORITY)
                .filter(m -> fits(m.method().parameters()))
                .findFirst();
    }

    /** Whether the interface client can give a method with these parameter types what it asks for. */
    static boolean fits(List<String> types) {
        return switch (types.size()) {
            case 0, 1 -> true;
            case 2 -> fits(types.get(0), types.get(1));
            case 3 -> types.equals(List.of(INPUT, OUTPUT, LambdaTypes.CONTEXT));
            default -> false;
        };
    }

    private static boolean fits(String first, String second) {
        boolean context = second.equals(LambdaTypes.CONTEXT);
        return switch (first) {
            case OUTPUT -> context;
            case LambdaTypes.CONTEXT -> false;
            case INPUT -> context || second.equals(OUTPUT);
            default -> context;
        };
    }

    private static int weight(Member member) {
        return member.method().parameters().size() + (endsWithContext(member) ? 1 : 0);
    }

    /** Whether the last parameter is a {@code Context}. */
    static boolean endsWithContext(Member member) {
        return member.method().descriptor().contains("L" + LambdaTypes.CONTEXT.replace('.', '/') + ";)");
    }
}
