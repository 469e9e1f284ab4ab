package io.sluice.internal.cdi.context;

import io.sluice.context.NamedSslContext;
import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.internal.cdi.container.ThreadBound;
import java.util.function.Supplier;

/**
 * The context whose bean the container is making on this thread. It shows to which of its class's beans an instance belongs. The
 * injection point does not show this on every look-up path of every container, and is null on some.
 *
 * @param name the context's name
 * @param sluice the container's Sluice
 */
public record BoundContext(String name, SluiceRuntime sluice) {

    private static final ThreadBound<BoundContext> CURRENT = new ThreadBound<>();

    static BoundContext current() {
        BoundContext bound = CURRENT.get();
        if (bound == null) {
            throw new IllegalStateException(
                    "this creator, connector or specifier was created outside the container. Inject it with @SslContext(\"name\")");
        }
        return bound;
    }

    NamedSslContext context() {
        return sluice.contexts().get(name);
    }

    <T> T bind(Supplier<T> production) {
        return CURRENT.with(this, production);
    }
}
