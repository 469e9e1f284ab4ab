package io.sluice.benchmarks.compare;

import java.util.Locale;
import java.util.OptionalDouble;

/** How figures are written. */
final class Figure {

    private Figure() {}

    static String amount(OptionalDouble amount) {
        return amount.isEmpty() ? "–" : amount(amount.getAsDouble());
    }

    static String amount(double amount) {
        return String.format(Locale.ROOT, Math.abs(amount) < 100 ? "%.1f" : "%.0f", amount);
    }

    /** Two digits after the point, and nothing before it if there is nothing. */
    static String ratio(OptionalDouble ratio) {
        return ratio.isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()).replaceFirst("^0\\.", ".");
    }

    static String withRatio(OptionalDouble amount, OptionalDouble ratio) {
        return amount.isEmpty() ? "–" : amount(amount) + (ratio.isEmpty() ? "" : " (" + ratio(ratio) + ")");
    }
}
