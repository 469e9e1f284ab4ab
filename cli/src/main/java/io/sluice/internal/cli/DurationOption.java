package io.sluice.internal.cli;

import io.sluice.internal.config.SluiceConfiguration;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time as properties have it. */
final class DurationOption implements ITypeConverter<Duration> {

    /** Nobody means more, and dates have an end. */
    private static final Duration LONGEST = Duration.ofDays(1_000_000);

    DurationOption() {}

    @Override
    public Duration convert(String text) {
        return SluiceConfiguration.duration(text)
                .filter(length -> !length.isZero() && length.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new TypeConversionException("'" + text
                        + "' is not a duration from 1ms to 1000000d. Use a form such as 30d, 12h, 10s or PT10S"));
    }
}
