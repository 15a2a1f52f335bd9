package io.github.lambdacontainer.report;

import java.util.List;

/** Writes a report as a table in Markdown, for people who look at a build in their browser. */
final class ReportMarkdown {

    private ReportMarkdown() {}

    static String table(ImageReport report) {
        StringBuilder table = new StringBuilder();
        row(table, List.of("Image", "Digest", "Base", "Handler", "Size", "Layers"));
        row(table, List.of("---", "---", "---", "---", "---", "---"));
        row(
                table,
                List.of(
                        code(report.image().orElse("")),
                        code(report.imageDigest().toString()),
                        code(report.base().image()),
                        code(report.handler()),
                        Sizes.text(report.compressedSize()) + " (" + Sizes.text(report.uncompressedSize())
                                + " unpacked)",
                        Integer.toString(report.layers().size())));
        return table.append('\n').toString();
    }

    private static void row(StringBuilder table, List<String> cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }
}
