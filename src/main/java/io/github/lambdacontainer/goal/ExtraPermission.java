package io.github.lambdacontainer.goal;

import org.jspecify.annotations.Nullable;

/** The mode of the extra files whose absolute path in the image a glob matches; on the command line {@code GLOB=MODE}. */
public final class ExtraPermission {

    private @Nullable String file;
    private @Nullable String mode;

    static ExtraPermission of(String text) {
        int equals = text.lastIndexOf('=');
        ExtraPermission permission = new ExtraPermission();
        permission.file = equals < 0 ? text : text.substring(0, equals);
        permission.mode = equals < 0 ? null : text.substring(equals + 1);
        return permission;
    }

    String file() {
        return file == null ? "" : file;
    }

    String mode() {
        return mode == null ? "" : mode;
    }
}
