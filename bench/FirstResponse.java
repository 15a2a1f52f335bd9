import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long functions take from the start of their process, or of the client that starts their container, to
 * their first response, in alternation.
 *
 * <p>Arguments: rounds, a file with the event, and files with one word of a command a line, the first being the directory
 * to start it in. Prints the file's name, the median, the least and the greatest time in milliseconds.
 */
public final class FirstResponse {

    private static final String ROOT = "/2018-06-01/runtime/";

    private final byte[] event;
    private final BlockingQueue<byte[]> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final HttpServer server;

    private FirstResponse(byte[] event) throws Exception {
        this.event = event;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(ROOT, this::handle);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    public static void main(String[] arguments) {
        try {
            measure(arguments);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void measure(String[] arguments) throws Exception {
        byte[] event = Files.readAllBytes(Path.of(arguments[1]));
        Map<String, List<Double>> times = new LinkedHashMap<>();
        for (int round = -1; round < Integer.parseInt(arguments[0]); round++) {
            for (String command : Arrays.asList(arguments).subList(2, arguments.length)) {
                double time = new FirstResponse(event).measure(Path.of(command));
                // The first round warms the page cache.
                if (round >= 0) {
                    times.computeIfAbsent(command, name -> new ArrayList<>()).add(time);
                }
            }
        }
        times.forEach((command, all) -> {
            all.sort(null);
            System.out.printf(
                    Locale.ROOT,
                    "%s %.0f %.0f %.0f%n",
                    Path.of(command).getFileName(),
                    all.get(all.size() / 2),
                    all.get(0),
                    all.get(all.size() - 1));
        });
    }

    private double measure(Path file) throws Exception {
        List<String> words = Files.readAllLines(file);
        File log = new File(file + ".log");
        ProcessBuilder builder = new ProcessBuilder(words.subList(1, words.size()))
                .directory(new File(words.get(0)))
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", "/usr/sbin:/usr/bin:/bin",
                        "HOME", System.getProperty("user.home"),
                        "LANG", "C.UTF-8",
                        "AWS_REGION", "eu-central-1",
                        "AWS_LAMBDA_FUNCTION_NAME", "bench",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512",
                        "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + server.getAddress().getPort()));
        events.add(event);
        long start = System.nanoTime();
        Process process = builder.start();
        process.onExit().thenAccept(ended -> answers.add("exit code " + ended.exitValue()));
        String answer = answers.poll(60, TimeUnit.SECONDS);
        long end = System.nanoTime();
        end(process);
        server.stop(0);
        if (answer == null || !answer.contains("\"statusCode\":201")) {
            throw new IllegalStateException(file + " answered " + answer + "\n" + Files.readString(log.toPath()));
        }
        return (end - start) / 1e6;
    }

    /** With SIGTERM, which the client of a container hands on. */
    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(process.info() + " did not end.");
        }
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
                byte[] body = events.take();
                var headers = exchange.getResponseHeaders();
                headers.set("Content-Type", "application/json");
                headers.set("Lambda-Runtime-Aws-Request-Id", "bench");
                headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000));
                headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:bench");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } else {
                answers.add(new String(exchange.getRequestBody().readAllBytes()));
                exchange.sendResponseHeaders(202, -1);
            }
        } catch (Exception e) {
            // A function of an earlier round that was ended.
            Thread.currentThread().interrupt();
        }
    }
}
