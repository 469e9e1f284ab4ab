package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the logs of servers look like. */
class LoggedWarningsTest {

    private static final List<String> WORDS = List.of("sluice");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10:15:00,123 WARN  [org.jboss.weld.Bootstrap] (MSC 1-3) skipped io.sluice.X: Class not found",
                "2026-11-30 10:15:00,123 ERROR [org.jboss.as] (MSC 1-3) fails\njava.lang.NoClassDefFoundError: X\n\tat io.sluice.X.y(X.java)",
                "30-Nov-2026 10:15:00.123 WARNING [main] org.apache.catalina.X.y in sluice-health.jar",
                "30-Nov-2026 10:15:00.123 SEVERE [main] org.apache.catalina.X.y fails\n\tjava.lang.Exception\n\tat io.sluice.X.y(X.java)",
                "[2026-11-30T10:15:00.123+0000] [Payara 6.2025.9] [WARNING] [] [jakarta.X] [tid: x] [[\n  sluice-health.jar]]",
                "[11/30/26, 10:15:00:123 UTC] 0000002a com.ibm.ws.X       W CWNEN0047W: Resource in io.sluice.X",
                "[11/30/26, 10:15:00:123 UTC] 0000002a com.ibm.ws.X       E CWWKZ0002E: io.sluice.X",
                "Nov 30, 2026 10:15:00 AM org.apache.X y\nWARNING: in sluice-health.jar"
            })
    void warningIsFound(String record) {
        assertThat(LoggedWarnings.in(record, WORDS)).containsExactly(record);
    }

    @Test
    void neitherOtherRecordsNorOtherLevelsCount() {
        String log = """
                10:15:00,123 WARN  [org.jboss.X] (MSC 1-3) unrelated
                10:15:00,124 INFO  [io.sluice.X] (MSC 1-3) server 'echo' listens
                [11/30/26, 10:15:00:123 UTC] 0000002a io.sluice.X       I server 'echo' listens
                30-Nov-2026 10:15:00.123 INFO [main] io.sluice.X.y server 'echo' listens
                """;
        assertThat(LoggedWarnings.in(log, WORDS)).isEmpty();
    }
}
