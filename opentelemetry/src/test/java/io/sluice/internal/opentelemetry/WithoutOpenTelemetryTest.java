package io.sluice.internal.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.MeteredMain;
import io.sluice.testing.internal.ChildJvm;
import org.junit.jupiter.api.Test;

/** The jar in an application without the API. */
class WithoutOpenTelemetryTest {

    @Test
    void applicationServesAndNothingIsLogged() throws Exception {
        String output = ChildJvm.of(MeteredMain.class)
                .without("/io/opentelemetry/")
                .options("-verbose:class")
                .run();
        assertThat(output).contains("served").contains("io.sluice.internal.opentelemetry.OpenTelemetryExtension");
        assertThat(output).doesNotContain("WARN", "ERROR", "io.opentelemetry.", "OpenTelemetrySink");
    }
}
