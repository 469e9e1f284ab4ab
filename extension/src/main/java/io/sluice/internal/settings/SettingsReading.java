package io.sluice.internal.settings;

import java.util.Optional;

/**
 * One reading of a context's settings.
 *
 * @param settings the settings, with defaults in place of values that cannot be read; empty if no property of the context is set
 * @param problems everything found wrong or doubtful
 * @param values the values that hold locations, inline material and passwords
 * @param rotation how the context follows its material, and when it warns; alone it makes no context, but applies to material of beans
 */
public record SettingsReading(
        Optional<ContextSettings> settings, Problems problems, MaterialValues values, RotationSettings rotation) {

    /**
     * Tests whether anything is configured, be it wrong.
     *
     * @return false if no property is set and none failed to be read
     */
    public boolean isConfigured() {
        return settings.isPresent() || problems.hasErrors();
    }
}
