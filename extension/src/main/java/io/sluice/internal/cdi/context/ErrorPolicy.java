package io.sluice.internal.cdi.context;

import io.sluice.context.SslContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether an injection point asks for socket errors to be thrown. */
final class ErrorPolicy {

    private static final ThreadLocal<Boolean> ASSUMED = ThreadLocal.withInitial(() -> false);

    private ErrorPolicy() {}

    /** Where the container knows no injection point: what is assumed on this thread, else false. */
    static boolean at(@Nullable InjectionPoint point) {
        return point == null
                ? ASSUMED.get()
                : point.getQualifiers().stream()
                        .anyMatch(qualifier -> qualifier instanceof SslContext context && context.errorp());
    }

    /** Makes something that has no injection point, but had one. */
    static <T> T assumed(boolean errorp, Supplier<T> production) {
        ASSUMED.set(errorp);
        try {
            return production.get();
        } finally {
            ASSUMED.remove();
        }
    }
}
