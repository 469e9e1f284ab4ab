package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.FaultyStreams;
import io.sluice.it.support.Greeting;
import io.sluice.it.support.Protocol;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.ServerConnection;
import io.sluice.server.ServerSettings;
import io.sluice.server.ServerStart;
import io.sluice.server.ServerStart.Outcome;
import io.sluice.server.ServerStart.Outcome.Failed;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.proxy.ProxyProtocol;
import io.sluice.stream.proxy.ProxyVersion;
import io.sluice.testing.internal.LogCapture;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that code starts in a container. */
class SocketServersTest {

    static final List<ConnectionFailed> FAILED = new CopyOnWriteArrayList<>();

    @Dependent
    public static class Echoing extends SocketStream {
        @Inject
        Greeting greeting;

        void echo() throws IOException {
            if (greeting == null) {
                throw new IllegalStateException("not made by the container");
            }
            input().transferTo(output());
        }
    }

    @ApplicationScoped
    public static class Watch {
        void note(@Observes ConnectionFailed failed) {
            FAILED.add(failed);
        }
    }

    @AutoClose
    private final Application application = Application.configured()
            .beans(Contexts.class, Echoing.class, Watch.class)
            .start();

    private final SocketServers servers = application.get(SocketServers.class);

    @BeforeEach
    void clear() {
        FAILED.clear();
    }

    private SocketServer echo(Protocol way) throws IOException {
        return servers.startUp(ServerStart.of(way.context, Echoing.class, (stream, connection) -> stream.echo()));
    }

    private static String roundTrip(Socket socket) throws IOException {
        socket.setSoTimeout(5_000);
        socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
    }

    private static Socket connected(SocketServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    @ParameterizedTest
    @EnumSource
    void serverServesStreamsThatTheContainerMade(Protocol way) throws Exception {
        SocketServer server = echo(way);
        try (Socket client = way.client(connected(server))) {
            assertThat(roundTrip(client)).isEqualTo("hello");
        }
        assertThat(server.name()).isEqualTo(way.context);
        Awaitility.await().until(() -> server.connections() == 0);
        assertThat(server.terminate()).isTrue();
        assertThat(server.terminate()).isFalse();
    }

    @Test
    void failedHandshakeIsFiredOnceAndOthersAreServed() throws Exception {
        SocketServer server = echo(Protocol.TLS13);
        try (Socket bad = connected(server)) {
            bad.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> !FAILED.isEmpty() && server.connections() == 0);
            assertThat(FAILED).singleElement().satisfies(failed -> {
                assertThat(failed.endpoint()).isEqualTo("tls13");
                assertThat(failed.peer()).isEqualTo(bad.getLocalSocketAddress());
                assertThat(failed.cause())
                        .isInstanceOfSatisfying(
                                SocketStreamException.class,
                                condition ->
                                        assertThat(condition.kind()).isEqualTo(SocketStreamException.Kind.NOT_TLS));
            });
        }
        try (Socket good = Protocol.TLS13.client(connected(server))) {
            assertThat(roundTrip(good)).isEqualTo("hello");
        }
    }

