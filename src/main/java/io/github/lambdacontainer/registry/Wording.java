package io.github.lambdacontainer.registry;

/** How the sentences of a failure differ between reading a base image and pushing an image. */
enum Wording {
    /** A base image is read. */
    READING(
            "from",
            "The base image '%s' may not be read",
            "may read it",
            " from ",
            "Take the image from",
            "Check that this address is a container registry.",
            "Read the image over HTTPS, or from a repository that needs no password."),
    /** An image is pushed. */
    PUSHING(
            "to",
            "The image '%s' may not be pushed",
            "may push it",
            " at ",
            "Push the image to",
            "Correct what the registry says, or ask who runs it.",
            "Push the image over HTTPS, or to a repository that needs no password."),
    /** The image that a push will replace is read, for what can be reused of it. */
    LOOKING(
            "to",
            "The image '%s' could not be looked at",
            "may read it",
            " from ",
            "Push the image to",
            "Correct what the registry says, or ask who runs it.",
            "Push the image over HTTPS, or to a repository that needs no password.");

    private final String settings;
    private final String denied;
    private final String permission;
    private final String place;
    private final String move;
    private final String refused;
    private final String privately;

    Wording(
            String settings,
            String denied,
            String permission,
            String place,
            String move,
            String refused,
            String privately) {
        this.settings = settings;
        this.denied = denied;
        this.permission = permission;
        this.place = place;
        this.move = move;
        this.refused = refused;
        this.privately = privately;
    }

    /** The setting that names the image. */
    String image() {
        return settings + ".image";
    }

    /** The setting that holds credentials. */
    String auth() {
        return settings + ".auth";
    }

    /** The setting that names a credential helper. */
    String credHelper() {
        return settings + ".credHelper";
    }

    /** That the registry refused this image, as the beginning of a sentence. */
    String denied(Reference reference) {
        return denied.formatted(reference);
    }

    /** What better credentials may do. */
    String permission() {
        return permission;
    }

    /** What stands between what was done and the registry's name. */
    String place() {
        return place;
    }

    /** The beginning of the advice to use another registry. */
    String move() {
        return move;
    }

    /** The advice after a refusal that says nothing about the image or who asks. */
    String refused() {
        return refused;
    }

    /** The advice for a registry that wants a password over plain HTTP. */
    String privately() {
        return privately;
    }
}
