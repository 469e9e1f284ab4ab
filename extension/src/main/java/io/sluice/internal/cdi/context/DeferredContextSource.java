package io.sluice.internal.cdi.context;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.internal.context.ContextSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a context comes from, decided when it is first asked: beans that other extensions add are known only when discovery is over,
 * and by then the beans of each context must be registered.
 */
final class DeferredContextSource implements ContextSource {

    private final String name;
    private final Supplier<Optional<ContextSource>> supplied;
    private final Optional<ContextSource> otherwise;

    @GuardedBy("this")
    private Optional<ContextSource> chosen = Optional.empty();

    DeferredContextSource(String name, Supplier<Optional<ContextSource>> supplied, Optional<ContextSource> otherwise) {
        this.name = name;
        this.supplied = supplied;
        this.otherwise = otherwise;
    }

    /** Whether there is anything that the context can come from. */
    boolean exists() {
        return chosen().isPresent();
    }

    private synchronized Optional<ContextSource> chosen() {
        if (chosen.isEmpty()) {
            chosen = supplied.get().or(() -> otherwise);
        }
        return chosen;
    }

    @Override
    public boolean readyAtDeployment() {
        return chosen().map(ContextSource::readyAtDeployment).orElse(false);
    }

    @Override
    public boolean needsBeans() {
        return chosen().map(ContextSource::needsBeans).orElse(true);
    }

    @Override
    public boolean loadsOnAnyThread() {
        return chosen().map(ContextSource::loadsOnAnyThread).orElse(true);
    }

    @Override
    public ContextSnapshot load() throws SslContextException {
        Optional<ContextSource> source = chosen();
        if (source.isEmpty()) {
            throw new SslContextException("there is no context '" + name + "'");
        }
        return source.get().load();
    }
}
