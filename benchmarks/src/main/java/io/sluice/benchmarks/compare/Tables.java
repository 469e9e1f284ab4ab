package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Stack;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables of a report. */
final class Tables {

    private static final String NGINX = "nginx, OpenSSL 3";

    private final Results results;

    Tables(Results results) {
        this.results = results;
    }

    /** A line a server, a column a row of the comparison: the median, and the median of the ratios to a base. */
    String of(int jdk, Stack base, List<Stack> stacks, Row... rows) {
        StringBuilder table = new StringBuilder("| JDK " + jdk + " |");
        for (Row row : rows) {
            table.append(" ").append(row.label()).append(" |");
        }
        table.append("\n|---|").append("---|".repeat(rows.length)).append("\n");
        List<String> labels = new ArrayList<>(stacks.stream().map(Stack::label).toList());
        for (String label : labels) {
            line(table, jdk, label, base.label(), rows);
        }
        line(table, 0, NGINX, base.label(), rows);
        return table.toString();
    }

    private void line(StringBuilder table, int jdk, String label, String base, Row... rows) {
        if (Arrays.stream(rows).allMatch(row -> results.median(row, jdk, label).isEmpty())) {
            return;
        }
        table.append("| ").append(label).append(" |");
        for (Row row : rows) {
            table.append(" ")
                    .append(Figure.withRatio(results.median(row, jdk, label), results.ratio(row, jdk, label, base)))
                    .append(" |");
        }
        table.append("\n");
    }

    /** A line a server, a column a number of connections: KiB of heap, of direct memory, of RAM. */
    String idle(int jdk, List<Integer> numbers) {
        StringBuilder table = new StringBuilder("| JDK " + jdk + ", connections |");
        numbers.forEach(number -> table.append(" ").append(number).append(" |"));
        table.append("\n|---|").append("---|".repeat(numbers.size())).append("\n");
        for (Stack stack : Stack.values()) {
            if (held(jdk, stack.label(), numbers.get(0)).isPresent()) {
                table.append("| ").append(stack.label()).append(" |");
                numbers.forEach(number -> table.append(" ")
                        .append(held(jdk, stack.label(), number)
                                .map(Tables::cell)
                                .orElse("–"))
                        .append(" |"));
                table.append("\n");
            }
        }
        return table.toString();
    }

    private static String cell(Held held) {
        return Figure.amount(held.heapKib()) + " + " + Figure.amount(held.directKib()) + ", "
                + Figure.amount(held.residentKib());
    }

    Optional<Held> held(int jdk, String server, int connections) {
        return results.held().stream()
                .filter(one -> one.jdk() == jdk && one.server().equals(server) && one.connections() == connections)
                .findFirst();
    }

    static List<Stack> boringSsl() {
        return Stream.of(Stack.values()).filter(Stack::boringSsl).toList();
    }
}
