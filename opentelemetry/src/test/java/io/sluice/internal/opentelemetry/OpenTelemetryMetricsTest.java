package io.sluice.internal.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.sluice.it.support.MetricsContract;
import io.sluice.it.support.Sample;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** What each metric says, read from the SDK of the application. */
class OpenTelemetryMetricsTest extends MetricsContract {

    private static volatile InMemoryMetricReader reader = InMemoryMetricReader.create();

    /** Supplies the SDK. */
    @ApplicationScoped
    public static class Sdk {
        @Produces
        @Singleton
        OpenTelemetry sdk() {
            reader = InMemoryMetricReader.create();
            return OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(reader)
                            .build())
                    .build();
        }
    }

    @Override
    protected List<Class<?>> beans() {
        return List.of(Sdk.class);
    }

    @Override
    protected List<Sample> samples() {
        return MetricDataSamples.of(reader.collectAllMetrics());
    }
}
