package io.github.lambdacontainer.runtime;

import java.util.Set;

/**
 * Native files of the module {@code java.desktop}, which the interface client brings in for {@code java.beans} alone.
 *
 * <p>Those that need a display or a sound card have no use in a function: what they need is left out. The others serve
 * pictures without a screen: what they need is added where the build machine has it, and missed by nobody where not.
 */
final class DesktopLibraries {

    private static final Set<String> FILES = Set.of(
            "libawt.so",
            "libawt_headless.so",
            "libawt_xawt.so",
            "libfontmanager.so",
            "libfreetype.so",
            "libjavajpeg.so",
            "libjawt.so",
            "libjsound.so",
            "liblcms.so",
            "libmlib_image.so",
            "libsplashscreen.so");

    private DesktopLibraries() {}

    static boolean has(NativeFile file) {
        return file.layer().equals(JavaRuntimes.LAYER) && FILES.contains(file.name());
    }

    static boolean needsDevice(NativeFile file) {
        return file.elf().needed().stream().anyMatch(name -> name.startsWith("libX") || name.startsWith("libasound."));
    }
}
