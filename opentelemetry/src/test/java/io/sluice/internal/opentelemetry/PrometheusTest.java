package io.sluice.internal.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.prometheus.PrometheusHttpServer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.it.support.MeteredApplication;
import io.sluice.it.support.PrometheusContract;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The names that OpenTelemetry's exporter gives to Prometheus. */
class PrometheusTest extends PrometheusContract {

    private static volatile PrometheusRegistry registry = new PrometheusRegistry();

    /** Supplies the SDK. */
    @ApplicationScoped
    public static class Sdk {
        @Produces
        @Singleton
        OpenTelemetry sdk() {
            registry = new PrometheusRegistry();
            PrometheusHttpServer server = PrometheusHttpServer.builder()
                    .setHost("localhost")
                    .setPort(0)
                    .setPrometheusRegistry(registry)
                    .build();
            return OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(server)
                            .build())
                    .build();
        }

        void close(@Disposes OpenTelemetry sdk) {
            ((OpenTelemetrySdk) sdk).close();
        }
    }

    @Override
    protected List<Class<?>> beans() {
        return List.of(Sdk.class);
    }

    @Override
    protected String scrape(MeteredApplication application) throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape());
        return text.toString(StandardCharsets.UTF_8);
    }
}
