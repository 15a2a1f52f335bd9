package io.github.lambdacontainer.plan;

/** Where things stand in an image; the same places as in the AWS base images. */
final class ImagePaths {

    /** The task root: the project's classes and resources, and the working directory. */
    static final String TASK = "/var/task";

    /** The project's dependencies. */
    static final String LIBRARIES = TASK + "/lib";

    /** The jars of the interface client. */
    static final String CLIENT = "/var/runtime/lib";

    /** The native library of the interface client. */
    static final String CLIENT_NATIVE = CLIENT + "/jni";

    /** The argument file that holds the class path. */
    static final String CLASS_PATH = "/var/runtime/classpath";

    /** The project's classes as a jar, where a startup archive keeps them from being files. */
    static final String CLASSES_JAR = LIBRARIES + "/function.jar";

    /** The directory of the startup archive. */
    static final String STARTUP = "/var/runtime";

    /** A linked Java runtime. */
    static final String JAVA = "/var/lang";

    /** A linked Java runtime where the base has a Java of its own in the usual place. */
    static final String SECOND_JAVA = "/var/runtime/java";

    private ImagePaths() {}
}
