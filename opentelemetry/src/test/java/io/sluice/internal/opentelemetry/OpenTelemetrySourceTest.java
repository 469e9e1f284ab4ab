package io.sluice.internal.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.sluice.it.support.MeteredApplication;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenTelemetry of an application without a bean. */
class OpenTelemetrySourceTest {

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build();

    @TempDir
    Path directory;

    @BeforeEach
    @AfterEach
    void forget() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void globalOneIsUsedAndMissesNothingUntilTheEnd() throws IOException {
        GlobalOpenTelemetry.set(sdk);
        try (MeteredApplication application = MeteredApplication.start(directory)) {
            application.roundTrips(1);
            assertThat(MetricDataSamples.of(reader.collectAllMetrics()))
                    .anyMatch(sample -> sample.metric().equals("sluice.accepted_connections") && sample.value() == 1);
        }
        assertThat(MetricDataSamples.of(reader.collectAllMetrics()))
                .noneMatch(sample -> sample.metric().equals("sluice.accepted_connections"));
    }

    @Test
    void applicationMaySetTheGlobalOneLater() throws IOException {
        try (MeteredApplication application = MeteredApplication.start(directory)) {
            application.roundTrips(1);
            GlobalOpenTelemetry.set(sdk);
            assertThat(GlobalOpenTelemetry.getOrNoop()).isNotEqualTo(OpenTelemetry.noop());
        }
    }
}
