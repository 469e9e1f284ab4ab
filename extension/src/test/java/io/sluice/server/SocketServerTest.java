package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.internal.LogCapture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers with real sockets: service, limits and the end. */
@Isolated
class SocketServerTest {

    private static final ConnectionHandler ECHO = connection ->
            connection.socket().getInputStream().transferTo(connection.socket().getOutputStream());

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private final List<ConnectionFailed> failures = new CopyOnWriteArrayList<>();
    private final List<SocketServer> servers = new ArrayList<>();
    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void end() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        servers.forEach(SocketServer::terminate);
    }

    private static ServerSettings.Builder settings() {
        return ServerSettings.named("test").drainTimeout(Duration.ofSeconds(5));
    }

    private SocketServer start(ServerSettings.Builder settings, ConnectionHandler handler) throws IOException {
        SocketServer server = AcceptingServer.start(settings.build(), handler, failures::add);
        servers.add(server);
        return server;
    }

    private Socket client(SocketServer server) throws IOException {
        Socket client = new Socket();
        clients.add(client);
        client.setSoTimeout(5_000);
        client.connect(server.address(), 5_000);
        return client;
    }

    private static int roundTrip(Socket client) throws IOException {
        client.getOutputStream().write('x');
        return client.getInputStream().read();
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(condition);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "PLATFORM"})
    void connectionsAreServedAtOnceOnThreadsNamedAfterTheServer(ThreadKind kind) throws Exception {
        List<String> names = new CopyOnWriteArrayList<>();
        SocketServer server = start(settings().threads(kind), connection -> {
            names.add(Thread.currentThread().getName());
            ECHO.handle(connection);
        });
        Socket first = client(server);
        Socket second = client(server);
        assertThat(roundTrip(second)).isEqualTo('x');
        assertThat(roundTrip(first)).isEqualTo('x');
        assertThat(server.connections()).isEqualTo(2);
        assertThat(names).containsExactlyInAnyOrder("test-1", "test-2");
        first.close();
        second.close();
        until(() -> server.connections() == 0);
        assertThat(failures).isEmpty();
    }

    @Test
    void acceptedSocketsSendSmallWritesAtOnceUnlessToldOtherwise() throws Exception {
        for (boolean wanted : new boolean[] {true, false}) {
            CompletableFuture<Boolean> noDelay = new CompletableFuture<>();
            SocketServer server = start(
                    settings().noDelay(wanted),
                    connection -> noDelay.complete(connection.socket().getTcpNoDelay()));
            client(server);
            assertThat(noDelay.get(5, TimeUnit.SECONDS)).isEqualTo(wanted);
        }
    }

    @Test
    void handlerThatThrowsEndsItsOwnConnectionAloneAndIsToldOnce() throws Exception {
        IllegalStateException failure = new IllegalStateException("for the test");
        SocketServer server = start(settings(), connection -> {
            int first = connection.socket().getInputStream().read();
            if (first == 'f') {
                throw failure;
            }
            connection.socket().getOutputStream().write(first);
            ECHO.handle(connection);
        });
        Socket good = client(server);
        assertThat(roundTrip(good)).isEqualTo('x');
        Socket bad = client(server);
        LogCapture logged = LogCapture.of("io.sluice", record -> true);
        try (logged) {
            bad.getOutputStream().write('f');
            assertThat(bad.getInputStream().read()).isEqualTo(-1);
            until(() -> !failures.isEmpty());
        }
        assertThat(logged.records()).singleElement().satisfies(record -> {
            assertThat(record.getThrown()).isSameAs(failure);
            assertThat(record.getMessage())
                    .isEqualTo("server 'test', peer " + bad.getLocalSocketAddress() + ": the connection failed");
        });
        assertThat(failures).singleElement().satisfies(told -> {
            assertThat(told.endpoint()).isEqualTo("test");
            assertThat(told.peer()).isEqualTo(bad.getLocalSocketAddress());
            assertThat(told.cause()).isSameAs(failure);
        });
        assertThat(roundTrip(good)).isEqualTo('x');
    }

    @Test
    void connectionsBeyondTheMostWaitInTheBacklogUntilOneEnds() throws Exception {
        SocketServer server = start(settings().maxConnections(2, WhenFull.WAIT), ECHO);
        Socket first = client(server);
        Socket second = client(server);
        assertThat(roundTrip(first)).isEqualTo('x');
        assertThat(roundTrip(second)).isEqualTo('x');
        Socket third = client(server);
        third.getOutputStream().write('y');
        third.setSoTimeout(300);
        assertThatThrownBy(() -> third.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        assertThat(server.connections()).isEqualTo(2);
        first.close();
        third.setSoTimeout(5_000);
        assertThat(third.getInputStream().read()).isEqualTo('y');
    }

    @Test
    void connectionsBeyondTheMostAreResetAtOnceWhereThatIsAsked() throws Exception {
        SocketServer server = start(settings().maxConnections(1, WhenFull.REFUSE), ECHO);
        Socket first = client(server);
        assertThat(roundTrip(first)).isEqualTo('x');
        // The reset may come while the client is still setting its socket up.
        assertThatThrownBy(() -> client(server).getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
        first.close();
        until(() -> server.connections() == 0);
        assertThat(roundTrip(client(server))).isEqualTo('x');
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "PLATFORM"})
    void terminateLetsHandlersFinishAndFreesThePortAtOnce(ThreadKind kind) throws Exception {
        SocketServer server = start(settings().threads(kind), connection -> {
            connection.socket().getOutputStream().write('x');
            until(connection::shouldFinish);
            connection.socket().getOutputStream().write('y');
        });
        Socket client = client(server);
        assertThat(client.getInputStream().read()).isEqualTo('x');
        assertThat(server.isRunning()).isTrue();
        assertThat(server.terminate()).isTrue();
        assertThat(client.getInputStream().read()).isEqualTo('y');
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(server.isRunning()).isFalse();
        assertThat(server.connections()).isZero();
        assertThat(server.terminate()).isFalse();
        SocketServer next = start(settings().address(server.address()), ECHO);
        assertThat(next.address()).isEqualTo(server.address());
        assertThat(roundTrip(client(next))).isEqualTo('x');
        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "PLATFORM"})
    void terminateClosesWhatIsLeftAfterTheDrainTimeout(ThreadKind kind) throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        SocketServer server = start(settings().threads(kind).drainTimeout(Duration.ofMillis(200)), connection -> {
            if (roundTripFromThere(connection) == 'i') {
                ECHO.handle(connection);
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        Socket reading = client(server);
        reading.getOutputStream().write('i');
        Socket elsewhere = client(server);
        elsewhere.getOutputStream().write('e');
        assertThat(reading.getInputStream().read()).isEqualTo('i');
        assertThat(elsewhere.getInputStream().read()).isEqualTo('e');
        long start = System.nanoTime();
        assertThat(server.terminate()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThat(reading.getInputStream().read()).isEqualTo(-1);
        assertThat(elsewhere.getInputStream().read()).isEqualTo(-1);
        assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(server.connections()).isZero();
    }

    private static int roundTripFromThere(ServerConnection connection) throws IOException {
        int read = connection.socket().getInputStream().read();
        connection.socket().getOutputStream().write(read);
        return read;
    }

    @Test
    void terminateFromInsideAHandlerReturnsAtOnceAndEndsTheServer() throws Exception {
        CompletableFuture<Boolean> wasRunning = new CompletableFuture<>();
        SocketServer server = start(
                settings(),
                connection -> wasRunning.complete(connection.server().terminate()));
        client(server);
        assertThat(wasRunning.get(2, TimeUnit.SECONDS)).isTrue();
        assertThat(server.awaitEnd(Duration.ofSeconds(2))).isTrue();
        assertThat(server.terminate()).isFalse();
        assertThatThrownBy(() -> client(server)).isInstanceOf(IOException.class);
    }

    @Test
    void noThreadIsLeftOfAServerThatEnded() throws Exception {
        SocketServer server = start(
                ServerSettings.named("leaving").threads(ThreadKind.PLATFORM).drainTimeout(Duration.ofSeconds(5)), ECHO);
        Socket client = client(server);
        assertThat(roundTrip(client)).isEqualTo('x');
        client.close();
        server.terminate();
        until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("leaving-")));
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "PLATFORM"})
    void noDescriptorIsLeftOfAServerThatEnded(ThreadKind kind) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(DESCRIPTORS), DESCRIPTORS + " is not here: this test counts in it");
        AtomicInteger served = new AtomicInteger();
        runAndEnd(kind, served); // Opens what the JVM opens only once.
        long before = openSockets();
        runAndEnd(kind, served);
        assertThat(served).hasValue(40);
        until(() -> openSockets() <= before);
    }

    /** Connections that end by themselves, fail, outlast the drain, and never send anything. */
    private void runAndEnd(ThreadKind kind, AtomicInteger served) throws Exception {
        SocketServer server = start(settings().threads(kind).drainTimeout(Duration.ofMillis(100)), connection -> {
            served.incrementAndGet();
            if (connection.socket().getInputStream().read() == 'f') {
                throw new IllegalStateException("for the test");
            }
            ECHO.handle(connection);
        });
        int target = served.get() + 20;
        for (int i = 0; i < 20; i++) {
            Socket client = client(server);
            if (i % 2 == 0) {
                client.getOutputStream().write(i % 4 == 0 ? 'f' : 'x');
            }
        }
        until(() -> served.get() == target);
        server.terminate();
        end();
    }

    private static long openSockets() throws IOException {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.filter(SocketServerTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // Closed meanwhile.
        }
    }

    @Test
    void portInUseIsToldWithServerAndAddress() throws Exception {
        SocketServer server = start(settings(), ECHO);
        ServerSettings.Builder second = settings().address(server.address());
        assertThatThrownBy(() -> start(second, ECHO))
                .isInstanceOf(IOException.class)
                .hasMessageMatching(
                        "server 'test' cannot listen on 127\\.0\\.0\\.1, port "
                                + server.address().getPort() + ": Address already in use( \\(.*\\))?"
                                + "\\. Use a free port and one of this machine's addresses, or stop the process that listens there");
    }

    @Test
    void unknownAddressIsTold() {
        ServerSettings.Builder unknown = settings().address(InetSocketAddress.createUnresolved("nowhere.invalid", 0));
        assertThatThrownBy(() -> start(unknown, ECHO))
                .hasMessage("server 'test' cannot listen on nowhere.invalid, port 0: the address is unknown."
                        + " Use one of this machine's addresses");
    }
}
