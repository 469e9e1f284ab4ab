package io.sluice.config;

import io.sluice.context.material.Setting;

/**
 * A value and how much its source counts.
 *
 * @param setting the value
 * @param ordinal the ordinal of its source
 */
record GivenValue(Setting setting, int ordinal) {
    boolean isOfTheSourceOf(GivenValue other) {
        return ordinal == other.ordinal && setting.source().equals(other.setting.source());
    }

    boolean isBlank() {
        return setting.value().isBlank();
    }
}
