package io.sluice.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where and when a run was made.
 *
 * @param lines what the report says of it
 * @param load how many threads ran or waited for a core in the minute before the run
 */
record Environment(List<String> lines, double load) {

    /** What an idle machine has. */
    private static final double QUIET = 0.5;

    static Environment now(Plan plan, List<Jdk> jdks) throws IOException, InterruptedException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("an unknown processor");
        double load =
                Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
        return new Environment(
                List.of(
                        "- The %s form, on %s, of commit %s."
                                .formatted(plan.name(), LocalDate.now(ZoneOffset.UTC), commit()),
                        "- %s, %d cores, Linux %s."
                                .formatted(
                                        processor,
                                        Runtime.getRuntime().availableProcessors(),
                                        System.getProperty("os.version")),
                        "- JDK " + jdks.stream().map(Jdk::version).collect(Collectors.joining(" and ")) + "; "
                                + version("openssl", "version") + "; " + version("nginx", "-v") + "."),
                load);
    }

    boolean busy() {
        return load > QUIET;
    }

    private static String commit() throws InterruptedException {
        return version("git", "describe", "--always", "--dirty");
    }

    private static String version(String... command) throws InterruptedException {
        try {
            return Command.of(command).run().strip().replaceFirst(" \\(.*", "");
        } catch (IOException e) {
            return "no " + command[0];
        }
    }
}
