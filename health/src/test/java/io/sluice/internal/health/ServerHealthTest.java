package io.sluice.internal.health;

import static io.sluice.internal.health.HealthReport.live;
import static io.sluice.internal.health.HealthReport.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.server.ServerDescription;
import io.sluice.server.ServerSettings;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The health of endpoints and of servers from code. */
class ServerHealthTest {

    private static final List<HealthReport> EARLY = new ArrayList<>();

    @ApplicationScoped
    public static class Endpoints {

        @SocketEndpoint(value = "health-one", port = 0, address = "127.0.0.1", ssl = "none")
        void one(SocketStream stream) throws IOException {
            stream.input().transferTo(stream.output());
        }

        @SocketEndpoint(value = "health-two", port = 0, address = "127.0.0.1", ssl = "none")
        void two(SocketStream stream) throws IOException {
            stream.input().transferTo(stream.output());
        }

        @SocketEndpoint(value = "health-off", port = 0, address = "127.0.0.1", ssl = "none")
        void off(SocketStream stream) {
            throw new IllegalStateException("it is not enabled");
        }
    }

    @ApplicationScoped
    public static class Early {
        void ask(
                @Observes @Priority(1) @Initialized(ApplicationScoped.class) Object event,
                SmallRyeHealthReporter reporter) {
            EARLY.add(HealthReport.of(reporter.getReadiness(), "sluice-readiness"));
            EARLY.add(HealthReport.of(reporter.getLiveness(), "sluice-liveness"));
        }
    }

    @AutoClose
    private Application application;

    private SocketServers servers;

    @BeforeEach
    void start() {
        EARLY.clear();
        application = HealthReport.application(Endpoints.class, Early.class)
                .with("sluice.endpoint.health-off.enabled", "false")
                .start();
        servers = application.get(SocketServers.class);
    }

    @Test
    void applicationWhoseEndpointsAreOpenIsLiveAndReady() {
        assertThat(live(application).isUp()).isTrue();
        assertThat(live(application).data())
                .containsOnly(entry("endpoint.health-one", "RUNNING"), entry("endpoint.health-two", "RUNNING"));
        assertThat(ready(application).isUp()).isTrue();
        assertThat(ready(application).data())
                .containsOnly(
                        entry("endpoint.health-one", "RUNNING"),
                        entry("endpoint.health-two", "RUNNING"),
                        entry("context.default.generation", 0L));
    }

    @Test
    void applicationThatIsStartingIsLiveButNotReady() {
        assertThat(EARLY).extracting(HealthReport::isUp).containsExactly(false, true);
        assertThat(EARLY.get(0).data())
                .containsEntry("endpoint.health-one", "STARTING")
                .containsEntry("reason", "endpoint 'health-one' is STARTING; endpoint 'health-two' is STARTING");
    }

    @Test
    void terminatedEndpointIsNotReadyButLive() {
        named("health-one").terminate();
        assertThat(ready(application).isUp()).isFalse();
        assertThat(ready(application).data())
                .containsOnly(
                        entry("endpoint.health-one", "ENDED"),
                        entry("endpoint.health-two", "RUNNING"),
                        entry("context.default.generation", 0L),
                        entry("reason", "endpoint 'health-one' is ENDED"));
        assertThat(live(application).isUp()).isTrue();
    }

    @Test
    void endpointWhoseAcceptLoopDiedIsNeitherLiveNorReady() throws Exception {
        interrupt(named("health-two"));
        assertThat(live(application).isUp()).isFalse();
        assertThat(live(application).data())
                .containsOnly(entry("endpoint.health-one", "RUNNING"), entry("endpoint.health-two", "FAILED"));
        assertThat(ready(application).data()).containsEntry("reason", "endpoint 'health-two' is FAILED");
    }

    @Test
    void serverFromCodeIsOnlyDataOfReadiness() throws Exception {
        SocketServer server = startUp();
        assertThat(ready(application).data()).containsEntry("server.health-code", "RUNNING");

        interrupt(server);
        assertThat(ready(application).isUp()).isTrue();
        assertThat(ready(application).data())
                .containsEntry("server.health-code", "FAILED")
                .doesNotContainKey("reason");
        assertThat(live(application).isUp()).as("its accept loop died, too").isFalse();

        try (SocketServer successor = startUp()) {
            assertThat(live(application).isUp()).as("replaced by " + successor).isTrue();
        }
        assertThat(live(application).isUp()).isTrue();
        assertThat(ready(application).isUp()).isTrue();
    }

    @Test
    void peerDoesNotAppear() throws Exception {
        try (Socket client = connected(named("health-one"))) {
            client.getOutputStream().write('a');
            assertThat(client.getInputStream().read()).isEqualTo('a');
            assertThat(live(application).json() + ready(application).json())
                    .contains("health-one")
                    .doesNotContain("127.0.0.1", ":" + client.getLocalPort());
        }
    }

    private static org.assertj.core.data.MapEntry<String, Object> entry(String key, Object value) {
        return org.assertj.core.api.Assertions.entry(key, value);
    }

    private SocketServer startUp() throws IOException {
        return servers.startUp(
                ServerSettings.named("health-code").build(),
                connection -> connection.socket().close());
    }

    private SocketServer named(String name) {
        return servers.named(name).orElseThrow();
    }

    private static Socket connected(SocketServer server) throws IOException {
        return new Socket("127.0.0.1", server.address().getPort());
    }

    /** A thread that waits for a connection notices the interrupt at the next one. */
    private void interrupt(SocketServer server) throws IOException {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(server.name() + "-accept"))
                .forEach(Thread::interrupt);
        connected(server).close();
        Awaitility.await()
                .until(() -> servers.describe().stream()
                        .anyMatch(described -> described.name().equals(server.name())
                                && described.state() == ServerDescription.State.FAILED));
    }
}
