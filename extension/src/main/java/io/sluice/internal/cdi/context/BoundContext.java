package io.sluice.internal.cdi.context;

import io.sluice.context.NamedSslContext;
import io.sluice.internal.cdi.container.SluiceRuntime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The context whose bean the container is making on this thread. It tells one class which of its beans an instance is: the
 * injection point does not know that on every look-up path of every container, and is null on some.
 *
 * @param name the context's name
 * @param sluice the container's Sluice
 */
public record BoundContext(String name, SluiceRuntime sluice) {

    private static final ThreadLocal<BoundContext> CURRENT = new ThreadLocal<>();

    static BoundContext current() {
        BoundContext seat = CURRENT.get();
        if (seat == null) {
            throw new IllegalStateException("made outside the container: inject it with @SslContext(\"name\")");
        }
        return seat;
    }

    NamedSslContext context() {
        return sluice.contexts().get(name);
    }

    <T> T around(Supplier<T> production) {
        BoundContext outer = CURRENT.get();
        CURRENT.set(this);
        try {
            return production.get();
        } finally {
            restore(outer);
        }
    }

    private static void restore(@Nullable BoundContext outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
