package io.sluice.internal.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.PrometheusQuery;
import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts fire when they should: Prometheus' own tool plays values to the rules. */
class AlertsTest {

    private static final Pattern ALERT = Pattern.compile("alert: (\\w+)");

    @TempDir
    Path directory;

    private static String cases() throws IOException {
        try (InputStream in = AlertsTest.class.getResourceAsStream("/alerts-test.yml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void eachAlertHasACase() throws IOException {
        String cases = cases();
        assertThat(ALERT.matcher(Files.readString(PrometheusQuery.ALERTS)).results())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(cases).contains("alertname: " + alert.group(1) + "\n"));
    }

    @Test
    void alertsFire() throws Exception {
        Path file = directory.resolve("alerts-test.yml");
        Files.writeString(
                file,
                cases().replace("RULES", PrometheusQuery.ALERTS.toRealPath().toString()));
        try (ProcessPeer promtool = ProcessPeer.start("promtool", "test", "rules", file.toString())) {
            assertThat(promtool.awaitEnd()).contains("SUCCESS");
            assertThat(promtool.exitCode()).isZero();
        }
    }
}
