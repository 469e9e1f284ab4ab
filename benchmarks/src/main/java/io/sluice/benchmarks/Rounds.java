package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What each stack used in each round, and how that compares with the first of them, round by round. */
final class Rounds {

    private final Map<Stack, List<Double>> used = new EnumMap<>(Stack.class);

    void add(Stack stack, double amount) {
        used.computeIfAbsent(stack, unknown -> new ArrayList<>()).add(amount);
    }

    void addAll(Rounds others) {
        others.used.forEach((stack, amounts) -> amounts.forEach(amount -> add(stack, amount)));
    }

    /** A line a stack: the median amount, the median of the rounds' ratios, and between what these lie. */
    String table(String title, String unit) {
        StringBuilder table = new StringBuilder(
                String.format("%-34s %12s %8s   %s%n", title, unit, "ratio", "quartiles of the ratio, rounds"));
        List<Double> base = used.get(Stack.SSLSOCKET);
        used.forEach((stack, amounts) -> {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < amounts.size(); i++) {
                ratios.add(amounts.get(i) / base.get(i));
            }
            table.append(String.format(
                    "  %-32s %12.1f %8.3f   %.3f to %.3f, %d%n",
                    stack.label(),
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
