package io.sluice.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reports on the container that the tests of this JVM run on: for each feature whether it works, and facts in which containers
 * differ. The report is written to {@code target/report-<JDK>.properties} as the tests run. The table in docs/containers.md is
 * generated from it.
 */
public final class ContainerReport {

    private static final Map<String, String> ENTRIES = new TreeMap<>();

    private ContainerReport() {}

    /** A test of the feature passed. */
    static void works(String feature) {
        write(() -> ENTRIES.putIfAbsent("feature." + feature, "yes"));
    }

    /** A test of the feature failed. */
    static void fails(String feature) {
        write(() -> ENTRIES.put("feature." + feature, "no"));
    }

    /** The container does not have the feature. */
    public static void absent(String feature) {
        write(() -> ENTRIES.putIfAbsent("feature." + feature, "–"));
    }

    /** A fact about this container. */
    public static void fact(String name, Object value) {
        write(() -> ENTRIES.put("fact." + name, value.toString()));
    }

    private static synchronized void write(Runnable change) {
        change.run();
        ENTRIES.put("container", System.getProperty("container.name"));
        Path target = Path.of(System.getProperty("basedir"), "target");
        try {
            Files.writeString(
                    target.resolve("report-" + Runtime.version().feature() + ".properties"),
                    ENTRIES.entrySet().stream()
                            .map(entry ->
                                    entry.getKey().replaceAll("[ :=]", "\\\\$0") + " = " + entry.getValue() + "\n")
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
