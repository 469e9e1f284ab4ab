package io.sluice.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** All figures of a run. */
final class Results {

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

    /** Every figure, a line each. */
    void write(Path file) throws IOException {
        List<String> lines = new ArrayList<>(List.of("row,jdk,server,round or connections,figure,unit"));
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
            lines.add(line("idle: heap", memory.jdk(), memory.server(), connections, memory.heapKib(), "KiB each"));
            lines.add(line("idle: direct", memory.jdk(), memory.server(), connections, memory.directKib(), "KiB each"));
            lines.add(line(
                    "idle: resident", memory.jdk(), memory.server(), connections, memory.residentKib(), "KiB each"));
        }
        Files.write(file, lines);
    }

    private static String line(String row, int jdk, String server, int number, double amount, String unit) {
        return String.format(Locale.ROOT, "\"%s\",%d,\"%s\",%d,%.4f,%s", row, jdk, server, number, amount, unit);
    }
}
