package io.sluice.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK that runs servers.
 *
 * @param home where it is
 * @param feature its number, such as 17
 * @param version its whole version
 */
record Jdk(Path home, int feature, String version) {

    /** Homes of JDKs, separated by commas. */
    private static final String PROPERTY = "compare.jdks";

    /** The oldest that is supported, and the newest with long-term support. */
    private static final List<Integer> COMPARED = List.of(17, 25);

    private static final int FIRST_THAT_WARNS_OF_NATIVE_CODE = 24;

    /** Those of the property, or else the running one and, of its neighbours, one of each number that is compared. */
    static List<Jdk> all() throws IOException {
        String homes = System.getProperty(PROPERTY, "");
        if (!homes.isEmpty()) {
            List<Jdk> named = new ArrayList<>();
            for (String home : homes.split(",")) {
                named.add(at(Path.of(home)));
            }
            return named;
        }
        Jdk running = running();
        List<Jdk> found = new ArrayList<>(List.of(running));
        try (Stream<Path> neighbours = Files.list(running.home.toRealPath().getParent())) {
            for (Path home : neighbours.sorted().toList()) {
                if (Files.exists(home.resolve("release")) && Files.exists(home.resolve("bin/java"))) {
                    Jdk jdk = at(home);
                    if (COMPARED.contains(jdk.feature) && found.stream().noneMatch(one -> one.feature == jdk.feature)) {
                        found.add(jdk);
                    }
                }
            }
        }
        found.sort(Comparator.comparingInt(Jdk::feature));
        return found;
    }

    /** The one that runs this. */
    static Jdk running() throws IOException {
        return at(Path.of(System.getProperty("java.home")));
    }

    private static Jdk at(Path home) throws IOException {
        Properties release = new Properties();
        try (var in = Files.newBufferedReader(home.resolve("release"))) {
            release.load(in);
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return new Jdk(home, Runtime.Version.parse(version).feature(), version);
    }

    /** The beginning of a command that runs a program of this class path. */
    Command java() {
        Command java = Command.of(home.resolve("bin/java").toString(), "-Djava.util.logging.config.file=none");
        return (feature < FIRST_THAT_WARNS_OF_NATIVE_CODE ? java : java.with("--enable-native-access=ALL-UNNAMED"))
                .with("-cp", System.getProperty("java.class.path"));
    }
}
