package io.sluice.examples.records;

import java.util.Locale;

/** A right to use the records. */
public enum Right {
    READ,
    WRITE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
