package io.github.lambdacontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents follow the OCI project's own schemas, as Debian's golang-github-opencontainers-image-spec-dev has them. */
class OciSchemasIT {

    private static final Path SCHEMAS = Path.of("/usr/share/gocode/src/github.com/opencontainers/image-spec/schema");
    private static final String ADDRESS = "https://opencontainers.org/schema/";

    @TempDir
    Path directory;

    private Image image;

    @BeforeEach
    void makeImage() {
        Assumptions.assumeTrue(Files.isDirectory(SCHEMAS), SCHEMAS + " is not installed");
        image = SampleImage.make(directory, ImageFormat.OCI).image();
    }

    private static void assertFollows(String schema, String document) {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V4,
                builder -> builder.schemaMappers(mappers -> mappers.mapPrefix(
                                ADDRESS + "image/", SCHEMAS.toUri().toString())
                        .mapPrefix(ADDRESS, SCHEMAS.toUri().toString())));
        assertThat(factory.getSchema(SCHEMAS.resolve(schema).toUri()).validate(document, InputFormat.JSON))
                .isEmpty();
    }

    private static String text(RawJson json) {
        return new String(json.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theManifestFollowsItsSchema() {
        assertFollows("image-manifest-schema.json", text(image.manifest()));
    }

    @Test
    void theConfigFollowsItsSchema() {
        assertFollows("config-schema.json", text(image.config()));
    }

    @Test
    void theIndexFollowsItsSchema() {
        assertFollows("image-index-schema.json", Indexes.ociIndex(image, List.of("docker.io/library/hello:1")));
        assertFollows("image-index-schema.json", Indexes.ociIndex(image, List.of()));
    }
}
