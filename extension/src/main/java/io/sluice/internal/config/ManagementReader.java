package io.sluice.internal.config;

import io.sluice.internal.settings.ManagementSettings;

/** Reads how the application's report is registered. */
record ManagementReader(PropertyReader reader) {

    ManagementSettings read() {
        return new ManagementSettings(
                reader.truth(ManagementKeys.ENABLED.name()).orElse(ManagementKeys.ENABLED.isTrueByDefault()),
                reader.value(ManagementKeys.NAME.name())
                        .map(setting -> setting.value().strip()));
    }
}
