package com.example.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the operating system of the image gives the function. */
final class SystemFacts {

    Map<String, Object> all() {
        try {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("uid", id("Uid:"));
            facts.put("gid", id("Gid:"));
            facts.put("workingDirectory", System.getProperty("user.dir"));
            facts.put("localhost", InetAddress.getByName("localhost").isLoopbackAddress());
            facts.put("resource", resource());
            facts.put("temporaryFile", temporaryFile());
            facts.put("rootIsReadOnly", rootIsReadOnly());
            return facts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int id(String field) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
        return status.stream()
                .filter(line -> line.startsWith(field))
                .map(line -> Integer.valueOf(line.split("\\s+")[1]))
                .findFirst()
                .orElseThrow();
    }

    private static String resource() throws IOException {
        try (InputStream resource = SystemFacts.class.getResourceAsStream("/com/example/probe/word.txt")) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static String temporaryFile() throws IOException {
        Path file = Files.createTempFile("probe", ".txt");
        Files.writeString(file, "written");
        return Files.readString(file);
    }

    private static boolean rootIsReadOnly() {
        try {
            Files.createFile(Path.of("/var/probe"));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
