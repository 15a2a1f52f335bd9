package io.github.lambdacontainer.project;

/** Names of class files below a root of the class path. */
final class ClassNames {

    private static final String SUFFIX = ".class";

    private ClassNames() {}

    /** Whether a path is that of a class which a function may load by its name, whatever Java runs it. */
    static boolean isClass(String path) {
        return path.endsWith(SUFFIX)
                && !path.endsWith("module-info.class")
                && !path.endsWith("package-info.class")
                && !path.startsWith("META-INF/versions/");
    }

    /** The binary name of the class at a path. */
    static String binary(String path) {
        return path.substring(0, path.length() - SUFFIX.length()).replace('/', '.');
    }

    /** The path of the class with a binary name. */
    static String path(String binaryName) {
        return binaryName.replace('.', '/') + SUFFIX;
    }

    /** The name after the last dot. */
    static String simple(String binaryName) {
        return binaryName.substring(binaryName.lastIndexOf('.') + 1);
    }
}
