package io.sluice.examples.records;

import java.util.Locale;

/** What somebody may do with the records. */
public enum Right {
    READ,
    WRITE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
