package io.sluice.internal.config;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.internal.context.ContextCallbacks;
import io.sluice.internal.context.ContextSource;
import io.sluice.internal.context.ContextSources;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problems;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a context's settings anew at each load. Where nothing was ever configured it is the JDK's default context; settings that
 * vanish are an error, for the JDK's trust is seldom what a context with a trust of its own may fall back to.
 */
final class ConfiguredSource implements ContextSource {

    private final SluiceConfiguration configuration;
    private final String name;
    private final ContextCallbacks callbacks;
    private final boolean anyThread;
    private @Nullable ContextSettings unused;
    private boolean configured;

    ConfiguredSource(
            SluiceConfiguration configuration,
            String name,
            @Nullable ContextSettings first,
            ContextCallbacks callbacks) {
        this.configuration = configuration;
        this.name = name;
        this.callbacks = callbacks;
        this.anyThread = first == null || first.managed().isEmpty();
        this.unused = first;
        this.configured = first != null;
    }

    @Override
    public boolean readyAtDeployment() {
        return callbacks.isEmpty();
    }

    @Override
    public boolean loadsOnAnyThread() {
        return anyThread;
    }

    /** Called under the loading lock of its context. */
    @Override
    public ContextSnapshot load() throws SslContextException {
        ContextSettings first = unused;
        unused = null;
        Optional<ContextSettings> settings = first != null ? Optional.of(first) : read();
        configured |= settings.isPresent();
        if (settings.isEmpty() && configured) {
            throw new SslContextException("context '" + name
                    + "' was configured and no property of it is set any more. Set "
                    + ContextSettings.PREFIX + name + ".… again");
        }
        return settings.map(given -> ContextSources.configured(given, callbacks))
                .orElseGet(ContextSources::jdkDefault)
                .load();
    }

    private Optional<ContextSettings> read() throws SslContextException {
        Problems problems = new Problems();
        Optional<ContextSettings> settings = configuration.settings(name, problems);
        if (problems.hasErrors()) {
            throw new SslContextException("context '" + name + "'", problems.errors());
        }
        return settings;
    }
}
