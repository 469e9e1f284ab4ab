package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.Quantile;
import io.sluice.benchmarks.compare.server.Stack;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the JDK's AOT cache and {@code warm-up} change for an endpoint that has just started: until it is ready, and in its first
 * connections. Needs JDK 25, and the jars of all modules ({@code package} instead of {@code compile}), because the cache has no classes
 * of directories.
 */
public final class AotStarts {

    private static final int FIRST_WITH_ONE_STEP = 25;
    private static final int TRAINING = 300;
    private static final int FIFTY = 50;
    private static final int WARM_UP = 200;
    private static final List<Stack> STACKS = List.of(Stack.ENDPOINT_JDK, Stack.ENDPOINT_BORINGSSL);

    /** How a server starts. */
    private enum Start {
        AS_IT_IS("as it is", false, false),
        AGAIN("again", false, false),
        WARMED_UP("`warm-up=" + WARM_UP + "`", false, true),
        CACHED("AOT cache", true, false),
        BOTH("both", true, true);

        private final String label;
        private final boolean cached;
        private final boolean warm;

        Start(String label, boolean cached, boolean warm) {
            this.label = label;
            this.cached = cached;
            this.warm = warm;
        }

        List<String> options(Path cache) {
            return Stream.of(
                            cached ? List.of("-XX:AOTCache=" + cache, "-XX:AOTMode=on") : List.<String>of(),
                            warm ? List.of("-Dsluice.ssl.ec.warm-up=" + WARM_UP) : List.<String>of())
                    .flatMap(List::stream)
                    .toList();
        }
    }

    /** What is measured of each start, in ms. */
    private enum Figures {
        READY("until ready, elapsed"),
        READY_CPU("until ready, CPU"),
        FIRST_CPU("first connection, CPU"),
        FIFTY_CPU("first 50 connections, CPU");

        private final String label;

        Figures(String label) {
            this.label = label;
        }
    }

    private final Jdk jdk = Jdk.running();
    private final String classPath = jars();
    private final Path directory;
    private final LoadClient client;

    private AotStarts(Path directory, LoadClient client) throws IOException {
        this.directory = directory;
        this.client = client;
        if (jdk.feature() < FIRST_WITH_ONE_STEP) {
            throw new IllegalStateException("the cache is made in one step from JDK " + FIRST_WITH_ONE_STEP + " on");
        }
    }

    /**
     * Runs it.
     *
     * @param arguments the number of rounds
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        Cores.require();
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
        Path directory = Files.createTempDirectory("sluice-aot");
        Certificates.write(directory);
        try (LoadClient client = LoadClient.build(directory, directory)) {
            AotStarts starts = new AotStarts(directory, client);
            for (Stack stack : STACKS) {
                System.out.println(starts.measure(stack, rounds));
            }
        } finally {
            Comparison.delete(directory);
        }
    }

    /** The class path of this JVM, with the jar of each module instead of its classes. */
    private static String jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            jars.add(Files.isDirectory(Path.of(entry)) ? jar(Path.of(entry)) : entry);
        }
        return String.join(File.pathSeparator, jars);
    }

    private static String jar(Path classes) throws IOException {
        try (Stream<Path> files = Files.list(classes.getParent())) {
            return files.map(Path::toString)
                    .filter(name -> name.matches(".*-\\d+(\\.\\d+)*(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(classes + " has no jar: run mvn package"));
        }
    }

    private List<String> options(List<String> more) {
        return Stream.concat(Stream.of("-cp", classPath), more.stream()).toList();
    }

    private String measure(Stack stack, int rounds) throws IOException, InterruptedException {
        Path cache = directory.resolve(stack + ".aot");
        train(stack, cache);
        Map<Start, Map<Figures, List<Double>>> all = new EnumMap<>(Start.class);
        for (int round = 0; round < rounds; round++) {
            List<Start> order = new ArrayList<>(Arrays.asList(Start.values()));
            Collections.shuffle(order);
            for (Start start : order) {
                measure(stack, start.options(cache))
                        .forEach((figure, millis) -> all.computeIfAbsent(start, unknown -> new EnumMap<>(Figures.class))
                                .computeIfAbsent(figure, unknown -> new ArrayList<>())
                                .add(millis));
            }
        }
        return table(stack, all);
    }

    private void train(Stack stack, Path cache) throws IOException, InterruptedException {
        try (ServerJvm server =
                ServerJvm.start(stack, jdk, directory, options(List.of("-XX:AOTCacheOutput=" + cache)))) {
            connect(server, TRAINING);
            server.end();
        }
        if (!Files.exists(cache)) {
            throw new IOException("the JVM made no cache");
        }
        System.out.printf("%s: a cache of %d MiB%n", stack.label(), Files.size(cache) >> 20);
    }

    private Map<Figures, Double> measure(Stack stack, List<String> more) throws IOException {
        long start = System.nanoTime();
        try (ServerJvm server = ServerJvm.start(stack, jdk, directory, options(more))) {
            Map<Figures, Double> figures = new EnumMap<>(Figures.class);
            figures.put(Figures.READY, (System.nanoTime() - start) / 1e6);
            double ready = millis(server);
            figures.put(Figures.READY_CPU, ready);
            connect(server, 1);
            figures.put(Figures.FIRST_CPU, millis(server) - ready);
            connect(server, FIFTY - 1);
            figures.put(Figures.FIFTY_CPU, millis(server) - ready);
            return figures;
        }
    }

    private double millis(ServerJvm server) throws IOException {
        return client.cpuSeconds(server.pid()) * 1e3;
    }

    private void connect(ServerJvm server, int count) throws IOException {
        int port = server.ports().number(Row.EC.door());
        client.run("connections " + port + " " + Row.EC.kind() + " " + count);
    }

    /** Medians, and quartiles in brackets. */
    private static String table(Stack stack, Map<Start, Map<Figures, List<Double>>> all) {
        StringBuilder table = new StringBuilder("| " + stack.label() + ", ms |");
        for (Figures figure : Figures.values()) {
            table.append(' ').append(figure.label).append(" |");
        }
        table.append("\n|---|").append("---|".repeat(Figures.values().length)).append('\n');
        all.forEach((start, figures) -> table.append("| ")
                .append(start.label)
                .append(figures.values().stream()
                        .map(AotStarts::cell)
                        .collect(Collectors.joining(" | ", " | ", " |\n"))));
        return table.toString();
    }

    private static String cell(List<Double> millis) {
        return String.format(
                Locale.ROOT,
                "%.0f (%.0f–%.0f)",
                Quantile.of(millis, .5),
                Quantile.of(millis, .25),
                Quantile.of(millis, .75));
    }
}
