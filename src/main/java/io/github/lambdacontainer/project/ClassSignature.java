package io.github.lambdacontainer.project;

import io.github.lambdacontainer.project.ClassInfo.SuperType;
import io.github.lambdacontainer.project.ClassInfo.TypeParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;

/**
 * The generic signature of a class (Java Virtual Machine Specification, section 4.7.9.1).
 *
 * @param typeParameters its type parameters
 * @param superclass its superclass
 * @param interfaces its direct interfaces
 */
record ClassSignature(List<TypeParameter> typeParameters, Optional<SuperType> superclass, List<SuperType> interfaces) {

    static final ClassSignature EMPTY = new ClassSignature(List.of(), Optional.empty(), List.of());

    /** Parses the text of a Signature attribute. */
    static ClassSignature parse(String text) {
        Parser parser = new Parser();
        new SignatureReader(text).accept(parser);
        return new ClassSignature(
                parser.parameters.stream()
                        .map(p -> new TypeParameter(p.name, p.bounded))
                        .toList(),
                Optional.ofNullable(parser.superclass).map(SuperTypeVisitor::type),
                parser.interfaces.stream().map(SuperTypeVisitor::type).toList());
    }

    private static final class Parser extends SignatureVisitor {
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<SuperTypeVisitor> interfaces = new ArrayList<>();

        @Nullable private SuperTypeVisitor superclass;

        Parser() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitFormalTypeParameter(String name) {
            parameters.add(new Parameter(name));
        }

        @Override
        public SignatureVisitor visitClassBound() {
            return parameters.get(parameters.size() - 1);
        }

        @Override
        public SignatureVisitor visitInterfaceBound() {
            return parameters.get(parameters.size() - 1);
        }

        @Override
        public SignatureVisitor visitSuperclass() {
            superclass = new SuperTypeVisitor();
            return superclass;
        }

        @Override
        public SignatureVisitor visitInterface() {
            SuperTypeVisitor type = new SuperTypeVisitor();
            interfaces.add(type);
            return type;
        }
    }

    private static final class Parameter extends SignatureVisitor {
        private final String name;
        private boolean bounded;

        Parameter(String name) {
            super(Opcodes.ASM9);
            this.name = name;
        }

        @Override
        public void visitClassType(String bound) {
            bounded |= !bound.equals("java/lang/Object");
        }

        @Override
        public void visitTypeVariable(String bound) {
            bounded = true;
        }

        @Override
        public SignatureVisitor visitTypeArgument(char wildcard) {
            return new SignatureVisitor(Opcodes.ASM9) {};
        }
    }

    private static final class SuperTypeVisitor extends SignatureVisitor {
        private String name = "";
        private final List<Argument> arguments = new ArrayList<>();

        SuperTypeVisitor() {
            super(Opcodes.ASM9);
        }

        SuperType type() {
            return new SuperType(
                    ClassInfoVisitor.binary(name),
                    arguments.stream().map(a -> a.variable).toList());
        }

        @Override
        public void visitClassType(String internalName) {
            name = internalName;
        }

        @Override
        public void visitInnerClassType(String simpleName) {
            name = name + "$" + simpleName;
            arguments.clear();
        }

        @Override
        public SignatureVisitor visitTypeArgument(char wildcard) {
            Argument argument = new Argument();
            arguments.add(argument);
            return argument;
        }
    }

    private static final class Argument extends SignatureVisitor {
        private Optional<String> variable = Optional.empty();

        Argument() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitTypeVariable(String name) {
            variable = Optional.of(name);
        }

        @Override
        public SignatureVisitor visitArrayType() {
            return new SignatureVisitor(Opcodes.ASM9) {};
        }

        @Override
        public SignatureVisitor visitTypeArgument(char wildcard) {
            return new SignatureVisitor(Opcodes.ASM9) {};
        }
    }
}
