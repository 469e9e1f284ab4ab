package io.sluice.it.server;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An optional jar of Sluice, and the packages of what it needs. A jar that is added here is added to {@code servers/pom.xml}, too. */
enum OptionalJar {
    BORINGSSL("sluice-boringssl", "io.netty"),
    HEALTH("sluice-health", "org.eclipse.microprofile.health"),
    MICROMETER("sluice-micrometer", "io.micrometer"),
    OPENTELEMETRY("sluice-opentelemetry", "io.opentelemetry");

    private final String artifact;
    private final List<String> needed;

    OptionalJar(String artifact, String... needed) {
        this.artifact = artifact;
        this.needed = List.of(needed);
    }

    String artifact() {
        return artifact;
    }

    /** The words by which a log tells that a server has a difficulty with Sluice or its optional jars. */
    static List<String> words() {
        return Stream.concat(Stream.of("sluice"), Arrays.stream(values()).flatMap(jar -> jar.needed.stream()))
                .toList();
    }
}
