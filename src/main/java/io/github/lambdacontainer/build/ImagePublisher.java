package io.github.lambdacontainer.build;

import io.github.lambdacontainer.ecr.Ecr;
import io.github.lambdacontainer.ecr.NewRepository;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.ImagePush;
import io.github.lambdacontainer.registry.MissingRepositoryException;
import io.github.lambdacontainer.registry.PushAhead;
import io.github.lambdacontainer.registry.PushedImage;
import io.github.lambdacontainer.registry.Pusher;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.report.BuildLog;
import io.github.lambdacontainer.report.ImageReport;
import io.github.lambdacontainer.report.ReportFiles;
import io.github.lambdacontainer.report.Upload;
import java.util.List;
import java.util.Optional;

/** Brings images that were built into the registries that their names say, and writes the reports on them. */
public final class ImagePublisher {

    private final Pusher pusher;
    private final Ecr ecr;
    private final BuildLog log;

    /** A publisher that tells this log what it does. */
    public ImagePublisher(Pusher pusher, Ecr ecr, BuildLog log) {
        this.pusher = pusher;
        this.ecr = ecr;
        this.log = log;
    }

    /** Begins to push what will be built of these requests; whoever pushes none of it closes it all the same. */
    public PushesAhead begin(List<BuildRequest> requests, PushRequest push) {
        return PushesAhead.begin(pusher, requests, push);
    }

    /**
     * Pushes an image.
     *
     * @param begun what has begun of it
     * @return what was pushed, with the URI by which a function refers to it
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be pushed; no tag names anything then but what it
     *     named before, or the whole image, and earlier results are left as they were
     */
    public ImageReport push(BuiltImage built, PushRequest request, PushesAhead begun) {
        String uri = uri(built);
        ImageReport report = built.report().pushedTo(uri);
        PushedImage pushed;
        try (ReportFiles.Prepared prepared = built.request().outputs().reports().prepare(report)) {
            pushed = push(
                    PushPlan.of(built).push(request.mountFrom()), begun.of(built.request()), request.newRepository());
            prepared.publish();
        }
        log.sent(new Upload(pushed.unchanged(), pushed.present(), pushed.mounted(), pushed.uploaded(), pushed.bytes()));
        log.pushed(uri);
        return report;
    }

    private static String uri(BuiltImage built) {
        Reference target = built.reference();
        return new Reference(
                        Ecr.functionHost(target.registry()),
                        target.repository(),
                        Optional.empty(),
                        Optional.of(built.image().digest()))
                .toString();
    }

    private PushedImage push(ImagePush push, PushAhead begun, Optional<NewRepository> newRepository) {
        Reference target = push.target();
        try {
            return pusher.push(push, begun);
        } catch (MissingRepositoryException e) {
            if (!Ecr.isPrivate(target.registry())) {
                throw missing(e.problem(), e);
            }
            if (ecr.create(target, newRepository.orElseThrow(() -> missing(Ecr.missing(target, e.problem()), e)))) {
                log.created(target.registry() + "/" + target.repository());
            }
        }
        try {
            return ecr.whenCreated(target, () -> pusher.push(push));
        } catch (MissingRepositoryException e) {
            throw new EnvironmentFailure(Ecr.notThereYet(e.problem()), e);
        }
    }

    private static UserFailure missing(Problem problem, MissingRepositoryException cause) {
        return new UserFailure(List.of(problem), cause);
    }
}
