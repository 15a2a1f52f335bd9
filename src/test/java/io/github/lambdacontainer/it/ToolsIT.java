package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other tools read the images. */
@NeedsTool({"skopeo", "umoci", "oci-image-tool"})
class ToolsIT {

    private static final Path SCHEMAS = Path.of("/usr/share/gocode/src/github.com/opencontainers/image-spec/schema");
    private static final String SCHEMA_ADDRESS = "https://opencontainers.org/schema/";
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource(
            value = Base.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AWS_JAVA_17_TWINS", "AWS_JAVA_25", "WITH_OWN_LOADER", "WITHOUT_LIBGCC"})
    void toolsReadAnImageOnEveryKindOfBase(Base base) throws IOException {
        toolsRead(MavenBuild.project("request-handler").from(base).succeed());
    }

    @Test
    void toolsReadAnImageOnScratch() throws IOException {
        toolsRead(MavenBuild.project("request-handler").from("scratch").succeed());
    }

    private static void toolsRead(MavenResult result) throws IOException {
        Path directory = It.directory("tools");
        Path layout = directory.resolve("layout");
        JsonNode inspected = JSON.readTree(skopeo("inspect", "docker-archive:" + result.archive()));
        assertThat(inspected.path("Architecture").asText()).isEqualTo(Bases.architecture());
        assertThat(inspected.path("Os").asText()).isEqualTo("linux");
        assertThat(inspected.path("Layers").size())
                .isEqualTo(result.json().path("layers").size());

        skopeo("copy", "docker-archive:" + result.archive(), "oci:" + layout + ":image");
        Command.of(Tools.get("oci-image-tool"), "validate", "--type", "image", "--ref", "name=image", layout)
                .output();
        Command.of(
                        Tools.get("umoci"),
                        "unpack",
                        "--rootless",
                        "--image",
                        layout + ":image",
                        directory.resolve("bundle"))
                .output();
        assertThat(directory.resolve("bundle/rootfs/var/task")).isDirectory();
        assertThat(Files.readAllBytes(directory.resolve("bundle/rootfs/var/task/prices.properties")))
                .isEqualTo(Files.readAllBytes(result.target().resolve("classes/prices.properties")));
        assertSchemas(new ImageLayout(layout));
    }

    static void assertSchemas(ImageLayout layout) throws IOException {
        if (!Files.isDirectory(SCHEMAS)) {
            assertThat(Tools.required()).as(SCHEMAS + " is there").isFalse();
            Assumptions.abort("[SKIPPED] " + SCHEMAS + " is not there");
        }
        assertSchema(
                "image-layout-schema.json",
                JSON.readTree(layout.directory().resolve("oci-layout").toFile()));
        assertSchema(
                "image-index-schema.json",
                JSON.readTree(layout.directory().resolve("index.json").toFile()));
        JsonNode manifest = layout.read(layout.top().path("digest").asText());
        assertSchema("image-manifest-schema.json", manifest);
        assertSchema(
                "config-schema.json",
                layout.read(manifest.path("config").path("digest").asText()));
    }

    private static void assertSchema(String name, JsonNode document) {
        String files = SCHEMAS.toUri().toString();
        var factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V4,
                builder -> builder.schemaMappers(mappers ->
                        mappers.mapPrefix(SCHEMA_ADDRESS + "image/", files).mapPrefix(SCHEMA_ADDRESS, files)));
        URI schema = SCHEMAS.resolve(name).toUri();
        assertThat(factory.getSchema(schema).validate(document)).as(name).isEmpty();
    }

    private static String skopeo(String... words) {
        Object[] command = new Object[words.length + 1];
        command[0] = Tools.get("skopeo");
        System.arraycopy(words, 0, command, 1, words.length);
        return Command.of(command).output();
    }
}
