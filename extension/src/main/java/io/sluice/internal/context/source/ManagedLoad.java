package io.sluice.internal.context.source;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.ServerKey;
import io.sluice.context.SslContextException;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.managed.ContextLookupException;
import io.sluice.internal.managed.ManagedSslContext;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.ManagedSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.util.List;

/** One load of a context that the server manages. What is configured besides keys and trust applies on top. */
final class ManagedLoad {

    private final ContextSettings settings;
    private final ManagedSettings managed;

    ManagedLoad(ContextSettings settings, ManagedSettings managed) {
        this.settings = settings;
        this.managed = managed;
    }

    ContextSnapshot snapshot() throws SslContextException {
        ManagedSslContext given = find();
        Problems problems = new Problems();
        ParameterChecks.check(settings.parameters(), given.context(), problems);
        EngineParameters parameters =
                EngineParameters.defaults(given.parameters()).with(settings.parameters());
        KeyExchange keyExchange = KeyExchangeChecks.configured(
                settings.engine(), parameters.protocols(given.context()), given.context(), problems);
        if (problems.hasErrors()) {
            throw new SslContextException(settings.name().toString(), problems.errors());
        }
        return ContextSnapshot.of(
                        given.context(),
                        EngineParameters.defaults(given.parameters()),
                        ServerKey.probed(given.context(), keyRemedy()))
                .with(settings.parameters())
                .with(keyExchange)
                .withStaleness(given.isReplaced());
    }

    private ManagedSslContext find() throws SslContextException {
        try {
            return ManagedSslContext.find(managed);
        } catch (ContextLookupException e) {
            Problem problem = Problem.of(managed.reference(), e.fault(), e.remedy());
            SslContextException thrown = new SslContextException(settings.name().toString(), List.of(problem));
            thrown.initCause(e);
            throw thrown;
        }
    }

    private String keyRemedy() {
        return "add a key store to the context that " + managed.reference().property()
                + " names, or use a context with a key";
    }
}
