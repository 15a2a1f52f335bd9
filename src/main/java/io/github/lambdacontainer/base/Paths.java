package io.github.lambdacontainer.base;

import java.util.ArrayList;
import java.util.List;

/** Paths inside images and archives, whose separator is a slash on every machine. */
final class Paths {

    private Paths() {}

    /** The names of a path below the root; {@code .} and {@code ..} are resolved as text and cannot leave the root. */
    static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** The names as an absolute path. */
    static String text(List<String> parts) {
        return "/" + String.join("/", parts);
    }

    /** The path of the directory that holds what this absolute path names. */
    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** The last name of a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
