package io.github.lambdacontainer.registry;

/** Brings images into registries: what is there is not sent again, and tags move last. */
public final class Pusher {

    /**
     * Brings an image into its repository.
     *
     * @throws MissingRepositoryException if the registry does not have the repository
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be pushed; no tag has moved then
     */
    public PushedImage push(ImagePush push) throws MissingRepositoryException {
        throw new UnsupportedOperationException(push.toString());
    }
}
