package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.ProbedKey;
import io.sluice.context.SslContextException;
import io.sluice.context.Staleness;
import io.sluice.context.TlsTimeouts;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.managed.ContextLookupException;
import io.sluice.internal.managed.ManagedSslContext;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.ManagedSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

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
        if (problems.hasErrors()) {
            throw new SslContextException(settings.name().toString(), problems.errors());
        }
        EngineParameters parameters =
                EngineParameters.defaults(given.parameters()).with(settings.parameters());
        return ContextSnapshot.of(given.context(), parameters, new ProbedKey(given.context(), keyRemedy()))
                .withTimeouts(TlsTimeouts.DEFAULT.with(settings.parameters()))
                .withStaleness(new ServerRenewal(managed, given.context()));
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
        return "let what " + managed.reference().property() + " names have a key store, or use a context with a key";
    }

    /** Looks, once a second at most, whether the server gives another context by now, because its stores or settings were renewed. */
    private static final class ServerRenewal implements Staleness {

        private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

        private final ManagedSettings managed;
        private final SSLContext given;
        private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + PERIOD_NANOS);

        ServerRenewal(ManagedSettings managed, SSLContext given) {
            this.managed = managed;
            this.given = given;
        }

        @Override
        public boolean isStale() {
            long due = nextLook.get();
            long now = System.nanoTime();
            return now - due >= 0
                    && nextLook.compareAndSet(due, now + PERIOD_NANOS)
                    && ManagedSslContext.isReplaced(managed, given);
        }
    }
}
