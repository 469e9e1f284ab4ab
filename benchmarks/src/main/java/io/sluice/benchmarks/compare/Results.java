package io.sluice.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All figures of a run. */
final class Results {

    private static final Pattern LINE = Pattern.compile("\"(.*?)\",(\\d+),\"(.*?)\",(\\d+),([-.\\d]+),.*");
    private static final String CLIENT = "load client busy, at most";
    private static final List<String> MEMORY = List.of("idle: heap", "idle: direct", "idle: resident");

    private final List<Sample> samples = new ArrayList<>();
    private final List<Held> held = new ArrayList<>();
    private double busiest;

    void add(Sample sample) {
        samples.add(sample);
    }

    void add(Held memory) {
        held.add(memory);
    }

    /** The load client's share of its core while something was measured. */
    void clientBusy(double share) {
        busiest = Math.max(busiest, share);
    }

    double busiest() {
        return busiest;
    }

    List<Held> held() {
        return held;
    }

    /** The amounts by round. */
    private Map<Integer, Double> amounts(Row row, int jdk, String server) {
        Map<Integer, Double> amounts = new HashMap<>();
        samples.stream()
                .filter(sample -> sample.row() == row
                        && sample.jdk() == jdk
                        && sample.server().equals(server))
                .forEach(sample -> amounts.put(sample.round(), sample.amount()));
        return amounts;
    }

    OptionalDouble median(Row row, int jdk, String server) {
        return median(amounts(row, jdk, server).values().stream().sorted().toList());
    }

    /** The median of "this server / the base in the same round". */
    OptionalDouble ratio(Row row, int jdk, String server, String base) {
        Map<Integer, Double> own = amounts(row, jdk, server);
        Map<Integer, Double> others = amounts(row, jdk, base);
        return median(own.entrySet().stream()
                .filter(entry -> others.containsKey(entry.getKey()))
                .map(entry -> entry.getValue() / others.get(entry.getKey()))
                .sorted()
                .toList());
    }

    private static OptionalDouble median(List<Double> sorted) {
        int size = sorted.size();
        return size == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2);
    }

    boolean hasMemory(int jdk, String server) {
        return held.stream().anyMatch(one -> one.jdk() == jdk && one.server().equals(server));
    }

    /** Adds the figures of a run that was interrupted. */
    void read(Path file) throws IOException {
        Map<List<Object>, double[]> memory = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            Matcher fields = LINE.matcher(line);
            if (!fields.matches()) {
                continue;
            }
            int jdk = Integer.parseInt(fields.group(2));
            int number = Integer.parseInt(fields.group(4));
            double amount = Double.parseDouble(fields.group(5));
            if (fields.group(1).equals(CLIENT)) {
                clientBusy(amount);
            } else if (MEMORY.contains(fields.group(1))) {
                memory.computeIfAbsent(List.of(jdk, fields.group(3), number), any -> new double[MEMORY.size()])[
                        MEMORY.indexOf(fields.group(1))] = amount;
            } else {
                add(new Sample(Row.labelled(fields.group(1)), jdk, fields.group(3), number, amount));
            }
        }
        memory.forEach((of, kib) ->
                add(new Held((int) of.get(0), (String) of.get(1), (int) of.get(2), kib[0], kib[1], kib[2])));
    }

    /** Every figure, a line each. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of("row,jdk,server,round or connections,figure,unit"));
        if (busiest > 0) {
            lines.add(line(CLIENT, 0, "", 0, busiest, "share"));
        }
        for (Sample sample : samples) {
            lines.add(line(
                    sample.row().label(),
                    sample.jdk(),
                    sample.server(),
                    sample.round(),
                    sample.amount(),
                    sample.row().unit().label()));
        }
        for (Held memory : held) {
            int connections = memory.connections();
            double[] kib = {memory.heapKib(), memory.directKib(), memory.residentKib()};
            for (int i = 0; i < kib.length; i++) {
                lines.add(line(MEMORY.get(i), memory.jdk(), memory.server(), connections, kib[i], "KiB each"));
            }
        }
        Files.write(file, lines);
    }

    private static String line(String row, int jdk, String server, int number, double amount, String unit) {
        return String.format(Locale.ROOT, "\"%s\",%d,\"%s\",%d,%.4f,%s", row, jdk, server, number, amount, unit);
    }
}
