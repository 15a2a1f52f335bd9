package io.github.lambdacontainer.local;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseInterfaceClient;
import io.github.lambdacontainer.base.BaseJava;
import io.github.lambdacontainer.base.BaseKind;
import java.util.ArrayList;
import java.util.List;

/** What the bootstrap of an AWS base image for Java starts, for where that script's own paths are not there. */
final class Bootstrap {

    private static final String MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final String NATIVE_LIBRARY =
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=";

    private Bootstrap() {}

    /** The image with the bootstrap's command line instead of the bootstrap; any other image as it is. */
    static LocalImage replaced(LocalImage image) {
        BaseFacts base = image.base().facts();
        boolean stock = base.kind() == BaseKind.AWS_JAVA
                && image.command().subList(0, base.entrypoint().size()).equals(base.entrypoint());
        if (!stock || base.java().isEmpty() || base.interfaceClient().isEmpty()) {
            return image;
        }
        BaseInterfaceClient client = base.interfaceClient().get();
        BaseJava java = base.java().get();
        List<String> command = new ArrayList<>(List.of(java.executable()));
        command.addAll(List.of("-XX:MaxRAMPercentage=85.0", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (java.feature() >= 9) {
            command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
        }
        if (java.feature() >= 17) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        client.nativeLibrary().ifPresent(library -> command.add(NATIVE_LIBRARY + library));
        command.addAll(List.of("-classpath", String.join(":", client.jars()), MAIN_CLASS));
        command.addAll(image.command()
                .subList(base.entrypoint().size(), image.command().size()));
        return image.withCommand(command);
    }

    /** Directories of the base that such a command line reads. */
    static List<String> baseDirectories(BaseFacts base) {
        List<String> directories = new ArrayList<>();
        base.java().map(BaseJava::executable).ifPresent(java -> {
            directories.add(java);
            directories.add(parent(parent(java)));
        });
        base.interfaceClient().ifPresent(client -> {
            directories.addAll(client.jars());
            client.nativeLibrary().ifPresent(directories::add);
        });
        directories.removeIf(path -> path.isEmpty() || path.equals("/usr"));
        return List.copyOf(directories);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
