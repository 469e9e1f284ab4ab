package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.internal.LogCapture;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log, counters and reports of a server about the connections of many peers. */
@Timeout(90)
class ConnectionReportsTest {

    private static final int FLOOD = 150;

    /** The ways in which a health check ends its connection. */
    enum Leaving {
        END {
            @Override
            void leave(Socket client) throws IOException {
                client.close();
            }
        },
        RESET {
            @Override
            void leave(Socket client) throws IOException {
                client.setSoLinger(true, 0);
                client.close();
            }
        },
        HALF_CLOSE {
            @Override
            void leave(Socket client) throws IOException {
                client.shutdownOutput();
            }
        };

        abstract void leave(Socket client) throws IOException;
    }

    private final String name = "reporting-" + System.nanoTime();
    private final List<ConnectionFailed> failures = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new ArrayList<>();
    private final LogCapture log = LogCapture.of("io.sluice.server", this::isOwn);

    @AfterEach
    void end() throws IOException {
        log.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    private boolean isOwn(LogRecord record) {
        return record.getMessage().startsWith("server '" + name + "'");
    }

    private SocketServer start(ConnectionHandler handler) throws IOException {
        return start(handler, failures::add);
    }

    private SocketServer start(ConnectionHandler handler, ServerObserver listener) throws IOException {
        return AcceptingServer.start(
                ServerSettings.named(name).drainTimeout(Duration.ofSeconds(20)).build(), handler, listener);
    }

    private Socket client(SocketServer server) throws IOException {
        Socket client =
                new Socket(server.address().getAddress(), server.address().getPort());
        clients.add(client);
        client.setSoTimeout(20_000);
        return client;
    }

    private void flood(SocketServer server, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            try (Socket client = client(server)) {
                client.getOutputStream().write('x');
                client.getInputStream().read();
            }
        }
        until(() -> server.connections() == 0);
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
    }

    private List<String> messages() {
        return log.records().stream().map(LogRecord::getMessage).toList();
    }

    private static ConnectionHandler failing(Failure failure) {
        return connection -> {
            if (connection.socket().getInputStream().read() >= 0) {
                throw failure.made();
            }
        };
    }

    private interface Failure {
        Exception made();
    }

