package io.github.lambdacontainer.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A real JVM reads back what the plan quotes. */
class JvmArgumentsIT {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @Property(tries = 8)
    void argumentFilesReadBack(@ForAll("values") List<String> values) throws Exception {
        Path file = Files.createTempFile("arguments", "");
        try {
            List<String> arguments = new ArrayList<>(properties(values));
            arguments.addAll(List.of("-cp", classPath() + ":/a b/#c's \"d\"\\e.jar"));
            Files.writeString(file, ArgumentFile.of(arguments), UTF_8);

            assertThat(run(new ProcessBuilder(JAVA, "@" + file, Echo.class.getName(), values.size() + "")))
                    .containsExactlyElementsOf(values);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 8)
    void toolOptionsReadBack(@ForAll("values") List<String> values) throws Exception {
        ProcessBuilder java = new ProcessBuilder(JAVA, "-cp", classPath(), Echo.class.getName(), values.size() + "");
        java.environment().put(ToolOptions.VARIABLE, ToolOptions.append("-Dpresent=\"1 2\"", properties(values)));

        assertThat(run(java)).containsExactlyElementsOf(values);
    }

    @Provide
    Arbitrary<List<String>> values() {
        return Arbitraries.strings()
                .withChars(" \t\n\r\f\"'\\#@:*$%ab-")
                .ofMaxLength(12)
                .list()
                .ofSize(50);
    }

    private static List<String> properties(List<String> values) {
        List<String> properties = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            properties.add("-Dvalue" + i + "=" + values.get(i));
        }
        return properties;
    }

    private static String classPath() throws Exception {
        return Path.of(Echo.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static List<String> run(ProcessBuilder java) throws IOException, InterruptedException {
        Process process = java.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return output.lines()
                .map(line -> new String(HexFormat.of().parseHex(line.substring(1)), UTF_8))
                .toList();
    }

    /** Prints the properties {@code value0}, {@code value1}, … as hexadecimal lines. */
    static final class Echo {

        private Echo() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
                byte[] value = System.getProperty("value" + i).getBytes(UTF_8);
                System.out.println("=" + HexFormat.of().formatHex(value));
            }
        }
    }
}
