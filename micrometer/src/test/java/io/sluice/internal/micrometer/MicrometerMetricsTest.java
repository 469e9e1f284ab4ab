package io.sluice.internal.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.it.support.MetricsContract;
import io.sluice.it.support.Sample;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What each metric says, read from the registry of the application. */
class MicrometerMetricsTest extends MetricsContract {

    /** Supplies the registry. */
    @ApplicationScoped
    public static class Registry {
        @Produces
        @Singleton
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    @Override
    protected List<Class<?>> beans() {
        return List.of(Registry.class);
    }

    @Override
    protected List<Sample> samples() {
        return MeterSamples.of(application().application().get(MeterRegistry.class));
    }
}
