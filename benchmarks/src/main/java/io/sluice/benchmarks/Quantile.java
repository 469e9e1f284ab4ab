package io.sluice.benchmarks;

import java.util.List;

/** Quantiles of figures. */
final class Quantile {

    private Quantile() {}

    /** Between two figures, the share of the way from the one to the other. */
    static double of(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted.get(below) + (sorted.get(above) - sorted.get(below)) * (place - below);
    }
}
