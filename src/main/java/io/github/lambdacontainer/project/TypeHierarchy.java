package io.github.lambdacontainer.project;

import io.github.lambdacontainer.project.ClassInfo.MethodInfo;
import io.github.lambdacontainer.project.ClassInfo.SuperType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Superclasses, interfaces and inherited methods of classes, as reflection sees them. */
final class TypeHierarchy {

    private final ClassPath classPath;

    TypeHierarchy(ClassPath classPath) {
        this.classPath = classPath;
    }

    /**
     * A public method and the class that declares it.
     *
     * @param declaring the class
     * @param method the method
     */
    record Member(ClassInfo declaring, MethodInfo method) {}

    /** Whether a class or interface is, extends or implements the one with this name. */
    boolean isA(String name, String ancestor) {
        return name.equals(ancestor) || ancestors(name).contains(ancestor);
    }

    /** The names of all superclasses and interfaces. */
    Set<String> ancestors(String name) {
        Set<String> names = new LinkedHashSet<>();
        collect(name, names);
        return names;
    }

    private void collect(String name, Set<String> names) {
        List<SuperType> direct = classPath.find(name).map(ClassInfo::superTypes).orElse(List.of());
        for (SuperType type : direct) {
            if (names.add(type.name())) {
                collect(type.name(), names);
            }
        }
    }

    /** The first ancestor that neither the project nor its dependencies nor the JDK hold. */
    Optional<String> missing(String name) {
        return ancestors(name).stream()
                .filter(a -> !a.startsWith(LambdaTypes.PACKAGE) && !a.startsWith("java.") && !a.startsWith("javax."))
                .filter(a -> classPath.find(a).isEmpty())
                .findFirst();
    }

    /** The public methods of a class with those it inherits, as {@link Class#getMethods()} finds them. */
    List<Member> publicMethods(ClassInfo type) {
        Map<String, Member> methods = new LinkedHashMap<>();
        for (Optional<ClassInfo> c = Optional.of(type); c.isPresent(); c = superclass(c.get())) {
            add(c.get(), methods, false);
        }
        ancestors(type.name()).stream()
                .map(classPath::find)
                .flatMap(Optional::stream)
                .filter(ClassInfo::isInterface)
                .forEach(i -> add(i, methods, true));
        return new ArrayList<>(methods.values());
    }

    private Optional<ClassInfo> superclass(ClassInfo type) {
        return type.isInterface()
                ? Optional.empty()
                : type.name().equals("java.lang.Object")
                        ? Optional.empty()
                        : classPath.find(type.superclass().map(SuperType::name).orElse("java.lang.Object"));
    }

    // Static methods of interfaces are not inherited.
    private static void add(ClassInfo declaring, Map<String, Member> methods, boolean inherited) {
        for (MethodInfo method : declaring.methods()) {
            if (method.isPublic() && !method.name().startsWith("<") && !(inherited && method.isStatic())) {
                methods.putIfAbsent(method.name() + method.descriptor(), new Member(declaring, method));
            }
        }
    }
}
