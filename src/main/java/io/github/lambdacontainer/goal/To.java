package io.github.lambdacontainer.goal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The image to build. {@code <to>IMAGE</to>} is short for {@code <to><image>IMAGE</image></to>}. */
public final class To implements Options.ShortForm {

    /**
     * The name of the image, with a tag if wanted, such as {@code 123456789012.dkr.ecr.eu-west-1.amazonaws.com/fn:1};
     * {@code push} needs one. With several architectures each image has its architecture behind the tag.
     */
    @Option("the project's artifactId and version; none for push")
    private @Nullable String image;

    /** More tags for the same image. */
    @Option("the tag of the image's name alone")
    private @Nullable List<String> tags;

    private Auth auth = new Auth();

    /** Suffix of a Docker credential helper, such as {@code ecr-login}, asked for the registry that is pushed to. */
    @Option("none: the other credential sources are tried")
    private @Nullable String credHelper;

    /** More repositories of the same registry that may have layers of the image, so that they need not be sent. */
    @Option("the base's repository, where it is in the same registry")
    private @Nullable List<String> mountFrom;

    /** Whether a repository that Amazon ECR does not have is created; other registries do as they do. */
    @Option("false")
    private @Nullable Boolean createRepository;

    private RepositoryOptions repository = new RepositoryOptions();

    @Override
    public void set(String shorthand) {
        image = shorthand;
    }

    @Nullable String image() {
        return image;
    }

    List<String> tags() {
        return tags == null ? List.of() : tags;
    }

    Auth auth() {
        return auth;
    }

    @Nullable String credHelper() {
        return credHelper;
    }

    List<String> mountFrom() {
        return mountFrom == null ? List.of() : mountFrom;
    }

    boolean createRepository() {
        return Boolean.TRUE.equals(createRepository);
    }

    RepositoryOptions repository() {
        return repository;
    }
}
