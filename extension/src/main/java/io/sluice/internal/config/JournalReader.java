package io.sluice.internal.config;

import io.sluice.internal.settings.JournalSettings;

/** Reads how much the journal of failures keeps. */
record JournalReader(PropertyReader reader) {

    JournalSettings read() {
        return new JournalSettings(
                reader.number(JournalKeys.SIZE.name(), JournalKeys.SIZE).orElseGet(JournalKeys.SIZE::defaultNumber),
                reader.duration(JournalKeys.MAX_AGE.name(), JournalKeys.MAX_AGE)
                        .orElse(JournalSettings.DEFAULT.maxAge()),
                reader.truth(JournalKeys.MASK.name()).orElse(JournalKeys.MASK.isTrueByDefault()));
    }
}
