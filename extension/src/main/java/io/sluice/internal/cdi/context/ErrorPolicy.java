package io.sluice.internal.cdi.context;

import io.sluice.context.SslContext;
import io.sluice.internal.cdi.container.ThreadBound;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether conditions are thrown at an injection point, as its {@code errorp} says. */
final class ErrorPolicy {

    private static final ThreadBound<Boolean> ASSUMED = new ThreadBound<>();

    private ErrorPolicy() {}

    /** If the container knows no injection point, what is assumed on this thread applies, or else false. */
    static boolean throwsAt(@Nullable InjectionPoint point) {
        return point == null
                ? Boolean.TRUE.equals(ASSUMED.get())
                : point.getQualifiers().stream()
                        .anyMatch(qualifier -> qualifier instanceof SslContext context && context.errorp());
    }

    /** Creates something that has no injection point any more. */
    static <T> T assuming(boolean throwing, Supplier<T> production) {
        return ASSUMED.with(throwing, production);
    }
}
