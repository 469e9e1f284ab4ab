package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.context.SslContext;
import io.sluice.event.ConnectionRefused.Limit;
import io.sluice.it.support.Application;
import io.sluice.server.ConnectionDescription;
import io.sluice.server.ServerDescription;
import io.sluice.server.ServerDescription.State;
import io.sluice.server.ServerSettings;
import io.sluice.server.ServerStart;
import io.sluice.server.ServerStarted;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.testing.TestCertificate;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The descriptions of servers, endpoints and their connections. */
class ServerDescriptionTest {

    private static final TestCertificate SERVER = TestCertificate.ec("localhost");
    private static final TestCertificate DEVICE = TestCertificate.ec("device-7");

    static final List<ServerDescription> BEFORE = new CopyOnWriteArrayList<>();
    static final List<List<ServerDescription>> DURING = new CopyOnWriteArrayList<>();

    @ApplicationScoped
    public static class Services {

        @SocketEndpoint("described-web")
        void encrypted(SocketStream stream) throws IOException {
            stream.input().transferTo(stream.output());
        }

        @SocketEndpoint(value = "described-plain", ssl = "none")
        void plain(SocketStream stream) throws IOException {
            stream.input().transferTo(stream.output());
        }

        @SocketEndpoint("described-off")
        void disabled(SocketStream stream) {}
    }

    @ApplicationScoped
    public static class Points {
        @Inject
        @SslContext("described-client")
        SocketStreamConnector connector;

        SocketStream open(ServerDescription server) throws IOException {
            return connector
                    .open("localhost", server.address().getPort(), SocketStream.class)
                    .orElseThrow();
        }
    }

    @ApplicationScoped
    public static class Early {
        void look(@Observes @Priority(1) @Initialized(ApplicationScoped.class) Object event, SocketServers servers) {
            BEFORE.addAll(servers.describe());
        }

        void look(@Observes ServerStarted event, SocketServers servers) {
            DURING.add(servers.describe());
        }
    }

    @AutoClose
    private Application application;

    private SocketServers servers;

    @BeforeEach
    void start() {
        BEFORE.clear();
        DURING.clear();
        application = Application.configured(
                        "sluice.ssl.described-web.key-store.pem.0.cert", SERVER.certificatePem(),
                        "sluice.ssl.described-web.key-store.pem.0.key", SERVER.keyPem(),
                        "sluice.ssl.described-web.trust-store.pem.certs", DEVICE.certificatePem(),
                        "sluice.ssl.described-web.client-auth", "need",
                        "sluice.ssl.described-web.client-auth.allow.cn", "device-*",
                        "sluice.ssl.described-client.key-store.pem.0.cert", DEVICE.certificatePem(),
                        "sluice.ssl.described-client.key-store.pem.0.key", DEVICE.keyPem(),
                        "sluice.ssl.described-client.trust-store.pem.certs", SERVER.certificatePem(),
                        "sluice.endpoint.described-web.port", "0",
                        "sluice.endpoint.described-web.address", "localhost",
                        "sluice.endpoint.described-plain.port", "0",
                        "sluice.endpoint.described-plain.address", "localhost",
                        "sluice.endpoint.described-plain.max-connections", "1",
                        "sluice.endpoint.described-plain.when-full", "refuse",
                        "sluice.endpoint.described-off.enabled", "false")
                .beans(Services.class, Early.class, Points.class)
                .start();
        servers = application.get(SocketServers.class);
    }

