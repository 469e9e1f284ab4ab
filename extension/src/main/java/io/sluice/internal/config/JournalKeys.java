package io.sluice.internal.config;

import io.sluice.internal.settings.JournalSettings;

/** The keys of the journal of failures. */
final class JournalKeys {

    static final String PREFIX = "sluice.journal.";

    private static final int MOST = 1_000;

    static final Key SIZE = Key.number(
                    PREFIX + "size",
                    0,
                    MOST,
                    "how many failures the journal keeps of each context and endpoint: 0 to " + MOST
                            + "; 0 turns it off")
            .preset(JournalSettings.DEFAULT.size());

    static final Key MAX_AGE = Key.of(
                    PREFIX + "max-age", ValueType.DURATION, "how long a failure is kept; must be longer than zero")
            .preset(JournalSettings.DEFAULT.maxAge());

    static final Key MASK = Key.truth(
            PREFIX + "mask",
            JournalSettings.DEFAULT.mask(),
            "`true`: the journal names no peers. It has their networks in place of their addresses, and neither their names nor"
                    + " their certificates");

    static final KeyTable TABLE = KeyTable.of("journal", SIZE, MAX_AGE, MASK);

    private JournalKeys() {}
}
