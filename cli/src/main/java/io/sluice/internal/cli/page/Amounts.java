package io.sluice.internal.cli.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers, times and lengths as the page writes them: the same in every country. */
final class Amounts {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int STEP = 1000;
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private static final int MANY_HOURS = 10;

    private Amounts() {}

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    static String bytes(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double amount = bytes;
        int unit = -1;
        while (amount >= STEP && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    static String percent(long part, long all) {
        return all == 0 ? "0 %" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
    }

    static String second(Instant time) {
        return SECOND.format(time);
    }

    static String day(Instant time) {
        return DAY.format(time);
    }

    /** One unit, or hours and minutes, because more says nothing. */
    static String length(Duration length) {
        if (length.toDays() >= 2) {
            return count(length.toDays()) + " d";
        }
        if (length.toHours() >= MANY_HOURS) {
            return length.toHours() + " h";
        }
        if (length.toHours() >= 1) {
            return length.toHours() + " h " + length.toMinutesPart() + " min";
        }
        return length.toMinutes() >= 1 ? length.toMinutes() + " min" : length.toSeconds() + " s";
    }

    /** How far a moment is away from another one. */
    static String away(Instant moment, Instant from) {
        return moment.isAfter(from)
                ? "in " + length(Duration.between(from, moment))
                : length(Duration.between(moment, from)) + " ago";
    }
}
