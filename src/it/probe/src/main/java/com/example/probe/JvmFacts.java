package com.example.probe;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the JVM was started with. */
final class JvmFacts {

    Map<String, Object> all() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("javaVersion", Runtime.version().feature());
        facts.put("javaHome", System.getProperty("java.home"));
        facts.put("classPath", System.getProperty("java.class.path"));
        facts.put("flags", ManagementFactory.getRuntimeMXBean().getInputArguments());
        facts.put("defaultCharset", Charset.defaultCharset().name());
        facts.put("nativeCharset", System.getProperty("sun.jnu.encoding"));
        facts.put("locale", Locale.getDefault().toLanguageTag());
        facts.put("timeZone", ZoneId.systemDefault().getId());
        facts.put("berlin", Instant.EPOCH.atZone(ZoneId.of("Europe/Berlin")).toString());
        facts.put("german", String.format(Locale.GERMANY, "%,.1f", 1234.5));
        facts.put("windows1252", Charset.isSupported("windows-1252"));
        facts.put("shiftJis", Charset.isSupported("Shift_JIS"));
        return facts;
    }
}
