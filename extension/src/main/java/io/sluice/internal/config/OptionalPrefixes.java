package io.sluice.internal.config;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The prefixes below {@code sluice.} whose properties other jars read and check. Such a jar has a resource
 * {@code META-INF/sluice/prefixes} with one prefix per line, such as {@code sluice.audit}. A {@code #} begins a comment.
 *
 * @param present the prefixes of the jars that are present
 * @param jars the artifact that reads a prefix, by the prefix, for those that are published with this one
 */
record OptionalPrefixes(Set<String> present, Map<String, String> jars) {
    static final String RESOURCE = "META-INF/sluice/prefixes";

    /** A jar is added here in the release that publishes it. */
    private static final Map<String, String> PUBLISHED = Map.of(
            HealthKeys.PREFIX, "io.sluice:sluice-health",
            ClientKeys.PREFIX, "io.sluice:sluice-client");

    /** The prefixes that the application can see. */
    static OptionalPrefixes ofApplication(Problems problems) {
        ClassLoader own = OptionalPrefixes.class.getClassLoader();
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return of(PUBLISHED, application == null ? List.of(own) : List.of(application, own), problems);
    }

    static OptionalPrefixes of(Map<String, String> jars, List<ClassLoader> loaders, Problems problems) {
        Set<String> present = new TreeSet<>();
        for (ClassLoader loader : loaders) {
            try {
                for (URL resource : Collections.list(loader.getResources(RESOURCE))) {
                    present.addAll(prefixes(resource));
                }
            } catch (IOException e) {
                problems.error(new Problem(
                        "sluice.…",
                        Optional.of(RESOURCE),
                        "the prefixes of optional jars cannot be read (" + e + ")",
                        "Repair the jar"));
            }
        }
        return new OptionalPrefixes(present, jars);
    }

    private static List<String> prefixes(URL resource) throws IOException {
        URLConnection connection = resource.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceAll("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    /** Tests whether a jar that is present reads the property. */
    boolean isRead(String property) {
        return present.stream().anyMatch(prefix -> isBelow(property, prefix));
    }

    /** The jar that would read the property. */
    Optional<String> missingJar(String property) {
        return jars.entrySet().stream()
                .filter(jar -> isBelow(property, jar.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** All prefixes, whether their jars are present or not. */
    Set<String> all() {
        Set<String> all = new TreeSet<>(present);
        all.addAll(jars.keySet());
        return all;
    }

    static boolean isBelow(String property, String prefix) {
        return property.equals(prefix) || property.startsWith(prefix + ".") || property.startsWith(prefix + "[");
    }
}
