package io.sluice.it.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tables of metrics and attributes in docs/operations.md. */
public final class MetricTable {

    /** A row of the first table. */
    public record Row(String metric, String instrument, String unit, Set<String> attributes, String meaning) {}

    private MetricTable() {}

    public static List<Row> metrics() throws IOException {
        return rows("| metric | instrument |").stream()
                .map(cells -> new Row(
                        code(cells[0]),
                        cells[1],
                        code(cells[2]),
                        new TreeSet<>(Arrays.asList(code(cells[3]).split(", "))),
                        cells[4]))
                .toList();
    }

    public static Set<String> attributes() throws IOException {
        return new TreeSet<>(rows("| attribute | values |").stream()
                .map(cells -> code(cells[0]))
                .toList());
    }

    private static List<String[]> rows(String head) throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "operations.md")).stream()
                .dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(2, line.length() - 2).split(" \\| "))
                .toList();
    }

    private static String code(String cell) {
        return cell.replace("`", "").trim();
    }
}
