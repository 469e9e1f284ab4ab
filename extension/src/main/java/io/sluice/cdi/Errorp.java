package io.sluice.cdi;

import io.sluice.context.SslContext;
import jakarta.enterprise.inject.spi.InjectionPoint;
import org.jspecify.annotations.Nullable;

/** Whether an injection point asks for socket errors to be thrown. */
final class Errorp {

    private Errorp() {}

    /** False where the container knows no injection point: what is looked up by hand returns its errors. */
    static boolean at(@Nullable InjectionPoint point) {
        return point != null
                && point.getQualifiers().stream()
                        .anyMatch(qualifier -> qualifier instanceof SslContext context && context.errorp());
    }
}
