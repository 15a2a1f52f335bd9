package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that the C library reads by fixed names. */
final class ScratchFiles {

    /** Lambda runs functions as {@code sbx_user1051}, 993:990, whatever USER says. */
    private static final String PASSWD = """
            root:x:0:0:root:/root:/sbin/nologin
            nobody:x:65534:65534:nobody:/:/sbin/nologin
            sbx_user1051:x:993:990::/home/sbx_user1051:/sbin/nologin
            """;

    private static final String GROUP = """
            root:x:0:
            nobody:x:65534:
            sbx_user1051:x:990:
            """;

    private static final String NAME_SERVICES = """
            passwd: files
            group: files
            hosts: files dns
            """;

    /** {@code C.UTF-8} of the GNU C library: without it {@code LANG} has no effect and file names are ASCII. */
    private static final String LOCALE = "/usr/lib/locale/C.utf8";

    private ScratchFiles() {}

    static List<LayerEntry> entries(Path root) throws IOException {
        List<LayerEntry> entries = new ArrayList<>(List.of(
                text("/etc/group", GROUP),
                text("/etc/nsswitch.conf", NAME_SERVICES),
                text("/etc/passwd", PASSWD),
                new LayerEntry.Directory("/tmp", 01777, "0:0")));
        Path locale = LoaderDirectories.below(root, LOCALE);
        if (Files.isDirectory(locale)) {
            for (FileTrees.TreeFile file : FileTrees.files(locale)) {
                entries.add(new LayerEntry.File(LOCALE + "/" + file.name(), new Content.OnDisk(file.path()), 0644));
            }
        }
        return entries;
    }

    private static LayerEntry text(String target, String text) {
        return new LayerEntry.File(target, new Content.Text(text), 0644);
    }
}
