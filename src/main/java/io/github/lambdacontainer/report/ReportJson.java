package io.github.lambdacontainer.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.image.JsonTrees;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** Writes a report as JSON; the first five keys are those of Jib. */
final class ReportJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

    private ReportJson() {}

    static String text(ImageReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        report.image().ifPresent(image -> json.put("image", image));
        json.put("imageId", report.imageId().toString());
        json.put("imageDigest", report.imageDigest().toString());
        texts(json.putArray("tags"), report.tags());
        json.put("imagePushed", report.imagePushed());
        report.imageUri().ifPresent(uri -> json.put("imageUri", uri));
        json.put("architecture", report.architecture().lambdaName());
        json.put("handler", report.handler());
        base(json.putObject("base"), report.base());
        texts(json.putArray("entrypoint"), report.entrypoint());
        texts(json.putArray("cmd"), report.cmd());
        ArrayNode layers = json.putArray("layers");
        report.layers().forEach(layer -> layer(layers.addObject(), layer));
        json.put("compressedSize", report.compressedSize());
        json.put("uncompressedSize", report.uncompressedSize());
        texts(json.putArray("warnings"), report.warnings());
        return pretty(json) + "\n";
    }

    private static void base(ObjectNode json, ReportedBase base) {
        json.put("image", base.image());
        base.digest().ifPresent(digest -> json.put("digest", digest.toString()));
        json.put("kind", id(base.kind()));
        base.java().ifPresent(java -> json.put("java", java));
        base.libc().ifPresent(libc -> json.put("libc", libc));
    }

    /** Other tools compare these: they never change. */
    private static String id(BaseKind kind) {
        return switch (kind) {
            case AWS_JAVA -> "aws-java";
            case AWS_OS_ONLY -> "aws-os-only";
            case WITH_JAVA -> "with-java";
            case WITHOUT_JAVA -> "without-java";
            case SCRATCH -> "scratch";
        };
    }

    private static void layer(ObjectNode json, ReportedLayer layer) {
        json.put("name", layer.name());
        json.put("digest", layer.digest().toString());
        json.put("size", layer.size());
        json.put("uncompressedSize", layer.uncompressedSize());
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static String pretty(ObjectNode json) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator(""));
        printer.indentObjectsWith(INDENTER);
        printer.indentArraysWith(INDENTER);
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.setPrettyPrinter(printer);
            JsonTrees.write(json, out);
        } catch (IOException e) {
            throw new IllegalStateException("A tree of texts and numbers can be written", e);
        }
        return text.toString();
    }
}
