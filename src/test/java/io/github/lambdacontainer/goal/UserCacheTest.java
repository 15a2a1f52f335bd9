package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCacheTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, X, , /home/me/.cache/lambda-container",
        "Linux, XDG_CACHE_HOME, /var/cache/me, /var/cache/me/lambda-container",
        "Linux, XDG_CACHE_HOME, relative, /home/me/.cache/lambda-container",
        "Mac OS X, X, , /home/me/Library/Caches/lambda-container",
        "Windows 11, LOCALAPPDATA, /c/local, /c/local/lambda-container",
        "Windows 11, X, , /home/me/AppData/Local/lambda-container"
    })
    void followsTheOperatingSystem(String os, String variable, String value, Path directory) {
        Properties system = new Properties();
        system.setProperty("os.name", os);
        system.setProperty("user.home", "/home/me");

        assertThat(UserCache.directory(system, Map.of(variable, value == null ? "" : value)))
                .isEqualTo(directory);
    }
}
