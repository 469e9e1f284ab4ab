package io.sluice.testing.internal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs a main class in a JVM of its own, with its own environment, system properties and class path. */
public final class ChildJvm {
    private final Class<?> main;
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> options = new ArrayList<>();
    private Predicate<String> classPath = entry -> true;

    private ChildJvm(Class<?> main) {
        this.main = main;
    }

    /** Prepares a JVM for a class with a main method. */
    public static ChildJvm of(Class<?> main) {
        return new ChildJvm(main);
    }

    /** Sets an environment variable. */
    public ChildJvm environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Adds options of the JVM. */
    public ChildJvm options(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** Sets a system property. */
    public ChildJvm property(String name, String value) {
        options.add("-D" + name + "=" + value);
        return this;
    }

    /** Removes the libraries whose path contains a text from the class path. */
    public ChildJvm without(String part) {
        classPath = classPath.and(entry -> !entry.contains(part));
        return this;
    }

    /** Runs it to its end and returns what it printed. */
    public String run(String... arguments) throws IOException, InterruptedException {
        Process process = process(arguments);
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(main + " failed: " + output);
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Starts it as a peer that is used while it runs. */
    public ProcessPeer start(String... arguments) throws IOException {
        return new ProcessPeer(process(arguments));
    }

    private Process process(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private String classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(classPath)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
