package io.sluice.internal.opentelemetry;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;

/** The OpenTelemetry of an application: its bean, which MicroProfile Telemetry supplies too, or else the global one. */
final class OpenTelemetrySource {

    /** What our metrics and spans come from. */
    static final String SCOPE = "io.sluice";

    private OpenTelemetrySource() {}

    static OpenTelemetry of(BeanManager beans) {
        Bean<?> bean = beans.resolve(beans.getBeans(OpenTelemetry.class));
        return bean == null
                ? global()
                : (OpenTelemetry) beans.getReference(bean, OpenTelemetry.class, beans.createCreationalContext(bean));
    }

    /** The usual method would make it impossible for the application to set the global one later. Versions before 1.57 have only that. */
    private static OpenTelemetry global() {
        try {
            return GlobalOpenTelemetry.getOrNoop();
        } catch (NoSuchMethodError e) {
            return GlobalOpenTelemetry.get();
        }
    }
}
