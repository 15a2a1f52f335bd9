package io.github.lambdacontainer.project;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.signature.SignatureVisitor;

/** Collects the parameter types of a method from its generic signature; only plain classes keep their name. */
final class ParameterTypes extends SignatureVisitor {

    private final List<Parameter> parameters = new ArrayList<>();

    ParameterTypes() {
        super(Opcodes.ASM9);
    }

    /** Binary names of the types in order; empty text for a type variable, an array or a type with arguments. */
    List<String> names() {
        return parameters.stream().map(p -> p.name).toList();
    }

    @Override
    public SignatureVisitor visitParameterType() {
        Parameter parameter = new Parameter();
        parameters.add(parameter);
        return parameter;
    }

    private static final class Parameter extends SignatureVisitor {
        private String name = "";

        Parameter() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitClassType(String internalName) {
            name = ClassInfoVisitor.binary(internalName);
        }

        @Override
        public void visitInnerClassType(String simpleName) {
            name = name + "$" + simpleName;
        }

        @Override
        public SignatureVisitor visitTypeArgument(char wildcard) {
            name = "";
            return new SignatureVisitor(Opcodes.ASM9) {};
        }

        @Override
        public SignatureVisitor visitArrayType() {
            return new SignatureVisitor(Opcodes.ASM9) {};
        }
    }
}
