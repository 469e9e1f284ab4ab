package io.sluice.context;

import io.sluice.context.managed.ServerContext;
import io.sluice.context.managed.UnmanagedException;
import io.sluice.context.material.ContextSettings;
import io.sluice.context.material.ManagedSettings;
import io.sluice.context.material.Problem;
import io.sluice.context.material.Problems;
import java.util.List;

/**
 * A context that the server manages; asked for anew at each load, and loaded again when the server gives another one. What is configured
 * besides keys and trust applies on top.
 */
final class ManagedContext implements ContextSource {

    private final ContextSettings settings;
    private final ManagedSettings managed;

    ManagedContext(ContextSettings settings, ManagedSettings managed) {
        this.settings = settings;
        this.managed = managed;
    }

    @Override
    public boolean loadsOnAnyThread() {
        return false;
    }

    @Override
    public LoadedContext load() throws SslContextException {
        ServerContext given = find();
        Problems problems = new Problems();
        ParameterChecks.check(settings.parameters(), given.context(), problems);
        if (problems.hasErrors()) {
            throw new SslContextException(description(), problems.errors());
        }
        EngineParameters parameters =
                EngineParameters.defaults(given.parameters()).with(settings.parameters());
        return LoadedContext.of(given.context(), parameters, new ProbedKey(given.context(), keyRemedy()))
                .with(TlsTimeouts.DEFAULT.with(settings.parameters()))
                .with(new ServerRenewal(managed, given.context()));
    }

    private ServerContext find() throws SslContextException {
        try {
            return ServerContext.find(managed);
        } catch (UnmanagedException e) {
            Problem problem = Problem.of(managed.reference(), e.fault(), e.remedy());
            SslContextException thrown = new SslContextException(description(), List.of(problem));
            thrown.initCause(e);
            throw thrown;
        }
    }

    private String keyRemedy() {
        return "let what " + managed.reference().property() + " names have a key store, or use a context with a key";
    }

    private String description() {
        return "context '" + settings.name() + "'";
    }
}
