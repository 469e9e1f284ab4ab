package io.sluice.internal.config;

import io.sluice.internal.context.ContextSource;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.source.ConfiguredContextSource;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.MaterialValues;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.SettingsReading;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Settings and sources of contexts by their names. */
public final class ConfiguredContexts {
    private ConfiguredContexts() {}

    public static Optional<ContextSettings> settings(
            SluiceConfiguration configuration, String name, Problems problems) {
        return configuration.read(new ContextName(name), problems).settings();
    }

    public static ContextSource source(SluiceConfiguration configuration, String name) {
        return source(configuration, name, ContextCallbacks.NONE);
    }

    public static ContextSource source(SluiceConfiguration configuration, String name, ContextCallbacks callbacks) {
        ContextName known = new ContextName(name);
        SettingsReading reading = configuration.read(known);
        return reading.isConfigured()
                ? configuration.source(known, reading, UnaryOperator.identity(), callbacks)
                : ContextSource.jdkDefault();
    }

    /** A source for one load. */
    static ContextSource source(ContextSettings settings) {
        SettingsReading reading =
                new SettingsReading(Optional.of(settings), new Problems(), MaterialValues.NONE, settings.rotation());
        return new ConfiguredContextSource(settings.name(), reading, () -> reading, ContextCallbacks.NONE);
    }
}
