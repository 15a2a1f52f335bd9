package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.file.Files;

/**
 * Hands images to a container engine.
 *
 * @param machine this machine
 * @param directories where an image's archive is until the engine has it
 */
record EngineStaging(Machine machine, WorkDirectories directories) {

    StagedImage stage(LocalImage image, String engine, ImageLoader loader) {
        return directories.with(work -> stage(image, new EngineProgram(engine), loader, work), staged -> true);
    }

    private StagedImage stage(LocalImage image, EngineProgram engine, ImageLoader loader, WorkDirectory work)
            throws IOException {
        String platform = "linux/" + image.base().facts().architecture().ociName();
        String name = "localhost/lambda-container:" + work.name();
        EngineWay way = new EngineWay(engine, name, platform, machine.isLinux());
        boolean loaded = false;
        try {
            loader.load(work.archive(), name);
            Files.delete(work.archive());
            loaded = true;
        } finally {
            if (!loaded) {
                way.close();
            }
        }
        return new StagedImage(image, way, work);
    }
}
