package io.github.lambdacontainer.goal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The cache directory each operating system gives a user. */
final class UserCache {

    private static final String NAME = "lambda-container";

    private UserCache() {}

    /** Follows the XDG base directory specification on Linux, and the systems' own habits on macOS and Windows. */
    static Path directory(Properties system, Map<String, String> environment) {
        Path home = Path.of(system.getProperty("user.home"));
        String os = system.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            return orElse(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"))
                    .resolve(NAME);
        }
        Path standard = home.resolve(os.startsWith("mac") ? "Library/Caches" : ".cache");
        return orElse(environment.get("XDG_CACHE_HOME"), standard).resolve(NAME);
    }

    private static Path orElse(@Nullable String directory, Path standard) {
        return directory == null || !Path.of(directory).isAbsolute() ? standard : Path.of(directory);
    }
}
