package io.github.lambdacontainer.base;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The file system of an image as its layers leave it: all directories and symbolic links, and those files that matter.
 * Layers are applied lowest first (OCI image specification, layer.md, "Applying Changesets").
 */
final class ImageTree {

    /** As Linux does (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    /** Deeper than any real image; keeps walks within the stack. */
    private static final int DEEPEST = 1000;

    /** Something with a name. */
    sealed interface Node {
        int layer();
    }

    /** A file; the detail is what was read of its content. */
    record File(String detail, int layer) implements Node {}

    /** A symbolic link. */
    record Link(String target, int layer) implements Node {}

    /** A directory. */
    static final class Directory implements Node {
        private final Map<String, Node> children = new TreeMap<>();
        private final int depth;
        private int mode = 0755;
        private String owner = "0:0";
        private int layer;

        private Directory(int depth, int layer) {
            this.depth = depth;
            this.layer = layer;
        }

        @Override
        public int layer() {
            return layer;
        }

        int mode() {
            return mode;
        }

        String owner() {
            return owner;
        }
    }

    /** A node and its path without links. */
    record Found(String path, Node node) {}

    private final Directory root = new Directory(0, -1);
    private int layer;

    /** What follows belongs to this layer. */
    void startLayer(int number) {
        layer = number;
    }

    void putDirectory(List<String> path, int mode, String owner) {
        Directory directory = root;
        if (!path.isEmpty()) {
            Directory parent = parent(path);
            if (parent == null || parent.depth >= DEEPEST) {
                return;
            }
            // A directory replaces a link, even one to a directory; whatever else it meets is merged.
            directory = parent.children.get(last(path)) instanceof Directory there
                    ? there
                    : new Directory(parent.depth + 1, layer);
            parent.children.put(last(path), directory);
        }
        directory.mode = mode;
        directory.owner = owner;
        directory.layer = layer;
    }

    void putFile(List<String> path, String detail) {
        put(path, new File(detail, layer));
    }

    void putLink(List<String> path, String target) {
        put(path, new Link(target, layer));
    }

    /** A hard link: another name for what is there, which may be a file that does not matter. */
    void putHardLink(List<String> path, List<String> target) {
        Directory from = target.isEmpty() ? null : parent(target);
        Node there = from == null ? null : from.children.get(last(target));
        if (there instanceof Link link) {
            putLink(path, link.target());
        } else {
            putFile(path, there instanceof File file ? file.detail() : "");
        }
    }

    /** A file that does not matter, in place of whatever was there. */
    void hide(List<String> path) {
        put(path, null);
    }

    private void put(List<String> path, @Nullable Node node) {
        Directory parent = path.isEmpty() ? null : parent(path);
        if (parent == null) {
            return;
        }
        if (node == null) {
            parent.children.remove(last(path));
        } else {
            parent.children.put(last(path), node);
        }
    }

    /** Removes what lower layers have at this path. */
    void whiteout(List<String> path) {
        Directory parent = path.isEmpty() ? null : directory(path.subList(0, path.size() - 1));
        Node child = parent == null ? null : parent.children.get(last(path));
        if (parent != null && child != null && !survives(child)) {
            parent.children.remove(last(path));
        }
    }

    /** Removes what lower layers have in this directory. */
    void opaque(List<String> path) {
        Directory directory = directory(path);
        if (directory != null) {
            directory.children.values().removeIf(child -> !survives(child));
        }
    }

    private boolean survives(Node node) {
        if (node instanceof Directory directory) {
            directory.children.values().removeIf(child -> !survives(child));
            return directory.layer == layer || !directory.children.isEmpty();
        }
        return node.layer() == layer;
    }

    private @Nullable Directory parent(List<String> path) {
        Directory at = root;
        for (int i = 0; i < path.size() - 1; i++) {
            Node child = at.children.get(path.get(i));
            Directory next = child instanceof Directory there ? there : null;
            if (child instanceof Link) {
                next = directory(path.subList(0, i + 1));
            }
            if (next == null) {
                if (at.depth >= DEEPEST) {
                    return null;
                }
                next = new Directory(at.depth + 1, layer);
                at.children.put(path.get(i), next);
            }
            at = next;
        }
        return at;
    }

    private @Nullable Directory directory(List<String> path) {
        return find(path)
                .map(found -> found.node() instanceof Directory directory ? directory : null)
                .orElse(null);
    }

    /** What an absolute path leads to, with links followed, also the last one. */
    Optional<Found> find(String path) {
        return find(List.of(path.split("/", -1)));
    }

    private Optional<Found> find(List<String> path) {
        Deque<String> open = new ArrayDeque<>(path);
        List<String> names = new ArrayList<>();
        Deque<Directory> above = new ArrayDeque<>(List.of(root));
        int links = 0;
        while (!open.isEmpty()) {
            String name = open.pop();
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.remove(names.size() - 1);
                    above.pop();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                Node child = above.element().children.get(name);
                if (child instanceof Directory directory) {
                    names.add(name);
                    above.push(directory);
                } else if (child instanceof Link link && ++links <= MOST_LINKS) {
                    follow(link, open, names, above);
                } else if (child instanceof File && open.isEmpty()) {
                    names.add(name);
                    return Optional.of(new Found(Paths.text(names), child));
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Found(Paths.text(names), above.element()));
    }

    private void follow(Link link, Deque<String> open, List<String> names, Deque<Directory> above) {
        String[] target = link.target().split("/", -1);
        for (int i = target.length - 1; i >= 0; i--) {
            open.push(target[i]);
        }
        if (link.target().startsWith("/")) {
            names.clear();
            above.clear();
            above.push(root);
        }
    }

    /** The file that an absolute path leads to. */
    Optional<File> file(String path) {
        return find(path).map(Found::node).filter(File.class::isInstance).map(File.class::cast);
    }

    /** Shows every node with its absolute path, directories before what they hold, in the order of names. */
    void forEach(BiConsumer<String, Node> visitor) {
        visitor.accept("/", root);
        forEach("", root, visitor);
    }

    private static void forEach(String path, Directory directory, BiConsumer<String, Node> visitor) {
        directory.children.forEach((name, node) -> {
            visitor.accept(path + "/" + name, node);
            if (node instanceof Directory child) {
                forEach(path + "/" + name, child, visitor);
            }
        });
    }

    private static String last(List<String> path) {
        return path.get(path.size() - 1);
    }
}
