package io.sluice.internal.context.source;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.internal.context.ContextSource;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.RotationSettings;
import io.sluice.internal.settings.SettingsReading;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A configured context. Each load reads the settings once, and then the material that they name. Settings that have vanished are an
 * error: a context with trust of its own must not fall back to the JDK's.
 */
public final class ConfiguredContextSource implements ContextSource {

    private final ContextName name;
    private final Supplier<SettingsReading> settings;
    private final ContextCallbacks callbacks;
    private final boolean anyThread;
    private @Nullable SettingsReading first;
    private @Nullable ConfiguredTls inUse;

    /**
     * A source that has loaded nothing yet.
     *
     * @param name the context's name
     * @param first what was read already, for the first load
     * @param settings reads the settings as they are at each later load
     * @param callbacks the context's callbacks
     */
    public ConfiguredContextSource(
            ContextName name, SettingsReading first, Supplier<SettingsReading> settings, ContextCallbacks callbacks) {
        this.name = name;
        this.first = first;
        this.settings = settings;
        this.callbacks = callbacks;
        this.anyThread = first.settings().flatMap(ContextSettings::managed).isEmpty();
    }

    /** Callbacks belong to the application, which does not run yet during deployment. */
    @Override
    public boolean readyAtDeployment() {
        return callbacks.isEmpty();
    }

    /** The server follows what it manages itself. */
    @Override
    public boolean isFollowed() {
        return anyThread;
    }

    @Override
    public boolean loadsOnAnyThread() {
        return anyThread;
    }

    /** Called under the loading lock of its context. */
    @Override
    public ContextSnapshot load(LoadAttempt attempt) throws SslContextException {
        SettingsReading reading = next();
        attempt.read(reading.values());
        if (reading.problems().hasErrors()) {
            throw new SslContextException(name.toString(), reading.problems().errors());
        }
        Optional<ContextSettings> found = reading.settings().or(() -> ofBeans(reading.rotation()));
        if (found.isEmpty()) {
            throw new SslContextException(name + " was configured, but none of its properties is set now. Set "
                    + name.property("…") + " again");
        }
        ContextSettings current = found.get();
        if (current.managed().isPresent()) {
            return new ManagedLoad(current, current.managed().get()).snapshot();
        }
        ConfiguredLoad load = new ConfiguredLoad(current, callbacks, attempt, inUse);
        ContextSnapshot loaded = load.snapshot();
        ConfiguredTls before = inUse;
        attempt.ifItFails(() -> inUse = before);
        inUse = load.tls();
        return loaded;
    }

    /** Beans may supply keys or trust of a context of which nothing is configured. */
    private Optional<ContextSettings> ofBeans(RotationSettings rotation) {
        return callbacks.supplyMaterial()
                ? Optional.of(ContextSettings.unconfigured(name, rotation))
                : Optional.empty();
    }

    /** The first reading, if there is one. A context that is loaded only after deployment may have been repaired since then. */
    private SettingsReading next() {
        SettingsReading known = first;
        first = null;
        return known != null && (readyAtDeployment() || !known.problems().hasErrors()) ? known : settings.get();
    }
}
