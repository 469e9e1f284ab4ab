package io.sluice.internal.micrometer;

import io.sluice.internal.cdi.metrics.MetricsExtension;
import io.sluice.internal.metrics.MetricSink;
import io.sluice.internal.metrics.Readings;
import jakarta.enterprise.inject.spi.BeanManager;

/** Reports through Micrometer, if the application has it. */
public class MicrometerExtension extends MetricsExtension {

    /** For the container. */
    public MicrometerExtension() {
        super("io.micrometer.core.instrument.MeterRegistry");
    }

    @Override
    protected MetricSink sink(BeanManager beans, Readings readings) {
        return new MicrometerSink(Registries.of(beans), readings);
    }
}
