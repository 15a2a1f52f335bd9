package io.github.lambdacontainer.project;

import io.github.lambdacontainer.project.ClassInfo.MethodInfo;
import io.github.lambdacontainer.project.ClassInfo.SuperType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;

/** Collects what a class file declares. */
final class ClassInfoVisitor extends ClassVisitor {

    private String name = "";
    private int access;
    private boolean inner;
    private ClassSignature signature = ClassSignature.EMPTY;
    private final List<MethodInfo> methods = new ArrayList<>();

    ClassInfoVisitor() {
        super(Opcodes.ASM9);
    }

    /** What was collected. */
    ClassInfo info() {
        return new ClassInfo(
                binary(name),
                access,
                inner,
                signature.typeParameters(),
                signature.superclass().filter(s -> !s.name().equals("java.lang.Object")),
                signature.interfaces(),
                List.copyOf(methods));
    }

    @Override
    public void visit(
            int version,
            int flags,
            String internalName,
            @Nullable String generic,
            @Nullable String superName,
            String[] interfaces) {
        name = internalName;
        access = flags;
        signature = generic == null ? plain(superName, interfaces) : ClassSignature.parse(generic);
    }

    private static ClassSignature plain(@Nullable String superName, String[] interfaces) {
        return new ClassSignature(
                List.of(),
                Optional.ofNullable(superName).map(ClassInfoVisitor::raw),
                Stream.of(interfaces).map(ClassInfoVisitor::raw).toList());
    }

    private static SuperType raw(String internalName) {
        return new SuperType(binary(internalName), List.of());
    }

    @Override
    public void visitInnerClass(String internalName, @Nullable String outer, @Nullable String simple, int flags) {
        if (internalName.equals(name)) {
            inner = (flags & Opcodes.ACC_STATIC) == 0;
        }
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int flags, String methodName, String descriptor, @Nullable String generic, String[] exceptions) {
        methods.add(new MethodInfo(methodName, descriptor, flags, parameters(descriptor, generic)));
        return null;
    }

    private static List<String> parameters(String descriptor, @Nullable String generic) {
        if (generic == null) {
            return Arrays.stream(Type.getArgumentTypes(descriptor))
                    .map(Type::getClassName)
                    .toList();
        }
        ParameterTypes types = new ParameterTypes();
        new SignatureReader(generic).accept(types);
        return types.names();
    }

    static String binary(String internalName) {
        return internalName.replace('/', '.');
    }
}
