package io.github.lambdacontainer.image;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is read of an image's config (OCI image specification, config.md); unset and empty mean the same there. */
record ImageConfig(
        Map<String, String> environment,
        List<String> entrypoint,
        List<String> cmd,
        Optional<String> workingDirectory,
        Optional<String> user,
        Optional<String> architecture,
        Optional<String> variant,
        Optional<String> operatingSystem,
        List<Digest> diffIds) {

    static ImageConfig read(String name, RawJson raw) {
        JsonObject root = Json.read(name + " " + raw.digest(), raw);
        JsonObject config =
                root.object("config").orElseGet(() -> new JsonObject(root.document(), "config", Json.object()));
        config.object("Labels");
        root.objects("history").forEach(entry -> entry.bool("empty_layer"));
        return new ImageConfig(
                environment(config.texts("Env")),
                List.copyOf(config.textOrTexts("Entrypoint")),
                List.copyOf(config.textOrTexts("Cmd")),
                config.text("WorkingDir").filter(text -> !text.isEmpty()),
                config.text("User").filter(text -> !text.isEmpty()),
                root.text("architecture").filter(text -> !text.isEmpty()),
                root.text("variant").filter(text -> !text.isEmpty()),
                root.text("os").filter(text -> !text.isEmpty()),
                diffIds(root));
    }

    private static List<Digest> diffIds(JsonObject root) {
        JsonObject rootfs = root.object("rootfs").orElseThrow(() -> root.missing("rootfs"));
        List<Digest> digests = new ArrayList<>();
        for (String text : rootfs.texts("diff_ids")) {
            digests.add(root.digest("rootfs.diff_ids[" + digests.size() + "]", text));
        }
        return List.copyOf(digests);
    }

    private static Map<String, String> environment(List<String> variables) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            String name = equals < 0 ? variable : variable.substring(0, equals);
            environment.put(name, equals < 0 ? "" : variable.substring(equals + 1));
        }
        return Collections.unmodifiableMap(environment);
    }
}
