package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.GenerationEnded;
import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.HeldSocket;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.OnRotation;
import io.sluice.server.ServerConnection;
import io.sluice.server.ServerStart;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.Handshake;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.testing.TestAuthority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the open connections of an endpoint when its context is reloaded with another certificate. */
class OnRotationTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    private static final List<ConnectionFailed> FAILED = new CopyOnWriteArrayList<>();
    private static final List<Long> GENERATIONS = new CopyOnWriteArrayList<>();
    private static final List<Long> ENDED = new CopyOnWriteArrayList<>();

    @ApplicationScoped
    public static class Service {

        /** Answers with the generation, and at the end with a dot if it was asked to finish. */
        @SocketEndpoint(value = "polite", port = 0, address = "127.0.0.1", ssl = "web", onRotation = OnRotation.DRAIN)
        void polite(SocketStream stream, ServerConnection connection) throws IOException {
            answer(stream);
            Awaitility.await()
                    .forever()
                    .until(() -> connection.shouldFinish() || stream.input().available() > 0);
            if (connection.shouldFinish()) {
                stream.output().write('.');
            }
        }

        @SocketEndpoint(value = "stubborn", port = 0, address = "127.0.0.1", ssl = "web")
        void stubborn(SocketStream stream) throws IOException {
            answer(stream);
            stream.input().transferTo(stream.output());
        }

        @SocketEndpoint(value = "flooding", port = 0, address = "127.0.0.1", ssl = "web", onRotation = OnRotation.CLOSE)
        void flooding(SocketStream stream) throws IOException {
            answer(stream);
            while (true) {
                stream.output().write(new byte[100_000]);
            }
        }

        @SocketEndpoint(
                value = "messages",
                port = 0,
                address = "127.0.0.1",
                ssl = "web",
                frames = "fixed:1",
                onRotation = OnRotation.DRAIN)
        byte[] echo(byte[] message) {
            return message;
        }

        static void answer(SocketStream stream) throws IOException {
            GENERATIONS.add(stream.tls().orElseThrow().generation());
            stream.output().write(stream.input().read());
        }

        void note(@Observes ConnectionFailed failed) {
            FAILED.add(failed);
        }

        void note(@Observes GenerationEnded ended) {
            ENDED.add(ended.generation());
        }
    }

    @TempDir
    Path directory;

    @AutoClose
    private Application application;

    @BeforeEach
    void write() throws Exception {
        FAILED.clear();
        GENERATIONS.clear();
        ENDED.clear();
        AUTHORITY.issue("localhost").write(directory, "server");
    }

    private SocketServer start(String endpoint, String... settings) {
        application = Application.configured(
                        "sluice.ssl.web.key-store.pem.0.cert", directory + "/server.crt",
                        "sluice.ssl.web.key-store.pem.0.key", directory + "/server.key",
                        "sluice.ssl.web.reload-period", "off")
                .with(settings)
                .beans(Service.class)
                .start();
        return server(endpoint);
    }

    private SocketServer server(String name) {
        return application.get(SocketServers.class).named(name).orElseThrow();
    }

    private void rotate() throws Exception {
        AUTHORITY.issue("localhost").write(directory, "server");
        long start = System.nanoTime();
        application.get(SslContexts.class).reload("web");
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("nobody holds the reload up")
                .isLessThan(Duration.ofSeconds(2));
    }

    private static SSLSocket open(SocketServer server) throws Exception {
        return greeted(handshaken(new Socket("127.0.0.1", server.address().getPort())));
    }

    private static SSLSocket handshaken(Socket socket) throws Exception {
        SSLSocket client = (SSLSocket) AUTHORITY
                .trustingContext()
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
        client.setSoTimeout(20_000);
        client.startHandshake();
        return client;
    }

    private static SSLSocket greeted(SSLSocket client) throws IOException {
        assertTalking(client);
        return client;
    }

    private static void assertTalking(SSLSocket client) throws IOException {
        client.getOutputStream().write('a');
        assertThat(client.getInputStream().read()).isEqualTo('a');
    }

    /** A JDK socket throws an exception if there is no close_notify. */
    private static void assertEndsGracefully(SSLSocket client) throws IOException {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void connectionsContinueByDefaultAndKnowTheirGeneration() throws Exception {
        SocketServer server = start("stubborn");
        try (SSLSocket second = open(server)) {
            try (SSLSocket first = open(server)) {
                rotate();
                try (SSLSocket third = open(server)) {
                    assertThat(GENERATIONS).containsExactly(1L, 1L, 2L);
                    assertThat(server.counts().generations()).isEqualTo(Map.of(1L, 2, 2L, 1));
                    assertThat(application
                                    .get(SslContexts.class)
                                    .describe("web")
                                    .connections())
                            .isEqualTo(server.counts().generations());
                    assertTalking(first);
                    assertTalking(third);
                }
            }
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(server.counts().generations()).isEqualTo(Map.of(1L, 1)));
            assertThat(ENDED).isEmpty();
            assertTalking(second);
        }
        Awaitility.await().until(() -> ENDED.equals(List.of(1L)));
    }

    @Test
    void connectionsThatWaitForAMessageEndAtOnce() throws Exception {
        SocketServer server = start("messages");
        try (SSLSocket first = open(server);
                SSLSocket second = open(server)) {
            rotate();
            assertEndsGracefully(first);
            assertEndsGracefully(second);
            try (SSLSocket next = open(server)) {
                assertTalking(next);
            }
        }
        Awaitility.await().until(() -> server.connections() == 0);
        assertThat(FAILED).isEmpty();
    }

    @Test
    void handlersAreAskedToFinishAndOthersAreNot() throws Exception {
        SocketServer server = start("polite");
        try (SSLSocket old = open(server)) {
            rotate();
            assertThat(old.getInputStream().read()).isEqualTo('.');
            assertEndsGracefully(old);
            try (SSLSocket next = open(server)) {
                next.setSoTimeout(200);
                Awaitility.await().until(() -> server.counts().generations().equals(Map.of(2L, 1)));
                rotate();
                next.setSoTimeout(20_000);
                assertThat(next.getInputStream().read()).isEqualTo('.');
            }
        }
        assertThat(GENERATIONS).containsExactly(1L, 2L);
        assertThat(FAILED).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"drain, 500ms, TLSv1.3", "drain, 500ms, TLSv1.2", "close, 1m, TLSv1.3", "close, 1m, TLSv1.2"})
    void connectionsOfTheOldGenerationAreClosed(String action, String drainTimeout, String protocol) throws Exception {
        SocketServer server = start(
                "stubborn",
                "sluice.endpoint.stubborn.on-rotation",
                action,
                "sluice.endpoint.stubborn.drain-timeout",
                drainTimeout,
                "sluice.ssl.web.protocols",
                protocol);
        try (SSLSocket old = open(server);
                SSLSocket other = open(server)) {
            long start = System.nanoTime();
            rotate();
            try (SSLSocket next = open(server)) {
                assertEndsGracefully(old);
                assertEndsGracefully(other);
                Duration lasted = Duration.ofNanos(System.nanoTime() - start);
                assertThat(lasted).isLessThan(Duration.ofSeconds(10));
                if (action.equals("drain")) {
                    assertThat(lasted).isGreaterThan(Duration.ofMillis(450));
                }
                Awaitility.await()
                        .untilAsserted(
                                () -> assertThat(server.counts().generations()).isEqualTo(Map.of(2L, 1)));
                assertTalking(next);
            }
        }
        assertThat(FAILED).as("the server ended them itself").isEmpty();
        assertThat(server.counts().failed()).isZero();
    }

    @Test
    void manyConnectionsAreClosedAtTheSameTimeDespiteStalledPeers() throws Exception {
        SocketServer server = start("flooding", "sluice.endpoint.stubborn.on-rotation", "close");
        SocketServer stubborn = server("stubborn");
        List<SSLSocket> stalled = new ArrayList<>();
        List<SSLSocket> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            stalled.add(open(server));
        }
        for (int i = 0; i < 200; i++) {
            others.add(open(stubborn));
        }
        rotate();
        long start = System.nanoTime();
        for (SSLSocket client : others) {
            assertEndsGracefully(client);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        Awaitility.await().until(() -> server.connections() + stubborn.connections() == 0);
        assertThat(stubborn.counts().failed()).isZero();
        for (SSLSocket client : stalled) {
            client.close();
        }
        for (SSLSocket client : others) {
            client.close();
        }
    }

    /** The engine has the old certificate, but the stream does not exist yet. */
    @Test
    void connectionThatIsInItsHandshakeDuringTheReloadIsClosedToo() throws Exception {
        SocketServer server = start("stubborn", "sluice.endpoint.stubborn.on-rotation", "close");
        HeldSocket held = new HeldSocket(server.address());
        FutureTask<SSLSocket> connecting = new FutureTask<>(() -> handshaken(held));
        new Thread(connecting).start();
        held.awaitHeld();
        rotate();
        held.release();
        try (SSLSocket client = connecting.get(20, TimeUnit.SECONDS)) {
            assertEndsGracefully(client);
        }
        Awaitility.await().until(() -> server.connections() == 0);
        assertThat(server.counts().generations()).isEmpty();
        assertThat(FAILED).isEmpty();
    }

    @Test
    void peerThatReadsNothingIsCutAtTheCloseTimeout() throws Exception {
        SocketServer server = start("flooding", "sluice.endpoint.flooding.close-timeout", "1s");
        try (SSLSocket client = open(server)) {
            assertThat(client.isConnected()).isTrue();
            rotate();
            Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> server.connections() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EAGER", "LAZY"})
    void serverFromCodeFollowsItsContextToo(String handshake) throws Exception {
        start("stubborn");
        SocketServer server = application
                .get(SocketServers.class)
                .startUp(ServerStart.of(
                                "web",
                                SocketStream.class,
                                (stream, connection) -> stream.input().transferTo(stream.output()))
                        .with(Initarg.handshake(Handshake.valueOf(handshake)))
                        .listening("mine", settings -> settings.onRotation(OnRotation.CLOSE)));
        try (SSLSocket client = open(server)) {
            rotate();
            assertEndsGracefully(client);
        }
        server.close();
        assertThat(server.awaitEnd(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void outgoingConnectionKeepsItsGeneration() throws Exception {
        Path trusted = Files.writeString(directory.resolve("trusted.crt"), AUTHORITY.pem());
        SocketServer server = start(
                "stubborn",
                "sluice.ssl.peer.trust-store.pem.certs",
                trusted.toString(),
                "sluice.ssl.peer.reload-period",
                "off");
        try (SocketStream first = outgoing(server)) {
            Files.writeString(
                    trusted, AUTHORITY.pem() + TestAuthority.create("another").pem());
            application.get(SslContexts.class).reload("peer");
            try (SocketStream second = outgoing(server)) {
                assertThat(first.tls().orElseThrow().generation()).isEqualTo(1);
                assertThat(second.tls().orElseThrow().generation()).isEqualTo(2);
            }
        }
    }

    private SocketStream outgoing(SocketServer server) throws Exception {
        return application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("peer"))
                .get()
                .open("localhost", server.address().getPort(), SocketStream.class)
                .orElseThrow();
    }
}