    /** As the probes of Kubernetes and the health checks of load balancers do. */
    @ParameterizedTest
    @EnumSource
    void peersThatLeaveWithoutAByteAreCountedAndFireNothing(Protocol way) throws Exception {
        SocketServer server = echo(way);
        for (int i = 0; i < 20; i++) {
            try (Socket check = connected(server)) {
                check.setSoLinger(i % 2 == 0, 0);
                if (i % 4 == 1) {
                    check.shutdownOutput();
                }
            }
        }
        Awaitility.await().until(() -> server.counts().probes() == 20);
        assertThat(server.counts().failed()).isZero();
        assertThat(FAILED).isEmpty();
        try (Socket client = way.client(connected(server))) {
            assertThat(roundTrip(client)).isEqualTo("hello");
        }
        Awaitility.await().until(() -> server.connections() == 0);
        assertThat(server.counts()).satisfies(counts -> {
            assertThat(counts.accepted()).isEqualTo(21);
            assertThat(counts.probes()).isEqualTo(20);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS12", "TLS13"})
    void peerThatLeavesWithinItsHelloHasFailed(Protocol way) throws Exception {
        SocketServer server = echo(way);
        try (Socket bad = connected(server)) {
            bad.getOutputStream().write(new byte[] {22, 3, 1});
        }
        Awaitility.await().until(() -> FAILED.size() == 1);
        assertThat(FAILED.get(0).cause())
                .isInstanceOfSatisfying(
                        SocketStreamException.class,
                        condition -> assertThat(condition.kind()).isEqualTo(SocketStreamException.Kind.PEER_CLOSED));
        assertThat(server.counts().conditions()).containsExactly(entry(SocketStreamException.Kind.PEER_CLOSED, 1L));
        assertThat(server.counts().probes()).isZero();
    }

    @Test
    void scanIsTenLinesAndASummaryAndEveryConnectionIsFired() throws Exception {
        SocketServer server = servers.startUp(
                ServerStart.of("tls13", Echoing.class, (Echoing stream, ServerConnection connection) -> stream.echo())
                        .listening("scanned", settings -> settings));
        try (LogCapture log =
                LogCapture.of("io.sluice", record -> record.getMessage().startsWith("server 'scanned'"))) {
            for (int i = 0; i < 100; i++) {
                try (Socket bad = connected(server)) {
                    bad.setSoTimeout(10_000);
                    bad.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    bad.getInputStream().readAllBytes();
                }
            }
            Awaitility.await().until(() -> FAILED.size() == 100);
            assertThat(log.records()).hasSize(10);
            server.close();
            assertThat(log.records())
                    .hasSize(11)
                    .last()
                    .satisfies(
                            record -> assertThat(record.getMessage()).isEqualTo("server 'scanned': 90 more NOT_TLS"));
        }
    }

    @Test
    void silentHandshakesDelayNoGoodClient() throws Exception {
        SocketServer server = echo(Protocol.TLS13);
        List<Socket> silent = new CopyOnWriteArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                silent.add(connected(server));
            }
            Awaitility.await().until(() -> server.connections() == 500);
            long start = System.nanoTime();
            try (Socket good = Protocol.TLS13.client(connected(server))) {
                assertThat(roundTrip(good)).isEqualTo("hello");
            }
            // Far below the handshake timeout of each silent client.
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void containerThatStopsDrainsItsServersBeforeItsBeansEnd() throws Exception {
        CompletableFuture<Boolean> toldToFinish = new CompletableFuture<>();
        SocketServer server = servers.startUp(ServerStart.of("none", Echoing.class, (stream, connection) -> {
            stream.output().write('x');
            Awaitility.await().until(connection::shouldFinish);
            toldToFinish.complete(true);
            stream.output().write('y');
        }));
        try (Socket client = connected(server)) {
            client.setSoTimeout(5_000);
            assertThat(client.getInputStream().read()).isEqualTo('x');
            application.close();
            assertThat(client.getInputStream().read()).isEqualTo('y');
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(toldToFinish.get(1, TimeUnit.SECONDS)).isTrue();
        assertThat(server.isRunning()).isFalse();
        assertThatThrownBy(() -> echo(Protocol.PLAIN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("server 'none': the container has stopped. Start servers only while the application runs");
    }

    @Test
    void failedStartIsAnnouncedAndThrown() throws Exception {
        SocketServer first = echo(Protocol.PLAIN);
        CompletableFuture<Outcome> announced = new CompletableFuture<>();
        ServerStart<Echoing> second = ServerStart.of("none", Echoing.class, (stream, connection) -> stream.echo())
                .listening("second", settings -> settings.address(first.address()))
                .announcing(announced::complete);
        assertThatThrownBy(() -> servers.startUp(second))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("server 'second' cannot listen on 127.0.0.1, port ")
                .isSameAs(((Failed) announced.get(1, TimeUnit.SECONDS)).cause());
    }

    @Test
    void invalidStreamClassOrInitargIsReportedByTheStart() {
        ServerStart<FaultyStreams.Abstract> badClass =
                ServerStart.of("none", FaultyStreams.Abstract.class, (stream, connection) -> {});
        assertThatThrownBy(() -> servers.startUp(badClass))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("server 'none': stream class " + FaultyStreams.Abstract.class.getName()
                        + ": it is abstract. Use a concrete subclass");
        ServerStart<Echoing> badInitarg = ServerStart.of("none", Echoing.class, (stream, connection) -> stream.echo())
                .with(Initarg.noDelay(true));
        assertThatThrownBy(() -> servers.startUp(badInitarg))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("server 'none': initarg 'noDelay' is for connectors only");
        assertThat(servers.running()).isEmpty();
    }

    @Test
    void whoeverObjectsToTheStartIsToldOnceAndTheServerEnds() {
        AtomicInteger told = new AtomicInteger();
        ServerStart<Echoing> start = ServerStart.of("none", Echoing.class, (stream, connection) -> stream.echo())
                .announcing(outcome -> {
                    told.incrementAndGet();
                    throw new IllegalStateException("for the test");
                });
        assertThatThrownBy(() -> servers.startUp(start)).hasMessage("for the test");
        assertThat(told).hasValue(1);
        assertThat(servers.running()).isEmpty();
    }

    @Test
    void serverOfSocketsRefusesABalancersHeader() {
        ServerSettings settings = ServerSettings.named("raw")
                .proxyProtocol(ProxyProtocol.from(ProxyVersion.ANY, "127.0.0.1"))
                .build();
        assertThatThrownBy(() -> servers.startUp(settings, connection -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("server 'raw': a PROXY header is read only when a stream is created");
        assertThat(servers.named("raw")).isEmpty();
    }

    @Test
    void serverOfSocketsIsTheContainersToo() throws Exception {
        IOException failure = new IOException("for the test");
        SocketServer server = servers.startUp(
                ServerSettings.named("raw").drainTimeout(Duration.ofSeconds(20)).build(), connection -> {
                    int first = connection.socket().getInputStream().read();
                    if (first == 'f') {
                        throw failure;
                    }
                    connection.socket().getOutputStream().write(first);
                    Awaitility.await().until(connection::shouldFinish);
                    connection.socket().getOutputStream().write('.');
                });
        assertThat(servers.named("raw")).containsSame(server);
        try (Socket bad = connected(server);
                Socket good = connected(server)) {
            bad.getOutputStream().write('f');
            assertThat(bad.getInputStream().read()).isEqualTo(-1);
            Awaitility.await().until(() -> !FAILED.isEmpty());
            assertThat(FAILED)
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.cause()).isSameAs(failure));
            good.getOutputStream().write('x');
            assertThat(good.getInputStream().read()).isEqualTo('x');
            application.close();
            assertThat(good.getInputStream().read()).isEqualTo('.');
            assertThat(good.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    void functionMayTerminateItsServer() throws Exception {
        CompletableFuture<Boolean> wasRunning = new CompletableFuture<>();
        CompletableFuture<Boolean> again = new CompletableFuture<>();
        SocketServer server = servers.startUp(ServerStart.of("none", Echoing.class, (stream, connection) -> {
            wasRunning.complete(connection.server().terminate());
            again.complete(connection.server().terminate());
            stream.echo();
        }));
        try (Socket client = connected(server)) {
            assertThat(wasRunning.get(5, TimeUnit.SECONDS)).isTrue();
            assertThat(again.get(5, TimeUnit.SECONDS)).isFalse();
            assertThat(roundTrip(client)).isEqualTo("hello");
            assertThat(server.awaitEnd(Duration.ofMillis(50))).isFalse();
        }
        assertThat(server.awaitEnd(Duration.ofSeconds(5))).isTrue();
        assertThat(servers.running()).isEmpty();
    }

    @Test
    void unknownContextIsTold() {
        assertThatThrownBy(() ->
                        servers.startUp(ServerStart.of("tls14", Echoing.class, (stream, connection) -> stream.echo())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no context 'tls14'");
    }
}
