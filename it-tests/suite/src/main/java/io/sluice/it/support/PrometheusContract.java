package io.sluice.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.internal.ProcessPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus scrapes has the same names whichever jar reports it, and the dashboard and the alerts ask for these names. */
public abstract class PrometheusContract {

    @TempDir
    Path directory;

    /** Beans that supply the library. */
    protected abstract List<Class<?>> beans();

    /** What Prometheus gets. */
    protected abstract String scrape(MeteredApplication application) throws Exception;

    private PrometheusNames names() throws Exception {
        try (MeteredApplication application = MeteredApplication.start(directory, beans().toArray(Class<?>[]::new))) {
            application.roundTrips(2);
            application.failHandshake();
            application.open().close();
            return Awaitility.await()
                    .until(() -> PrometheusNames.of(scrape(application)), PrometheusContract::isComplete);
        }
    }

    private static boolean isComplete(PrometheusNames names) {
        return names.labels()
                .keySet()
                .containsAll(Set.of(
                        "sluice_tls_handshake_duration_seconds_count",
                        "sluice_connection_duration_seconds_bucket",
                        "sluice_active_tls_handshakes",
                        "sluice_network_io_bytes_total"));
    }

    @Test
    void namesFollowFromThoseInTheTable() throws Exception {
        Set<String> scraped = names().labels().keySet().stream()
                .filter(name -> !name.matches(".*_(bucket|sum|max)"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(scraped)
                .isEqualTo(MetricTable.metrics().stream()
                        .map(PrometheusNames::of)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void queriesAskForWhatIsScraped() throws Exception {
        PrometheusNames names = names();
        List<PrometheusQuery> queries = PrometheusQuery.all();
        assertThat(queries).hasSizeGreaterThan(25);
        assertThat(queries).allSatisfy(query -> {
            assertThat(query.selected()).isNotEmpty();
            query.selected().forEach((name, labels) -> {
                assertThat(names.labels()).containsKey(name);
                assertThat(names.labels().get(name)).containsAll(labels).containsAll(query.grouping());
            });
        });
    }

    @Test
    void dashboardShowsEveryMetric() throws Exception {
        String dashboard = Files.readString(PrometheusQuery.DASHBOARD);
        assertThat(MetricTable.metrics())
                .allSatisfy(row -> assertThat(dashboard).contains(PrometheusNames.of(row)));
    }

    /** Prometheus' own tool reads all queries. */
    @Test
    void queriesAreValid() throws Exception {
        ProcessPeer.requireInstalled("promtool");
        StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        for (PrometheusQuery query : PrometheusQuery.all()) {
            rules.append("      - record: checked" + rules.length() + "\n        expr: '")
                    .append(query.text().replace("$__rate_interval", "5m").replaceAll("\\s+", " "))
                    .append("'\n");
        }
        Path file = directory.resolve("rules.yml");
        Files.writeString(file, rules);
        requireValid(file);
        requireValid(PrometheusQuery.ALERTS);
    }

    private static void requireValid(Path rules) throws Exception {
        try (ProcessPeer promtool = ProcessPeer.start("promtool", "check", "rules", rules.toString())) {
            assertThat(promtool.awaitEnd()).contains("SUCCESS");
            assertThat(promtool.exitCode()).isZero();
        }
    }
}
