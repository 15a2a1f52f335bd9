package io.github.lambdacontainer.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Edits the config of the base into that of the image. */
final class ConfigEditor {

    private final ObjectNode root;

    private ConfigEditor(ObjectNode root) {
        this.root = root;
    }

    static RawJson edit(BaseImage base, List<Layer> layers, ContainerConfig settings) {
        ConfigEditor editor = new ConfigEditor(
                Json.read("The base image's config", base.config()).node());
        editor.root.put("created", settings.created().toString());
        editor.container(settings);
        ArrayNode diffIds = array(object(editor.root, "rootfs"), "diff_ids");
        layers.forEach(layer -> diffIds.add(layer.diffId().toString()));
        History history = new History(array(editor.root, "history"));
        history.pad(base.layers().size());
        layers.forEach(layer -> history.add(layer.name(), settings.created()));
        return Json.write(editor.root);
    }

    private void container(ContainerConfig settings) {
        ObjectNode config = object(root, "config");
        if (!settings.environment().isEmpty()) {
            environment(config, settings.environment());
        }
        settings.entrypoint().ifPresent(entrypoint -> set(config, "Entrypoint", entrypoint));
        set(config, "Cmd", settings.cmd());
        settings.workingDirectory().ifPresent(directory -> config.put("WorkingDir", directory));
        settings.user().ifPresent(user -> config.put("User", user));
        if (!settings.labels().isEmpty()) {
            settings.labels().forEach(object(config, "Labels")::put);
        }
    }

    /** A variable that is set again keeps its place, so that a config reads as its base's does. */
    private static void environment(ObjectNode config, Map<String, String> added) {
        Map<String, String> left = new LinkedHashMap<>(added);
        List<String> variables = new ArrayList<>();
        for (JsonNode element : array(config, "Env")) {
            String variable = element.textValue();
            String name = variable.split("=", 2)[0];
            if (!added.containsKey(name)) {
                variables.add(variable);
            } else if (left.containsKey(name)) {
                variables.add(name + "=" + left.remove(name));
            }
        }
        left.forEach((name, value) -> variables.add(name + "=" + value));
        set(config, "Env", variables);
    }

    private static void set(ObjectNode object, String name, Iterable<String> values) {
        values.forEach(object.putArray(name)::add);
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
    }

    private static ArrayNode array(ObjectNode parent, String name) {
        return parent.get(name) instanceof ArrayNode array ? array : parent.putArray(name);
    }
}