    private ServerDescription described(String name) {
        return servers.describe().stream()
                .filter(server -> server.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private Socket client(ServerDescription server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    @Test
    void endpointsAreDescribedBeforeAndWhileTheyListen() {
        assertThat(BEFORE)
                .extracting(ServerDescription::name, ServerDescription::isEndpoint, ServerDescription::state)
                .containsExactlyInAnyOrder(
                        tuple("described-web", true, State.STARTING), tuple("described-plain", true, State.STARTING));
        assertThat(BEFORE).allSatisfy(server -> {
            assertThat(server.address().getPort()).isZero();
            assertThat(server.counts().accepted()).isZero();
            assertThat(server.connections()).isEmpty();
        });
        assertThat(DURING)
                .hasSize(2)
                .allSatisfy(all -> assertThat(all)
                        .extracting(ServerDescription::name, ServerDescription::isEndpoint)
                        .containsExactlyInAnyOrder(tuple("described-web", true), tuple("described-plain", true)));
        assertThat(servers.describe())
                .extracting(ServerDescription::name, ServerDescription::context, ServerDescription::state)
                .containsExactlyInAnyOrder(
                        tuple("described-web", Optional.of("described-web"), State.RUNNING),
                        tuple("described-plain", Optional.empty(), State.RUNNING));
        assertThat(described("described-web").address().getPort()).isPositive();
        assertThat(described("described-plain").settings().maxConnections()).isEqualTo(1);
    }

    @Test
    void connectionHasItsPeerItsBytesAndItsSession() throws Exception {
        ServerDescription server = described("described-web");
        Instant before = Instant.now().minusMillis(1);
        try (SocketStream stream = application.get(Points.class).open(server)) {
            stream.output().write(new byte[1_000]);
            assertThat(stream.input().readNBytes(1_000)).hasSize(1_000);
            ConnectionDescription connection =
                    described("described-web").connections().get(0);
            assertThat(connection.peer()).isEqualTo(stream.localAddress());
            assertThat(connection.since()).isBetween(before, Instant.now());
            assertThat(connection.bytesReceived()).isBetween(1_000L, 10_000L);
            assertThat(connection.bytesSent()).isBetween(1_000L, 10_000L);
            assertThat(connection.tls()).hasValueSatisfying(session -> {
                assertThat(session.protocol()).isEqualTo("TLSv1.3");
                assertThat(session.caller()).isPresent();
            });
        }
        Awaitility.await().until(() -> described("described-web").connections().isEmpty());
    }

    @Test
    void connectionInItsHandshakeIsDescribedToo() throws Exception {
        try (Socket silent = client(described("described-web"))) {
            Awaitility.await()
                    .untilAsserted(() -> assertThat(described("described-web").connections())
                            .singleElement()
                            .satisfies(connection -> {
                                assertThat(connection.peer()).isEqualTo(silent.getLocalSocketAddress());
                                assertThat(connection.tls()).isEmpty();
                            }));
        }
    }

    @Test
    void refusalsAreCountedByLimit() throws Exception {
        ServerDescription server = described("described-plain");
        try (Socket first = client(server)) {
            first.getOutputStream().write('a');
            Awaitility.await().until(() -> server.counts().active() == 1);
            client(server).close();
            Awaitility.await().until(() -> server.counts().refused() == 1);
        }
        assertThat(server.counts().refusals()).containsExactly(Map.entry(Limit.MAX_CONNECTIONS, 1L));
        assertThat(server.counts().waiting()).isZero();
    }

    @Test
    void terminatedEndpointIsEnding() throws Exception {
        try (Socket open = client(described("described-plain"))) {
            Awaitility.await().until(() -> described("described-plain").counts().active() == 1);
            Thread ending = new Thread(
                    () -> servers.named("described-plain").orElseThrow().terminate());
            ending.start();
            Awaitility.await().until(() -> described("described-plain").state() == State.ENDING);
            open.shutdownOutput();
            ending.join();
        }
        Awaitility.await().until(() -> described("described-plain").state() == State.ENDED);
    }

    @Test
    void endpointWhoseAcceptThreadIsInterruptedHasFailed() throws Exception {
        interrupt(described("described-plain"));
        Awaitility.await().until(() -> described("described-plain").state() == State.FAILED);
        assertThatThrownBy(() -> servers.startUp(
                        ServerSettings.named("described-plain")
                                .address(described("described-web").address())
                                .build(),
                        connection -> {}))
                .isInstanceOf(IOException.class);
        assertThat(described("described-plain").state()).isEqualTo(State.FAILED);
        servers.startUp(ServerSettings.named("described-plain").build(), connection -> {});
        assertThat(described("described-plain").state()).isEqualTo(State.RUNNING);
        assertThat(servers.describe()).hasSize(2).allMatch(ServerDescription::isEndpoint);
        servers.named("described-web").orElseThrow().terminate();
        assertThat(described("described-web").state()).isEqualTo(State.ENDED);
    }

    @Test
    void serverFromCodeIsDescribedUntilItEndsOrItsSuccessorStarts() throws Exception {
        SocketServer server = started();
        assertThat(described("none").isEndpoint()).isFalse();
        server.terminate();
        assertThat(servers.describe()).extracting(ServerDescription::name).doesNotContain("none");
        SocketServer second = started();
        interrupt(described("none"));
        Awaitility.await().until(() -> described("none").state() == State.FAILED);
        assertThat(second.isRunning()).isFalse();
        started();
        assertThat(described("none").state()).isEqualTo(State.RUNNING);
    }

    private SocketServer started() throws IOException {
        return servers.startUp(ServerStart.of("none", SocketStream.class, (stream, connection) -> {}));
    }

    /** A thread that waits for a connection notices the interrupt at the next one. */
    private void interrupt(ServerDescription server) throws IOException {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(server.name() + "-accept"))
                .forEach(Thread::interrupt);
        client(server).close();
    }
}
