package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Runs the command line in a JVM of its own. */
final class Cli {

    /** How a command ended. */
    record Result(int exitCode, String output, String errors) {

        JsonObject json() {
            return JsonParser.parseString(output).getAsJsonObject();
        }
    }

    private final Path directory;
    private final List<String> launch;
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();

    private Cli(Path directory, List<String> launch) {
        this.directory = directory;
        this.launch = launch;
    }

    /** The compiled classes, in a directory that relative paths refer to. */
    static Cli in(Path directory) {
        return new Cli(directory, List.of("-cp", classPath(), SluiceCli.class.getName()));
    }

    /** A packaged jar. */
    static Cli ofJar(Path jar, Path directory) {
        return new Cli(directory, List.of("-jar", jar.toString()));
    }

    Cli option(String option) {
        options.add(option);
        return this;
    }

    Cli environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
        command.addAll(options);
        command.addAll(launch);
        command.addAll(List.of(arguments));
        return run(command, directory, environment);
    }

    /** Runs a script in which {@code sluice} is the command. */
    static Result script(Path directory, String script) throws IOException, InterruptedException {
        String function = "sluice() { '" + java() + "' -XX:TieredStopAtLevel=1 -cp '" + classPath() + "' "
                + SluiceCli.class.getName() + " \"$@\"; }\n";
        return run(List.of("bash", "-euo", "pipefail", "-c", function + script), directory, Map.of());
    }

    private static Result run(List<String> command, Path directory, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("sluice", ".out");
        Path errors = Files.createTempFile("sluice", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError(command + " did not end; it printed: " + Files.readString(output));
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8),
                    Files.readString(errors, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
