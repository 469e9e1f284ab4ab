package io.sluice.benchmarks;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.sluice.event.ConnectionAccepted;
import io.sluice.event.ConnectionEnded;
import io.sluice.event.ConnectionListener;
import io.sluice.event.HandshakeCompleted;
import io.sluice.event.HandshakeStarted;
import io.sluice.internal.micrometer.MicrometerExtension;
import io.sluice.internal.opentelemetry.OpenTelemetryExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import java.util.List;

/** What listens in an application. */
enum Telemetry {
    NONE("nothing", List.of()),
    NONE_AGAIN("nothing again", List.of()),
    LISTENER("a listener", List.of(Idle.class)),
    MICROMETER("Micrometer", List.of(Registry.class)) {
        @Override
        Extension[] extensions() {
            return new Extension[] {new MicrometerExtension()};
        }
    },
    OPENTELEMETRY("OpenTelemetry", List.of(Sdk.class)) {
        @Override
        Extension[] extensions() {
            return new Extension[] {new OpenTelemetryExtension()};
        }
    };

    private final String words;
    private final List<Class<?>> beans;

    Telemetry(String words, List<Class<?>> beans) {
        this.words = words;
        this.beans = beans;
    }

    Extension[] extensions() {
        return new Extension[0];
    }

    List<Class<?>> beans() {
        return beans;
    }

    @Override
    public String toString() {
        return words;
    }

    /** Hears everything, and keeps the last event of each kind. */
    @ApplicationScoped
    static class Idle implements ConnectionListener {

        static volatile ConnectionAccepted accepted;
        static volatile HandshakeStarted started;
        static volatile HandshakeCompleted completed;
        static volatile ConnectionEnded ended;

        @Override
        public void accepted(ConnectionAccepted event) {
            accepted = event;
        }

        @Override
        public void handshakeStarted(HandshakeStarted event) {
            started = event;
        }

        @Override
        public void handshakeCompleted(HandshakeCompleted event) {
            completed = event;
        }

        @Override
        public void ended(ConnectionEnded event) {
            ended = event;
        }
    }

    /** Supplies a registry. */
    @ApplicationScoped
    static class Registry {

        @Produces
        @Singleton
        PrometheusMeterRegistry registry() {
            return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        }
    }

    /** Supplies an SDK, which makes spans and exports none. */
    @ApplicationScoped
    static class Sdk {

        @Produces
        @Singleton
        InMemoryMetricReader reader() {
            return InMemoryMetricReader.create();
        }

        @Produces
        @Singleton
        OpenTelemetry sdk(InMemoryMetricReader reader) {
            return OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder().build())
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(reader)
                            .build())
                    .build();
        }
    }
}
