package io.sluice.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContextException;
import io.sluice.internal.metrics.Attribute;
import io.sluice.internal.metrics.Metric;
import io.sluice.it.support.MetricTable.Row;
import io.sluice.server.ServerStart;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.server.TlsAlpnChallenges;
import io.sluice.stream.SocketStream;
import io.sluice.testing.internal.ChallengeCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each jar with metrics must report, whichever library it uses. */
public abstract class MetricsContract {

    @TempDir
    Path directory;

    private MeteredApplication application;

    /** Beans that supply the library. */
    protected abstract List<Class<?>> beans();

    /** What the library reports now. */
    protected abstract List<Sample> samples();

    protected MeteredApplication application() {
        return application;
    }

    @BeforeEach
    void start() throws IOException {
        application = MeteredApplication.start(directory, beans().toArray(Class<?>[]::new));
    }

    @AfterEach
    void stop() {
        application.close();
    }

    /** The sum of all values that have these attributes; NaN if there are none. */
    protected double value(String metric, String... attributes) {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            wanted.put(attributes[i], attributes[i + 1]);
        }
        List<Double> values = samples().stream()
                .filter(sample -> sample.metric().equals(metric))
                .filter(sample -> sample.attributes().entrySet().containsAll(wanted.entrySet()))
                .map(Sample::value)
                .toList();
        return values.isEmpty()
                ? Double.NaN
                : values.stream().mapToDouble(Double::doubleValue).sum();
    }

    protected void await(double expected, String metric, String... attributes) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(value(metric, attributes))
                        .as("%s %s", metric, List.of(attributes))
                        .isEqualTo(expected));
    }

    @Test
    void connectionsAreCountedWhileTheyAreServed() throws Exception {
        await(0, "sluice.active_connections", "sluice.endpoint", "metered-plain");
        try (Socket first = application.plain("metered-plain");
                Socket second = application.plain("metered-plain")) {
            MeteredApplication.roundTrip(first);
            MeteredApplication.roundTrip(second);
            await(2, "sluice.active_connections", "sluice.endpoint", "metered-plain");
        }
        await(0, "sluice.active_connections", "sluice.endpoint", "metered-plain");
        await(2, "sluice.accepted_connections", "sluice.endpoint", "metered-plain");
        await(0, "sluice.accepted_connections", "sluice.endpoint", "metered-web");
        await(2, "sluice.connection.duration", "sluice.endpoint", "metered-plain");
        await(2, "sluice.network.io", "sluice.endpoint", "metered-plain", "network.io.direction", "receive");
        await(2, "sluice.network.io", "sluice.endpoint", "metered-plain", "network.io.direction", "transmit");
    }

    /** A server that is full accepts no further connection, unless it looks for a challenge in the first message of each. */
    @Test
    void connectionsThatWaitForAPermitAreQueued() throws Exception {
        await(0, "sluice.queued_connections", "sluice.endpoint", "metered-queueing");
        TlsAlpnChallenges challenges = application.application().get(TlsAlpnChallenges.class);
        ChallengeCertificate certificate = ChallengeCertificate.of("localhost");
        try (TlsAlpnChallenges.Challenge open =
                        challenges.open("localhost", certificate.certificate(), certificate.key());
                Socket first = application.plain("metered-queueing")) {
            first.getOutputStream().write(22);
            await(1, "sluice.queued_connections", "sluice.endpoint", "metered-queueing");
            assertThat(open.answers()).isZero();
        }
        await(0, "sluice.queued_connections", "sluice.endpoint", "metered-queueing");
    }

    @Test
    void refusalsAreCountedByLimit() throws Exception {
        await(
                0,
                "sluice.refused_connections",
                "sluice.endpoint",
                "metered-refusing",
                "sluice.limit",
                "MAX_CONNECTIONS");
        try (Socket first = application.plain("metered-refusing")) {
            MeteredApplication.roundTrip(first);
            application.plain("metered-refusing").close();
            await(
                    1,
                    "sluice.refused_connections",
                    "sluice.endpoint",
                    "metered-refusing",
                    "sluice.limit",
                    "MAX_CONNECTIONS");
        }
        await(0, "sluice.refused_connections", "sluice.endpoint", "metered-refusing", "sluice.limit", "ENDING");
        await(2, "sluice.accepted_connections", "sluice.endpoint", "metered-refusing");
    }

    @Test
    void handshakesAreCountedByVersionAndResumption() throws Exception {
        application.roundTrips(3);
        String[] full = {"sluice.context", "metered-web", "tls.protocol.version", "1.3", "tls.resumed", "false"};
        String[] resumed = {"sluice.context", "metered-web", "tls.protocol.version", "1.3", "tls.resumed", "true"};
        await(1, "sluice.tls_handshake.duration", full);
        await(2, "sluice.tls_handshake.duration", resumed);
        await(3, "sluice.tls_handshake.duration", "sluice.side", "server", "sluice.endpoint", "metered-web");
    }

    @Test
    void handshakeInProgressIsActive() throws Exception {
        try (Socket silent = application.plain("metered-web")) {
            silent.getOutputStream().write(22);
            await(1, "sluice.active_tls_handshakes", "sluice.context", "metered-web", "sluice.side", "server");
        }
        await(0, "sluice.active_tls_handshakes", "sluice.context", "metered-web", "sluice.side", "server");
    }

    @Test
    void failuresHaveTheKindOfTheirCondition() throws Exception {
        application.failHandshake();
        application.failCall();
        await(1, "sluice.tls_handshake.duration", "sluice.context", "metered-web", "error.type", "NOT_TLS");
        await(1, "sluice.connection.duration", "sluice.endpoint", "metered-web", "error.type", "NOT_TLS");
        await(
                1,
                "sluice.connection.duration",
                "sluice.endpoint",
                "metered-plain",
                "sluice.connection.end",
                "FAILED",
                "error.type",
                "_OTHER");
    }

    @Test
    void probeIsNoFailure() throws Exception {
        application.plain("metered-web").close();
        await(1, "sluice.connection.duration", "sluice.endpoint", "metered-web", "sluice.connection.end", "PROBE");
        assertThat(value("sluice.tls_handshake.duration", "sluice.context", "metered-web"))
                .isNaN();
        await(0, "sluice.active_tls_handshakes", "sluice.context", "metered-web");
    }

    @Test
    void streamsOfAConnectorAreCountedByContext() throws Exception {
        try (SocketStream stream = application.open()) {
            stream.output().write('a');
            assertThat(stream.input().read()).isEqualTo('a');
            await(1, "sluice.context.connections", "sluice.context", "metered-client", "sluice.material", "current");
            await(1, "sluice.context.connections", "sluice.context", "metered-web", "sluice.material", "current");
            await(1, "sluice.tls_handshake.duration", "sluice.context", "metered-client", "sluice.side", "client");
        }
        await(0, "sluice.context.connections", "sluice.context", "metered-client");
    }

    @Test
    void reloadsAreCountedAndTheirProblemsSeen() throws Exception {
        await(1, "sluice.context.generation", "sluice.context", "metered-web");
        await(0, "sluice.context.reloads", "sluice.context", "metered-web", "sluice.outcome", "done");
        await(0, "sluice.context.reloads", "sluice.context", "metered-web", "sluice.outcome", "failed");
        try (SocketStream stream = application.open()) {
            stream.output().write('a');
            application.reload(MeteredApplication.SERVER.certificatePem());
            await(2, "sluice.context.generation", "sluice.context", "metered-web");
            await(1, "sluice.context.reloads", "sluice.context", "metered-web", "sluice.outcome", "done");
            await(1, "sluice.context.connections", "sluice.context", "metered-web", "sluice.material", "old");
        }
        assertThatThrownBy(() -> application.reload("no certificate")).isInstanceOf(SslContextException.class);
        await(1, "sluice.context.reloads", "sluice.context", "metered-web", "sluice.outcome", "failed");
        await(2, "sluice.context.generation", "sluice.context", "metered-web");
        Awaitility.await().until(() -> value("sluice.context.problems", "sluice.context", "metered-web") > 0);
    }

    @Test
    void validityIsKnownByContextAndRole() {
        Instant end = MeteredApplication.SERVER.certificate().getNotAfter().toInstant();
        await(
                end.getEpochSecond(),
                "sluice.tls.certificate.not_after",
                "sluice.context",
                "metered-web",
                "sluice.role",
                "key");
        await(
                end.getEpochSecond(),
                "sluice.tls.certificate.not_after",
                "sluice.context",
                "metered-client",
                "sluice.role",
                "trust");
        assertThat(value("sluice.tls.certificate.not_after", "sluice.context", "metered-web", "sluice.role", "trust"))
                .isNaN();
        double days = Duration.between(Instant.now(), end).toSeconds() / 86_400.0;
        assertThat(value("sluice.tls.certificate.time_left", "sluice.context", "metered-web", "sluice.role", "key"))
                .isBetween(days - 0.01, days + 0.01);
    }

    @Test
    void serverFromCodeAppearsAndItsValuesGoWithIt() throws Exception {
        await(1, "sluice.running_servers", "sluice.endpoint", "metered-web");
        SocketServers servers = application.application().get(SocketServers.class);
        SocketServer server = servers.startUp(ServerStart.of(
                        "none",
                        SocketStream.class,
                        (stream, connection) -> stream.output().write('a'))
                .listening("metered-code", settings -> settings));
        await(1, "sluice.running_servers", "sluice.endpoint", server.name());
        InetSocketAddress address = server.address();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            assertThat(socket.getInputStream().read()).isEqualTo('a');
        }
        await(1, "sluice.accepted_connections", "sluice.endpoint", server.name());
        server.terminate();
        Awaitility.await()
                .until(() -> Double.isNaN(value("sluice.accepted_connections", "sluice.endpoint", server.name())));
    }

    @Test
    void tableSaysWhatTheDescriptionsSay() throws Exception {
        assertThat(MetricTable.metrics())
                .isEqualTo(Stream.of(Metric.values())
                        .map(metric -> new Row(
                                metric.key(),
                                metric.instrument().toString(),
                                metric.unit(),
                                metric.attributes().stream()
                                        .map(Attribute::key)
                                        .collect(Collectors.toCollection(TreeSet::new)),
                                metric.meaning()))
                        .toList());
    }

    @Test
    void everyRowOfTheTableIsEmittedAndNothingElse() throws Exception {
        everything();
        Map<String, Row> table = MetricTable.metrics().stream().collect(Collectors.toMap(Row::metric, row -> row));
        Map<String, Set<String>> attributes = new TreeMap<>();
        for (Sample sample : samples()) {
            assertThat(table).containsKey(sample.metric());
            Row row = table.get(sample.metric());
            assertThat(sample.instrument()).as(sample.metric()).isEqualTo(row.instrument());
            assertThat(sample.unit()).as(sample.metric()).isEqualTo(row.unit().startsWith("{") ? "" : row.unit());
            attributes
                    .computeIfAbsent(sample.metric(), name -> new TreeSet<>())
                    .addAll(sample.attributes().keySet());
        }
        assertThat(attributes)
                .isEqualTo(
                        new TreeMap<>(table.values().stream().collect(Collectors.toMap(Row::metric, Row::attributes))));
        assertThat(MetricTable.attributes())
                .isEqualTo(attributes.values().stream()
                        .flatMap(Set::stream)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Makes every metric and every attribute appear. */
    protected void everything() throws Exception {
        application.roundTrips(2);
        application.failHandshake();
        application.failCall();
        application.open().close();
        await(3, "sluice.tls_handshake.duration", "sluice.context", "metered-web", "tls.protocol.version", "1.3");
        await(1, "sluice.connection.duration", "sluice.endpoint", "metered-web", "error.type", "NOT_TLS");
        await(0, "sluice.active_tls_handshakes", "sluice.context", "metered-web");
        await(0, "sluice.active_tls_handshakes", "sluice.context", "metered-client");
    }

    /** Addresses of peers and texts of theirs must not become labels. */
    @Test
    void peersCannotMakeLabels() throws Exception {
        everything();
        Set<String> before = samples().stream()
                .map(sample -> sample.metric() + new TreeMap<>(sample.attributes()))
                .collect(Collectors.toSet());
        for (int i = 0; i < 20; i++) {
            application.roundTrips(2);
            application.failHandshake();
        }
        await(21, "sluice.connection.duration", "sluice.endpoint", "metered-web", "error.type", "NOT_TLS");
        assertThat(samples().stream()
                        .map(sample -> sample.metric() + new TreeMap<>(sample.attributes()))
                        .collect(Collectors.toSet()))
                .isEqualTo(before);
    }
}
