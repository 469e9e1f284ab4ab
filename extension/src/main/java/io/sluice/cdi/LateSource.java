package io.sluice.cdi;

import io.sluice.context.ContextSource;
import io.sluice.context.LoadedContext;
import io.sluice.context.SslContextException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a context comes from, decided when it is first asked: beans that other extensions add are known only when discovery is over,
 * and by then the beans of each context must be registered.
 */
final class LateSource implements ContextSource {

    private final String name;
    private final Supplier<Optional<ContextSource>> supplied;
    private final Optional<ContextSource> otherwise;
    private Optional<ContextSource> chosen = Optional.empty();

    LateSource(String name, Supplier<Optional<ContextSource>> supplied, Optional<ContextSource> otherwise) {
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
    public LoadedContext load() throws SslContextException {
        Optional<ContextSource> source = chosen();
        if (source.isEmpty()) {
            throw new SslContextException("there is no context '" + name + "'");
        }
        return source.get().load();
    }
}
