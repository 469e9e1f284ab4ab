package io.sluice.internal.settings;

import java.time.Duration;
import java.time.Instant;

/**
 * When to warn of the end of a validity: a part of it before its end, or a time before its end.
 *
 * @param percent the part of the validity that remains, in percent; zero if a time is given
 * @param before the time that remains; zero if a part is given
 */
public record ExpiryWarning(int percent, Duration before) {

    /**
     * A part of the validity.
     *
     * @param percent more than 0 and less than 100
     * @return the warning
     */
    public static ExpiryWarning ofPercent(int percent) {
        return new ExpiryWarning(percent, Duration.ZERO);
    }

    /**
     * A time.
     *
     * @param before longer than zero
     * @return the warning
     */
    public static ExpiryWarning of(Duration before) {
        return new ExpiryWarning(0, before);
    }

    /**
     * The time of the warning.
     *
     * @param begin the begin of the validity
     * @param end its end
     * @return the time from which to warn
     */
    public Instant from(Instant begin, Instant end) {
        return end.minus(
                percent == 0
                        ? before
                        : Duration.between(begin, end).multipliedBy(percent).dividedBy(100));
    }
}
