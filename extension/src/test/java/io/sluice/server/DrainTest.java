package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.server.ScarceThreads.Shortage;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The close of connections when a server stops, even if no thread can be created for it. */
@Timeout(60)
class DrainTest {

    /** More than the buffers of a peer that never reads can take. */
    private static final byte[] TOO_MUCH = new byte[64 << 20];

    private final List<Socket> clients = new ArrayList<>();
    private final List<SocketServer> servers = new ArrayList<>();
    private final List<Thread> closers = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        servers.forEach(SocketServer::close);
    }

    private static ServerSettings.Builder settings() {
        return ServerSettings.named("draining").drainTimeout(Duration.ofMillis(100));
    }

    private SocketServer start(ScarceThreads threads, ConnectionHandler handler) throws IOException {
        SocketServer server = AcceptingServer.start(settings().build(), handler, failed -> {}, threads.threads());
        servers.add(server);
        return server;
    }

    private SocketServer start(ThreadKind kind, ConnectionHandler handler) throws IOException {
        SocketServer server = AcceptingServer.start(settings().threads(kind).build(), handler, failed -> {});
        servers.add(server);
        return server;
    }

    /** Sends the kind of close that it wants, and is served once it has received the echo. */
    private Socket client(SocketServer server, char wanted) throws IOException {
        Socket client =
                new Socket(server.address().getAddress(), server.address().getPort());
        clients.add(client);
        client.setSoTimeout(20_000);
        client.getOutputStream().write(wanted);
        assertThat(client.getInputStream().read()).isEqualTo(wanted);
        return client;
    }

    private List<Socket> clients(SocketServer server, int number, char wanted) throws IOException {
        List<Socket> made = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            made.add(client(server, wanted));
        }
        return made;
    }

    /** Echoes until the connection ends. The client's first byte says how the server closes it. */
    private void serve(ServerConnection connection) throws IOException {
        Socket socket = connection.socket();
        int wanted = socket.getInputStream().read();
        connection.closeThrough(closing(wanted, socket));
        socket.getOutputStream().write(wanted);
        while (socket.getInputStream().read() >= 0) {
            // Until somebody closes it.
        }
    }

    private Closeable closing(int wanted, Socket socket) {
        return () -> {
            closers.add(Thread.currentThread());
            switch (wanted) {
                case 'e' -> throw new NoClassDefFoundError("for the test");
                case 's' -> socket.getOutputStream().write(TOO_MUCH);
                default -> socket.getOutputStream().write('.');
            }
            socket.close();
            if (wanted == 'l') {
                Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            }
        };
    }

    private static void assertClosedInOrder(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            assertThat(socket.getInputStream().read()).isEqualTo('.');
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionsAreClosedInOrderWithoutAnotherThread(Shortage shortage) throws Exception {
        ScarceThreads threads = new ScarceThreads(shortage);
        SocketServer server = start(threads, this::serve);
        List<Socket> open = clients(server, 5, 'o');
        threads.exhaust();
        assertThat(server.terminate()).isTrue();
        assertClosedInOrder(open);
        assertThat(server.connections()).isZero();
        assertThat(server.awaitEnd(Duration.ofSeconds(5))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void failuresAndStuckPeersKeepNoOtherConnectionOpen(Shortage shortage) throws Exception {
        ScarceThreads threads = new ScarceThreads(shortage);
        SocketServer server = start(threads, this::serve);
        List<Socket> bad = clients(server, 4, 's');
        bad.addAll(clients(server, 2, 'e'));
        List<Socket> open = clients(server, 30, 'o');
        threads.exhaust();
        long start = System.nanoTime();
        assertThat(server.terminate()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertClosedInOrder(open);
        assertThat(server.connections()).isZero();
        assertThat(server.awaitEnd(Duration.ofSeconds(5))).isTrue();
    }

    /** For example, a pre-destroy method of the stream still runs after the connection and its handler have ended. */
    @ParameterizedTest
    @EnumSource(names = {"AUTO", "PLATFORM"})
    void threadsThatCloseHaveEndedWhenTerminateReturns(ThreadKind kind) throws Exception {
        SocketServer server = start(kind, this::serve);
        List<Socket> open = clients(server, 8, 'l');
        clients(server, 2, 's');
        assertThat(server.terminate()).isTrue();
        if (kind == ThreadKind.AUTO) { // A virtual thread ends a moment after its executor has stopped counting it.
            for (Thread closer : closers) {
                closer.join(5_000);
            }
        }
        assertThat(closers).hasSize(10).noneMatch(Thread::isAlive);
        assertClosedInOrder(open);
        assertThat(server.awaitEnd(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void noThreadIsAliveWhenTerminateReturns() throws Exception {
        SocketServer server = start(ThreadKind.PLATFORM, this::serve);
        clients(server, 8, 'o');
        client(server, 'o').close();
        server.terminate();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("draining-"));
    }

    @Test
    void endIsNotReachedWhileAHandlerGoesOn() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        SocketServer server = start(ThreadKind.PLATFORM, connection -> {
            connection
                    .socket()
                    .getOutputStream()
                    .write(connection.socket().getInputStream().read());
            while (released.getCount() > 0) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    // It ignores interrupts.
                }
            }
        });
        client(server, 'o');
        assertThat(server.terminate()).isTrue();
        assertThat(server.awaitEnd(Duration.ofMillis(50))).isFalse();
        assertThat(server.connections()).isEqualTo(1);
        released.countDown();
        assertThat(server.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(server.connections()).isZero();
    }

    /** Some servers shut their thread factories down before the application ends. */
    @ParameterizedTest
    @EnumSource
    void serverDrainsWhenItsThreadsAreInterrupted(Shortage shortage) throws Exception {
        ScarceThreads threads = new ScarceThreads(shortage);
        SocketServer server = start(threads, this::serve);
        List<Socket> open = clients(server, 5, 'o');
        threads.shutDown();
        assertClosedInOrder(open);
        assertThat(server.awaitEnd(Duration.ofSeconds(20))).isTrue();
        assertThat(server.isRunning()).isFalse();
        assertThat(server.terminate()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void connectionThatNoThreadServesIsResetAndTakesNoRoom(Shortage shortage) throws Exception {
        ScarceThreads threads = new ScarceThreads(shortage);
        SocketServer server = AcceptingServer.start(
                settings().maxConnections(1, WhenFull.WAIT).build(), this::serve, failed -> {}, threads.threads());
        servers.add(server);
        threads.exhaust();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> client(server, 'o')).isInstanceOf(SocketException.class);
        }
        threads.relieve();
        client(server, 'o');
        assertThat(server.counts()).satisfies(counts -> {
            assertThat(counts.refused()).isEqualTo(3);
            assertThat(counts.accepted()).isEqualTo(4);
            assertThat(counts.active()).isEqualTo(1);
        });
    }

    @Test
    void interruptedTerminateCutsWhatIsLeftAtOnce() throws Exception {
        SocketServer server = AcceptingServer.start(
                settings().drainTimeout(Duration.ofMinutes(5)).build(), this::serve, failed -> {});
        servers.add(server);
        Socket open = client(server, 'o');
        Thread.currentThread().interrupt();
        assertThat(server.terminate()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(open.getInputStream().read()).isEqualTo(-1);
        assertThat(server.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void lingeringCloseOfAHandlersOwnDelaysNobody() throws Exception {
        SocketServer server = start(ThreadKind.PLATFORM, connection -> {
            connection.socket().setSoLinger(true, 60);
            connection
                    .socket()
                    .getOutputStream()
                    .write(connection.socket().getInputStream().read());
            connection.socket().getOutputStream().write(TOO_MUCH);
        });
        clients(server, 3, 'o');
        long start = System.nanoTime();
        server.terminate();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(server.awaitEnd(Duration.ofSeconds(5))).isTrue();
    }

    @Test
    void closeEndsTheServerAndWaitsForIt() throws Exception {
        Socket client;
        SocketServer ended;
        try (SocketServer server = AcceptingServer.start(settings().build(), this::serve, failed -> {})) {
            client = client(server, 'o');
            ended = server;
        }
        assertClosedInOrder(List.of(client));
        assertThat(ended.isRunning()).isFalse();
        assertThat(ended.awaitEnd(Duration.ZERO)).isTrue();
        ended.close();
    }

    /** The second call returns only after the end, like the first one. */
    @Test
    void closeWaitsAlsoWhereAnotherThreadHasTerminated() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        SocketServer server = AcceptingServer.start(
                settings().drainTimeout(Duration.ofSeconds(20)).build(),
                connection -> {
                    connection
                            .socket()
                            .getOutputStream()
                            .write(connection.socket().getInputStream().read());
                    finish.await();
                },
                failed -> {});
        servers.add(server);
        client(server, 'o');
        CompletableFuture<Boolean> first = CompletableFuture.supplyAsync(server::terminate);
        Awaitility.await().until(() -> !server.isRunning());
        CompletableFuture<Void> second = CompletableFuture.runAsync(server::close);
        assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        finish.countDown();
        second.get(20, TimeUnit.SECONDS);
        assertThat(server.connections()).isZero();
        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closeFromInsideAHandlerReturnsAtOnce() throws Exception {
        returnsAtOnceInsideAHandler(server -> {
            server.close();
            server.close();
        });
    }

    @Test
    void terminateAllFromInsideAHandlerReturnsAtOnce() throws Exception {
        returnsAtOnceInsideAHandler(server -> SocketServer.terminateAll(List.of(server)));
    }

    private void returnsAtOnceInsideAHandler(Consumer<SocketServer> end) throws Exception {
        CompletableFuture<Boolean> returned = new CompletableFuture<>();
        SocketServer server = AcceptingServer.start(
                settings().drainTimeout(Duration.ofMinutes(1)).build(),
                connection -> {
                    end.accept(connection.server());
                    returned.complete(true);
                },
                failed -> {});
        servers.add(server);
        clients.add(new Socket(server.address().getAddress(), server.address().getPort()));
        assertThat(returned.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(server.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void serversAreTerminatedTogether() throws Exception {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            SocketServer server = AcceptingServer.start(
                    settings().drainTimeout(Duration.ofSeconds(3)).build(), this::serve, failed -> {});
            servers.add(server);
            open.add(client(server, 'o'));
        }
        long start = System.nanoTime();
        SocketServer.terminateAll(servers);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
        assertThat(servers)
                .allSatisfy(server -> assertThat(server.connections()).isZero());
        assertClosedInOrder(open);
    }
}
