package io.github.lambdacontainer.project;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.Opcodes;

/**
 * What a class file declares, as far as the handler rules ask.
 *
 * @param name binary name
 * @param access access flags of the class file itself, which reflection goes by
 * @param inner whether it is enclosed by another class and not static
 * @param typeParameters its type parameters
 * @param superclass its superclass, unless it is {@code Object}
 * @param interfaces its direct interfaces
 * @param methods its methods and constructors
 */
record ClassInfo(
        String name,
        int access,
        boolean inner,
        List<TypeParameter> typeParameters,
        Optional<SuperType> superclass,
        List<SuperType> interfaces,
        List<MethodInfo> methods) {

    /**
     * A type parameter.
     *
     * @param name its name
     * @param bounded whether it has an upper bound other than {@code Object}
     */
    record TypeParameter(String name, boolean bounded) {}

    /**
     * A superclass or interface as it is written after {@code extends} or {@code implements}.
     *
     * @param name binary name
     * @param arguments its type arguments, empty for a raw or plain type: the name of a type variable, or nothing for
     *     any other type
     */
    record SuperType(String name, List<Optional<String>> arguments) {}

    /**
     * A method or constructor.
     *
     * @param name its name, {@code <init>} for a constructor
     * @param descriptor its descriptor
     * @param access access flags
     * @param parameters binary names of the parameter types; empty text for a type variable or a type with arguments
     */
    record MethodInfo(String name, String descriptor, int access, List<String> parameters) {

        boolean isPublic() {
            return (access & Opcodes.ACC_PUBLIC) != 0;
        }

        boolean isStatic() {
            return (access & Opcodes.ACC_STATIC) != 0;
        }

        boolean isBridge() {
            return (access & Opcodes.ACC_BRIDGE) != 0;
        }
    }

    boolean isPublic() {
        return (access & Opcodes.ACC_PUBLIC) != 0;
    }

    boolean isInterface() {
        return (access & Opcodes.ACC_INTERFACE) != 0;
    }

    boolean isAbstract() {
        return (access & Opcodes.ACC_ABSTRACT) != 0;
    }

    boolean isSynthetic() {
        return (access & Opcodes.ACC_SYNTHETIC) != 0;
    }

    boolean hasPublicDefaultConstructor() {
        return methods.stream()
                .anyMatch(m -> m.name().equals("<init>") && m.descriptor().equals("()V") && m.isPublic());
    }

    List<SuperType> superTypes() {
        return Stream.concat(interfaces.stream(), superclass.stream()).toList();
    }
}
