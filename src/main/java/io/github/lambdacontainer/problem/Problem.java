package io.github.lambdacontainer.problem;

import java.util.Optional;

/**
 * One thing that keeps an image from being built, told in three parts.
 *
 * @param what what happened, with the value that was found
 * @param setting the setting that governs it, if one does
 * @param next what the user can do about it
 */
public record Problem(String what, Optional<Setting> setting, String next) {

    /** A problem that the setting with this dotted path governs. */
    public static Problem of(String what, String setting, String next) {
        return new Problem(what, Optional.of(new Setting(setting)), next);
    }

    /** A problem that no setting governs. */
    public static Problem of(String what, String next) {
        return new Problem(what, Optional.empty(), next);
    }

    /** The three parts as the user reads them, one a line. */
    public String text() {
        return what + setting.map(s -> "\n  Setting: " + s).orElse("") + "\n  Next: " + next;
    }
}
