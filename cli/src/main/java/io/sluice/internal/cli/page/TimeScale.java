package io.sluice.internal.cli.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where a time is on a line of which now is a fixed point. The nearer a time is, the more room it has: the scale is logarithmic on both
 * sides, so that hours and years fit on one line.
 */
final class TimeScale {

    /**
     * A mark with a label.
     *
     * @param position its place in percent of the line
     * @param label the text
     */
    record Mark(double position, String label) {}

    /** A little past, because a certificate's end matters more than its begin. */
    static final double NOW = 18;

    private static final double END = 100;
    private static final double HOURS = 24;
    private static final double YEAR = 365;
    private static final double SHORTEST_PAST = 30;
    private static final double LONGEST = 20 * YEAR;

    private record Distance(double days, String label) {}

    private static final List<Distance> AHEAD = List.of(
            new Distance(1, "1 day"),
            new Distance(7, "1 week"),
            new Distance(30, "30 days"),
            new Distance(90, "90 days"),
            new Distance(YEAR, "1 year"),
            new Distance(10 * YEAR, "10 years"));

    private final Instant now;
    private final double past;
    private final double future;

    private TimeScale(Instant now, double past, double future) {
        this.now = now;
        this.past = past;
        this.future = future;
    }

    /** A scale on which some begins and ends of validity fit. */
    static <T> TimeScale around(
            Instant now,
            List<T> items,
            Function<? super T, Optional<Instant>> begin,
            Function<? super T, Optional<Instant>> end) {
        double past = SHORTEST_PAST;
        double future = YEAR;
        for (T item : items) {
            for (Instant time : Stream.of(begin.apply(item), end.apply(item))
                    .flatMap(Optional::stream)
                    .toList()) {
                double days = days(now, time);
                past = Math.max(past, -days);
                future = Math.max(future, days);
            }
        }
        return new TimeScale(now, Math.min(past, LONGEST), Math.min(future, LONGEST));
    }

    private static double days(Instant now, Instant time) {
        return Duration.between(now, time).toHours() / HOURS;
    }

    /** The place of a time in percent of the line. */
    double position(Instant time) {
        return position(days(now, time));
    }

    private double position(double days) {
        return days < 0
                ? NOW - NOW * Math.min(1, Math.log1p(-days) / Math.log1p(past))
                : NOW + (END - NOW) * Math.min(1, Math.log1p(days) / Math.log1p(future));
    }

    /** The marks after now that are on the line. */
    List<Mark> marks() {
        return AHEAD.stream()
                .filter(distance -> distance.days() <= future)
                .map(distance -> new Mark(position(distance.days()), distance.label()))
                .toList();
    }

    static String percent(double position) {
        return String.format(Locale.ROOT, "%.2f%%", position);
    }
}
