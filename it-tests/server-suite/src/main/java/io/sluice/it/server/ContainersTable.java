package io.sluice.it.server;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Generates the table of docs/containers.md from the reports of the tests in {@code it-tests/**}{@code /target}. Run it from the
 * project's root, as a source file. The lines of containers without a report stay as they are.
 */
final class ContainersTable {

    private static final Path PAGE = Path.of("docs/containers.md");
    private static final String BEGIN = "<!-- table -->\n";
    private static final String END = "<!-- /table -->\n";
    private static final String NOT_TRIED = " ";

    /** The columns in the order of the table. Each except the first one is the name of a feature or a fact. */
    private static final List<String> COLUMNS = List.of(
            "container",
            "JDK",
            "injection",
            "outcomes",
            "streams",
            "endpoints",
            "connection scope",
            "problems reported",
            "problems in",
            "threads",
            "JNDI",
            "transactions",
            "redeployment",
            "loaders left",
            "two WARs",
            "EAR",
            "bundled SmallRye",
            "server's TLS");

    private ContainersTable() {}

    public static void main(String[] arguments) throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        Map<String, String> lines = lines(page.substring(from, to));
        reports().forEach((container, byJdk) -> lines.put(container, line(container, byJdk)));
        String table = Stream.of(Stream.of(row(COLUMNS), "|---".repeat(COLUMNS.size()) + "|"), lines.values().stream())
                .flatMap(each -> each)
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
    }

    /** Returns the existing lines by container, if they have these columns. */
    private static Map<String, String> lines(String table) {
        Map<String, String> lines = new TreeMap<>();
        List<String> all = table.lines().toList();
        if (!all.isEmpty() && all.get(0).equals(row(COLUMNS))) {
            all.stream().skip(2).forEach(line -> lines.put(line.split("\\|")[1].strip(), line));
        }
        return lines;
    }

    /** Returns the reports by container and JDK. */
    private static Map<String, Map<Integer, Properties>> reports() throws IOException {
        Map<String, Map<Integer, Properties>> reports = new TreeMap<>();
        try (Stream<Path> files = Files.find(
                Path.of("it-tests"),
                4,
                (file, attributes) -> file.getFileName().toString().matches("report-\\d+\\.properties"))) {
            files.forEach(file -> {
                Properties report = read(file);
                reports.computeIfAbsent(report.getProperty("container"), unknown -> new TreeMap<>())
                        .put(Integer.valueOf(file.getFileName().toString().replaceAll("\\D", "")), report);
            });
        }
        return reports;
    }

    private static Properties read(Path file) {
        Properties report = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            report.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return report;
    }

    private static String line(String container, Map<Integer, Properties> byJdk) {
        List<String> cells = new ArrayList<>();
        cells.add(container);
        cells.add(byJdk.keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        COLUMNS.stream().skip(2).map(column -> cell(column, byJdk)).forEach(cells::add);
        return row(cells);
    }

    /** Returns one value if the JDKs agree. */
    private static String cell(String column, Map<Integer, Properties> byJdk) {
        Map<Integer, String> values = new TreeMap<>();
        byJdk.forEach((jdk, report) -> Stream.of("feature.", "fact.")
                .map(kind -> report.getProperty(kind + column))
                .filter(Objects::nonNull)
                .forEach(value -> values.put(jdk, value)));
        List<String> different = values.values().stream().distinct().toList();
        if (different.size() > 1) {
            return values.entrySet().stream()
                    .map(value -> value.getValue() + " (" + value.getKey() + ")")
                    .collect(Collectors.joining(", "));
        }
        return different.isEmpty() ? NOT_TRIED : different.get(0);
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
