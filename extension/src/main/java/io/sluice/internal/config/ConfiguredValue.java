package io.sluice.internal.config;

import io.sluice.internal.settings.Setting;

/**
 * A value and how much its source counts.
 *
 * @param setting the value
 * @param ordinal the ordinal of its source
 */
record ConfiguredValue(Setting setting, int ordinal) {
    boolean isOfTheSourceOf(ConfiguredValue other) {
        return ordinal == other.ordinal && setting.source().equals(other.setting.source());
    }

    boolean isBlank() {
        return setting.value().isBlank();
    }
}
