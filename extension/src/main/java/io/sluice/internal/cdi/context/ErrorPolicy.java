package io.sluice.internal.cdi.context;

import io.sluice.context.SslContext;
import io.sluice.internal.cdi.container.ThreadBound;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The choice between throwing and returning conditions, which {@code errorp} makes at an injection point. */
final class ErrorPolicy {

    private static final ThreadBound<Boolean> ASSUMED = new ThreadBound<>();

    private ErrorPolicy() {}

    /** If the container knows no injection point, the assumption of this thread applies, or else false. */
    static boolean throwsAt(@Nullable InjectionPoint point) {
        return point == null
                ? Boolean.TRUE.equals(ASSUMED.get())
                : point.getQualifiers().stream()
                        .anyMatch(qualifier -> qualifier instanceof SslContext context && context.errorp());
    }

    /** Creates an object that has lost its injection point. */
    static <T> T assuming(boolean throwing, Supplier<T> production) {
        return ASSUMED.with(throwing, production);
    }
}
