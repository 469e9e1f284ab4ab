package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each server used in each round, and how that compares with the first of them, round by round. */
final class Rounds {

    private final Map<String, List<Double>> used = new LinkedHashMap<>();
    private final List<Double> base;

    /** The first server is what the others are compared with. */
    Rounds(List<String> servers) {
        servers.forEach(server -> used.put(server, new ArrayList<>()));
        this.base = of(servers.get(0));
    }

    void add(String server, double amount) {
        of(server).add(amount);
    }

    void addAll(Rounds others) {
        others.used.forEach((server, amounts) -> of(server).addAll(amounts));
    }

    /** The amounts of a server, in the order of the rounds. */
    List<Double> of(String server) {
        List<Double> amounts = used.get(server);
        if (amounts == null) {
            throw new IllegalArgumentException("no server " + server + " among " + used.keySet());
        }
        return amounts;
    }

    /** What a server used of what the first one used in the same round. */
    List<Double> ratios(String server) {
        List<Double> amounts = of(server);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < amounts.size(); i++) {
            ratios.add(amounts.get(i) / base.get(i));
        }
        return ratios;
    }

    /** A line a server: the median amount, the median of the rounds' ratios, and between what these lie. */
    String table(String title, String unit) {
        StringBuilder table = new StringBuilder(
                String.format("%-34s %12s %8s   %s%n", title, unit, "ratio", "quartiles of the ratio, rounds"));
        used.forEach((server, amounts) -> {
            List<Double> ratios = ratios(server);
            table.append(String.format(
                    "  %-32s %12.1f %8.3f   %.3f to %.3f, %d%n",
                    server,
                    quantile(amounts, 0.5),
                    quantile(ratios, 0.5),
                    quantile(ratios, 0.25),
                    quantile(ratios, 0.75),
                    ratios.size()));
        });
        return table.toString();
    }

    static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted.get(below) + (sorted.get(above) - sorted.get(below)) * (place - below);
    }
}
