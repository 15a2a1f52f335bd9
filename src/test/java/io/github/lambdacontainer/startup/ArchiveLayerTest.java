package io.github.lambdacontainer.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.plan.ArchiveKind;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.plan.StartupPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class ArchiveLayerTest {

    private static final String FILE = "var/runtime/startup.jsa";

    private static final StartupPlan PLAN = new StartupPlan(
            ArchiveKind.CDS,
            17,
            new LayerPlan(StartupPlan.LAYER, List.of(new LayerEntry.File("/" + FILE, new Content.Text(""), 0644))),
            List.of(),
            List.of());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A layer of these files, which hold their names, and directories. */
    private static byte[] layer(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (String name : names) {
                byte[] content = name.endsWith("/") ? new byte[0] : name.getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(name);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private void copy(byte[] layer) throws IOException {
        ArchiveLayer.copy(new ByteArrayInputStream(layer), PLAN, out);
    }

    @Test
    void theOneFileIsTheArchive() throws IOException {
        copy(layer("var/", "var/runtime/", FILE));

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(FILE);
    }

    /** Only who reaches the end has verified it. */
    @Test
    void theLayerIsReadToItsEnd() throws IOException {
        byte[] whole = layer(FILE);
        byte[] more = Arrays.copyOf(whole, whole.length + 100_000);
        InputStream in = new ByteArrayInputStream(more);

        ArchiveLayer.copy(in, PLAN, out);

        assertThat(in.available()).isZero();
    }

    @Test
    void anythingElseIsRefused() throws IOException {
        assertThatThrownBy(() -> copy(layer("var/", FILE, "etc/passwd")))
                .isInstanceOf(IOException.class)
                .hasMessage("its top layer holds 'etc/passwd'");
        assertThatThrownBy(() -> copy(layer("var/runtime/startup.aot")))
                .hasMessage("its top layer holds" + " 'var/runtime/startup.aot'");
        assertThatThrownBy(() -> copy(layer(FILE, FILE))).hasMessage("its top layer holds '" + FILE + "'");
        assertThatThrownBy(() -> copy(layer("var/"))).hasMessage("its top layer holds no AppCDS archive");
    }

    @Test
    void aLinkInPlaceOfTheArchiveIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry link = new TarArchiveEntry(FILE, TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        assertThatThrownBy(() -> copy(bytes.toByteArray())).hasMessage("its top layer holds '" + FILE + "'");
    }

    @Test
    void aLayerThatIsCutOffIsRefused() throws IOException {
        byte[] whole = layer(FILE);

        assertThatThrownBy(() -> copy(Arrays.copyOf(whole, whole.length / 2))).isInstanceOf(EOFException.class);
    }
}
