package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseDirectory;
import io.github.lambdacontainer.base.BaseFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Fits layers onto the directories of a base. A layer brings the parents of its files with it, as ordinary directories:
 * that would replace a symbolic link of the base, or take a directory's own mode and owner away.
 *
 * @param links symbolic links to directories → the directory each leads to
 * @param directories directories with a mode or owner of their own
 */
record BaseTree(Map<String, String> links, Map<String, BaseDirectory> directories) {

    static BaseTree of(BaseFacts base) {
        return new BaseTree(base.directoryLinks(), base.directories());
    }

    /** The same layer with its files where the base's links lead, and with the base's own directories repeated. */
    LayerPlan fit(LayerPlan layer) {
        List<LayerEntry> entries = new ArrayList<>();
        Map<String, LayerEntry> kept = new TreeMap<>();
        for (LayerEntry entry : layer.entries()) {
            LayerEntry fitted = atRealParent(entry);
            entries.add(fitted);
            keepParents(fitted.target(), kept);
        }
        kept.values().stream()
                .filter(directory -> entries.stream().noneMatch(e -> e.target().equals(directory.target())))
                .toList()
                .forEach(entries::add);
        return new LayerPlan(layer.name(), List.copyOf(entries));
    }

    /** The directory that this path leads to in the base. */
    String realDirectory(String path) {
        String real = path;
        // Each round takes one link; links that lead in circles lead to no directory.
        for (int round = 0; round <= links.size(); round++) {
            String next = followFirstLink(real);
            if (next.equals(real)) {
                return real;
            }
            real = next;
        }
        return real;
    }

    private String followFirstLink(String path) {
        for (String prefix = path; !prefix.isEmpty(); prefix = parent(prefix)) {
            String target = links.get(prefix);
            if (target != null) {
                return ("/".equals(target) ? "" : target) + path.substring(prefix.length());
            }
        }
        return path;
    }

    private LayerEntry atRealParent(LayerEntry entry) {
        String parent = parent(entry.target());
        String target = realDirectory(parent) + entry.target().substring(parent.length());
        if (entry instanceof LayerEntry.File file) {
            return new LayerEntry.File(target, file.content(), file.mode());
        }
        LayerEntry.Directory directory = (LayerEntry.Directory) entry;
        return new LayerEntry.Directory(target, directory.mode(), directory.owner());
    }

    private void keepParents(String target, Map<String, LayerEntry> kept) {
        for (String path = parent(target); !path.isEmpty(); path = parent(path)) {
            BaseDirectory own = directories.get(path);
            if (own != null) {
                kept.put(path, new LayerEntry.Directory(path, own.mode(), own.owner()));
            }
        }
    }

    /** The parent of an absolute path; an empty text for that of a path at the root. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