    @Test
    void floodOfAConditionIsTenLinesAndASummaryAndEachIsReportedAndCounted() throws Exception {
        try (SocketServer server = start(failing(() -> new SocketStreamException(Kind.NOT_TLS, "no TLS")))) {
            flood(server, FLOOD);
            assertThat(log.records()).hasSize(10).allSatisfy(record -> {
                assertThat(record.getLevel()).isEqualTo(Level.INFO);
                assertThat(record.getMessage()).endsWith(": the connection failed: no TLS");
            });
            assertThat(failures).hasSize(FLOOD);
            assertThat(server.counts()).satisfies(counts -> {
                assertThat(counts.accepted()).isEqualTo(FLOOD);
                assertThat(counts.active()).isZero();
                assertThat(counts.conditions()).containsOnlyKeys(Kind.NOT_TLS).containsValue((long) FLOOD);
                assertThat(counts.failed()).isEqualTo(FLOOD);
                assertThat(counts.errors()).isZero();
                assertThat(counts.probes()).isZero();
            });
        }
        assertThat(messages()).hasSize(11).last().isEqualTo("server '" + name + "': 140 more NOT_TLS");
        assertThat(log.records().get(10).getLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void kindsAreLimitedEachByItselfAndExceptionsByTheirClass() throws Exception {
        List<Exception> thrown = List.of(
                new SocketStreamException(Kind.NOT_TLS, "no TLS"),
                new SocketStreamException(Kind.TRUNCATED, "cut"),
                new IllegalStateException("for the test"),
                new EOFException("for the test"));
        int[] next = {0};
        try (SocketServer server = start(failing(() -> thrown.get(next[0]++ % thrown.size())))) {
            flood(server, 15 * thrown.size());
            assertThat(messages()).hasSize(10 * thrown.size());
            assertThat(server.counts().errors()).isEqualTo(30);
            assertThat(server.counts().conditions()).containsOnlyKeys(Kind.NOT_TLS, Kind.TRUNCATED);
        }
        assertThat(messages().subList(40, 44))
                .containsExactlyInAnyOrder(
                        "server '" + name + "': 5 more NOT_TLS",
                        "server '" + name + "': 5 more TRUNCATED",
                        "server '" + name + "': 5 more java.lang.IllegalStateException",
                        "server '" + name + "': 5 more java.io.EOFException");
        assertThat(log.records().stream().filter(record -> record.getThrown() != null))
                .hasSize(20)
                .allSatisfy(record -> assertThat(record.getLevel()).isEqualTo(Level.WARNING));
    }

    /** No later line triggers the summary, and the server keeps running. */
    @ParameterizedTest
    @EnumSource(names = {"AUTO", "PLATFORM"})
    @Tag("long")
    void floodThatStopsIsSummarisedWhenItsWindowEnds(ThreadKind kind) throws Exception {
        try (SocketServer server = AcceptingServer.start(
                ServerSettings.named(name).threads(kind).build(),
                failing(() -> new SocketStreamException(Kind.NOT_TLS, "no TLS")),
                failures::add)) {
            flood(server, 30);
            assertThat(messages()).hasSize(10);
            until(() -> messages().size() > 10);
            assertThat(messages().get(10)).isEqualTo("server '" + name + "': 20 more NOT_TLS");
            flood(server, 1);
            until(() -> messages().size() > 11);
            assertThat(messages().get(11)).endsWith("no TLS");
        }
        assertThat(messages()).hasSize(12);
    }

    @Test
    void serverThatEndsDoesNotWaitForTheSummary() throws Exception {
        SocketServer server = start(failing(() -> new SocketStreamException(Kind.NOT_TLS, "no TLS")));
        flood(server, 30);
        long start = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(messages()).hasSize(11);
    }

    @Test
    void whoeverIsToldAndThrowsIsLimitedAndCostsNoConnection() throws Exception {
        ServerObserver throwing = failed -> {
            failures.add(failed);
            if (failures.size() % 2 == 0) {
                throw new IllegalStateException("for the test");
            }
            throw new NoClassDefFoundError("for the test");
        };
        try (SocketServer server = start(failing(() -> new SocketStreamException(Kind.NOT_TLS, "no TLS")), throwing)) {
            flood(server, 60);
            assertThat(failures).hasSize(60);
            assertThat(messages().stream()
                            .filter(line -> line.endsWith(", and so did an observer of ConnectionFailed")))
                    .hasSize(20);
        }
        assertThat(messages())
                .contains(
                        "server '" + name + "': 20 more java.lang.IllegalStateException of an observer",
                        "server '" + name + "': 20 more java.lang.NoClassDefFoundError of an observer");
    }

    @ParameterizedTest
    @EnumSource
    void peersThatLeaveWithoutAByteAreProbes(Leaving leaving) throws Exception {
        Logger logger = Logger.getLogger("io.sluice.server.AcceptingServer");
        logger.setLevel(Level.FINE);
        try (SocketServer reading = start(connection -> connection
                        .socket()
                        .getInputStream()
                        .transferTo(connection.socket().getOutputStream()));
                SocketServer demanding = start(connection -> {
                    if (connection.socket().getInputStream().read() < 0) {
                        throw new EOFException("for the test");
                    }
                });
                SocketServer speaking = start(connection -> {
                    connection.socket().getOutputStream().write("220 ready\r\n".getBytes(StandardCharsets.US_ASCII));
                    if (connection.socket().getInputStream().readNBytes(4).length < 4) {
                        throw new EOFException("for the test");
                    }
                })) {
            for (SocketServer server : List.of(reading, demanding, speaking)) {
                for (int i = 0; i < 20; i++) {
                    leaving.leave(client(server));
                }
                until(() -> server.counts().probes() == 20);
                assertThat(server.counts().accepted()).isEqualTo(20);
                assertThat(server.counts().failed()).isZero();
            }
        } finally {
            logger.setLevel(null);
        }
        assertThat(failures).isEmpty();
        assertThat(log.records())
                .hasSize(60)
                .allSatisfy(record -> assertThat(record.getLevel()).isEqualTo(Level.FINE));
    }

    /** Only a read or a write shows that the peer ended: a handler that fails by itself does not. */
    @Test
    void handlerThatFailsBeforeItReadsIsAFailureAndSoIsAPeerThatLeavesAfterAByte() throws Exception {
        try (SocketServer server = start(connection -> {
            throw new ConnectException("for the test: the database is down");
        })) {
            Socket client = client(server);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            until(() -> failures.size() == 1);
            assertThat(server.counts().errors()).isEqualTo(1);
            assertThat(server.counts().probes()).isZero();
        }
        try (SocketServer server = start(connection -> {
            if (connection.socket().getInputStream().readNBytes(2).length < 2) {
                throw new EOFException("for the test");
            }
        })) {
            Socket client = client(server);
            client.getOutputStream().write('x');
            client.close();
            until(() -> failures.size() == 2);
            assertThat(server.counts().probes()).isZero();
        }
    }

    /** As in a time service, whose clients only read. */
    @Test
    void clientThatIsServedWithoutSayingAnythingIsNoProbe() throws Exception {
        try (SocketServer server = start(connection ->
                connection.socket().getOutputStream().write("12:00".getBytes(StandardCharsets.US_ASCII)))) {
            assertThat(client(server).getInputStream().readAllBytes()).hasSize(5);
            until(() -> server.connections() == 0);
            assertThat(server.counts().probes()).isZero();
            assertThat(server.counts().failed()).isZero();
        }
    }

    @Test
    void connectionsBeyondTheMostAreCountedAsRefused() throws Exception {
        try (SocketServer server = AcceptingServer.start(
                ServerSettings.named(name).maxConnections(1, WhenFull.REFUSE).build(),
                connection -> connection
                        .socket()
                        .getInputStream()
                        .transferTo(connection.socket().getOutputStream()),
                failures::add)) {
            Socket first = client(server);
            first.getOutputStream().write('x');
            assertThat(first.getInputStream().read()).isEqualTo('x');
            for (int i = 0; i < 5; i++) {
                try (Socket refused = client(server)) {
                    refused.getInputStream().read();
                } catch (IOException e) {
                    // It was reset.
                }
            }
            until(() -> server.counts().refused() == 5);
            assertThat(server.counts().accepted()).isEqualTo(6);
            assertThat(server.counts().active()).isEqualTo(1);
            first.close();
        }
        assertThat(messages()).isEmpty();
    }
}
