package io.sluice.internal.micrometer;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sluice.it.support.MeteredApplication;
import io.sluice.it.support.PrometheusContract;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** The names in Micrometer's registry for Prometheus. */
class PrometheusTest extends PrometheusContract {

    /** Supplies the registry. */
    @ApplicationScoped
    public static class Registry {
        @Produces
        @Singleton
        PrometheusMeterRegistry registry() {
            return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        }
    }

    @Override
    protected List<Class<?>> beans() {
        return List.of(Registry.class);
    }

    @Override
    protected String scrape(MeteredApplication application) {
        return application.application().get(PrometheusMeterRegistry.class).scrape();
    }
}
