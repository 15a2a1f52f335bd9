package io.github.lambdacontainer.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ComposerProperties {

    private static final List<String> SET = List.of("Env", "Entrypoint", "Cmd", "Labels", "WorkingDir", "User");

    @Property(tries = 300)
    void keepsEveryFieldThatIsNotSet(
            @ForAll("trees") ObjectNode extra,
            @ForAll("trees") ObjectNode extraOfConfig,
            @ForAll @IntRange(max = 4) int baseLayers,
            @ForAll("settings") ContainerConfig settings,
            @ForAll ImageFormat format) {
        ObjectNode config = extra.deepCopy();
        config.set("config", extraOfConfig);
        ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        for (int i = 0; i < baseLayers; i++) {
            diffIds.add(Bases.digest("tar " + i).toString());
        }
        BaseImage base = Bases.base(format, baseLayers, Bases.text(Json.write(config)));
        List<Layer> layers = List.of(Bases.layer("dependencies"), Bases.layer("classes"));

        Image image = Composer.compose(base, layers, settings, Optional.empty());

        ObjectNode before = Json.read("before", base.config()).node();
        ObjectNode after = Json.read("after", image.config()).node();
        before.deepCopy()
                .without(List.of("config", "rootfs", "history", "created"))
                .properties()
                .forEach(field -> assertThat(after.get(field.getKey())).isEqualTo(field.getValue()));
        JsonNode configAfter = after.get("config");
        before.get("config").properties().stream()
                .filter(field -> !SET.contains(field.getKey()))
                .forEach(field -> assertThat(configAfter.get(field.getKey())).isEqualTo(field.getValue()));
        assertThat(after.get("rootfs").get("diff_ids"))
                .hasSize(baseLayers + 2)
                .hasSize(image.layers().size());
        assertThat(after.get("history")).hasSize(baseLayers + 2);
        ObjectNode manifest = Json.read("manifest", image.manifest()).node();
        assertThat(manifest.get("layers")).hasSize(baseLayers + 2);
        assertThat(manifest.has("manifests")).isFalse();
        assertThat(manifest.get("mediaType").textValue()).isEqualTo(format.manifestType());
        assertThat(Composer.compose(base, layers, settings, Optional.empty())).isEqualTo(image);
    }

    @Property(tries = 300)
    void setsEachVariableOnceAndKeepsTheOrderOfTheOthers(
            @ForAll("environments") Map<String, String> ofBase, @ForAll("environments") Map<String, String> added) {
        ObjectNode config = Json.object();
        config.putObject("rootfs");
        ArrayNode variables = config.putObject("config").putArray("Env");
        ofBase.forEach((name, value) -> variables.add(name + "=" + value));
        BaseImage base = Bases.base(ImageFormat.OCI, 0, Bases.text(Json.write(config)));

        Image image = Composer.compose(base, List.of(), settings(added, Map.of()), Optional.empty());

        Map<String, String> result =
                ImageConfig.read("The image's config", image.config()).environment();
        assertThat(result).containsAllEntriesOf(added);
        ofBase.forEach((name, value) -> assertThat(result).containsEntry(name, added.getOrDefault(name, value)));
        assertThat(List.copyOf(result.keySet()).subList(0, ofBase.size())).containsExactlyElementsOf(ofBase.keySet());
        assertThat(Json.read("image", image.config()).node().at("/config/Env")).hasSize(result.size());
    }

    @Provide
    Arbitrary<Map<String, String>> environments() {
        return Arbitraries.maps(
                        Arbitraries.strings().withChars("ABC").ofMinLength(1).ofMaxLength(2),
                        Arbitraries.strings().withChars("a=é ").ofMaxLength(3))
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<ContainerConfig> settings() {
        return Combinators.combine(environments(), environments()).as(ComposerProperties::settings);
    }

    @Provide
    Arbitrary<ObjectNode> trees() {
        return Arbitraries.randomValue(random -> {
            ObjectNode tree = Json.object();
            for (int i = random.nextInt(5); i > 0; i--) {
                tree.set("x" + i, value(random, 3));
            }
            return tree;
        });
    }

    private static JsonNode value(Random random, int depth) {
        ObjectNode tree = Json.object();
        switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> tree.put("v", "text \u00e9\n\"" + random.nextInt());
            case 1 -> tree.put("v", new BigInteger(200, random));
            case 2 -> tree.put("v", new BigDecimal(new BigInteger(90, random), random.nextInt(60) - 30));
            case 3 -> tree.put("v", random.nextBoolean());
            case 4 -> tree.putNull("v");
            case 5 -> tree.putArray("v").add(value(random, depth - 1)).add(value(random, depth - 1));
            default -> tree.putObject("v").set("y", value(random, depth - 1));
        }
        return tree.get("v");
    }

    private static ContainerConfig settings(Map<String, String> environment, Map<String, String> labels) {
        return new ContainerConfig(
                Optional.empty(), List.of("h"), environment, labels, Optional.empty(), Optional.empty(), Instant.EPOCH);
    }
}
