package io.sluice.benchmarks;

import java.util.List;

/** Quantiles of figures. */
public final class Quantile {

    private Quantile() {}

    /**
     * Interpolates between two neighbouring figures.
     *
     * @param values the figures, at least one
     * @param share the share of the figures that are lower: .5 for the median
     * @return the quantile
     */
    public static double of(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return sorted.get(below) + (sorted.get(above) - sorted.get(below)) * (place - below);
    }
}
