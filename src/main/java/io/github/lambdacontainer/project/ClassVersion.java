package io.github.lambdacontainer.project;

/**
 * The newest class-file version of a project and where it was found.
 *
 * @param feature the Java feature version that reads it (class-file major version minus 44)
 * @param preview whether it uses preview features of that Java, so that no other Java reads it (class-file minor
 *     version 65535; Java Virtual Machine Specification, section 4.1)
 * @param location the class and the jar or directory it is in, as a user finds it
 */
public record ClassVersion(int feature, boolean preview, String location) {

    /** A version without preview features. */
    public ClassVersion(int feature, String location) {
        this(feature, false, location);
    }

    /** The newer of two; of equally new ones that with preview features, else the first. */
    static ClassVersion newer(ClassVersion first, ClassVersion other) {
        boolean stricter = other.feature == first.feature && other.preview && !first.preview;
        return other.feature > first.feature || stricter ? other : first;
    }
}
