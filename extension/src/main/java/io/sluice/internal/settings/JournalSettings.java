package io.sluice.internal.settings;

import java.time.Duration;

/**
 * How much the journal of failures keeps.
 *
 * @param size the failures of each context and endpoint; 0 for none at all
 * @param maxAge how long a failure is kept
 * @param mask whether peers are not named
 */
public record JournalSettings(int size, Duration maxAge, boolean mask) {

    /** Nothing configured. */
    public static final JournalSettings DEFAULT = new JournalSettings(20, Duration.ofDays(7), false);
}
