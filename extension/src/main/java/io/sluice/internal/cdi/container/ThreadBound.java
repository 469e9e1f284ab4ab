package io.sluice.internal.cdi.container;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value bound to a thread during a call. Calls may be nested: afterwards the outer value is bound again. */
public final class ThreadBound<T> {

    @SuppressWarnings("ThreadLocalUsage") // Each ThreadBound is stored in a static field.
    private final ThreadLocal<@Nullable T> current = new ThreadLocal<>();

    /** The innermost value; null if none is bound. */
    public @Nullable T get() {
        return current.get();
    }

    /** Binds a value. The result, which is the outer value, must be passed to {@link #restore}. */
    public @Nullable T bind(T value) {
        T outer = current.get();
        current.set(value);
        return outer;
    }

    public void restore(@Nullable T outer) {
        if (outer == null) {
            current.remove();
        } else {
            current.set(outer);
        }
    }

    /** Calls something with a value bound. */
    public <R> R with(T value, Supplier<R> call) {
        T outer = bind(value);
        try {
            return call.get();
        } finally {
            restore(outer);
        }
    }
}
