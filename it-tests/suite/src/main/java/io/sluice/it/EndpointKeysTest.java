package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.Protocol;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.ServerConnection;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The effects of the keys of an endpoint on its connections, and their precedence over attributes. */
class EndpointKeysTest {

    static final BlockingQueue<Seen> SEEN = new LinkedBlockingQueue<>();
    static final List<ConnectionFailed> FAILED = new CopyOnWriteArrayList<>();

    record Seen(
            boolean noDelay,
            boolean keepAlive,
            int receiveBuffer,
            int sendBuffer,
            Duration readTimeout,
            Duration writeTimeout,
            boolean virtual,
            boolean tls) {

        static Seen of(SocketStream stream, Socket socket) throws IOException {
            return new Seen(
                    socket.getTcpNoDelay(),
                    socket.getKeepAlive(),
                    socket.getReceiveBufferSize(),
                    socket.getSendBufferSize(),
                    stream.readTimeout(),
                    stream.writeTimeout(),
                    isVirtual(),
                    stream.tls().isPresent());
        }

        private static boolean isVirtual() {
            try {
                Method virtual = Thread.class.getMethod("isVirtual");
                return (boolean) virtual.invoke(Thread.currentThread());
            } catch (ReflectiveOperationException e) {
                return false;
            }
        }
    }

    @ApplicationScoped
    public static class Service {
        @SocketEndpoint(value = "keys", port = 0, address = "127.0.0.1", ssl = "none")
        void serve(SocketStream stream, ServerConnection connection) throws IOException {
            SEEN.add(Seen.of(stream, connection.socket()));
            stream.input().transferTo(stream.output());
        }

        void note(@Observes ConnectionFailed failed) {
            FAILED.add(failed);
        }
    }

    @ApplicationScoped
    public static class Neighbours {
        @SocketEndpoint(value = "one", ssl = "none")
        void one(SocketStream stream) throws IOException {
            stream.output().write('1');
        }

        @SocketEndpoint(value = "two", ssl = "none")
        void two(SocketStream stream) throws IOException {
            stream.output().write('2');
        }
    }

    @BeforeEach
    void clear() {
        SEEN.clear();
        FAILED.clear();
    }

    private static Application application(String... keysAndValues) {
        String[] properties = keysAndValues.clone();
        for (int i = 0; i < properties.length; i += 2) {
            properties[i] = "sluice.endpoint.keys." + properties[i];
        }
        return Application.configured(properties)
                .beans(Contexts.class, Service.class)
                .start();
    }

    private static SocketServer server(Application application, String name) {
        return application.get(SocketServers.class).named(name).orElseThrow();
    }

    private static Socket connected(SocketServer server) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(20_000);
        socket.connect(server.address(), 5_000);
        return socket;
    }

    private static Seen seen() throws InterruptedException {
        Seen seen = SEEN.poll(10, TimeUnit.SECONDS);
        if (seen == null) {
            throw new AssertionError("no connection was served");
        }
        return seen;
    }

    @Test
    void socketAndStreamAreAsConfigured() throws Exception {
        try (Application application = application(
                        "address", "127.0.0.2",
                        "ssl", "tls13",
                        "no-delay", "false",
                        "keep-alive", "true",
                        "receive-buffer", "20000",
                        "send-buffer", "30000",
                        "read-timeout", "7s",
                        "write-timeout", "8s",
                        "threads", "platform");
                Socket client = Protocol.TLS13.client(connected(server(application, "keys")))) {
            assertThat(client.isConnected()).isTrue();
            assertThat(server(application, "keys").address().getAddress().getHostAddress())
                    .isEqualTo("127.0.0.2");
            Seen seen = seen();
            assertThat(seen)
                    .isEqualTo(new Seen(
                            false,
                            true,
                            seen.receiveBuffer(),
                            seen.sendBuffer(),
                            Duration.ofSeconds(7),
                            Duration.ofSeconds(8),
                            false,
                            true));
            // Linux doubles the requested size for its own use.
            assertThat(seen.receiveBuffer()).isBetween(20_000, 40_000);
            assertThat(seen.sendBuffer()).isBetween(30_000, 60_000);
        }
    }

    @Test
    void virtualThreadsAreServedOnOrTellThatThereAreNone() throws Exception {
        if (Runtime.version().feature() < 21) {
            Throwable thrown =
                    catchThrowable(() -> application("threads", "virtual").close());
            assertThat(DeploymentMessages.by(thrown))
                    .contains("has no virtual threads. Use threads=auto or platform, or JDK 21 or later");
            return;
        }
        try (Application application = application("threads", "virtual");
                Socket client = connected(server(application, "keys"))) {
            assertThat(client.isConnected()).isTrue();
            assertThat(seen().virtual()).isTrue();
        }
    }

    @Test
    void withoutKeysTheAttributesAndDefaultsHold() throws Exception {
        try (Application application = application();
                Socket client = connected(server(application, "keys"))) {
            assertThat(client.getInetAddress()).isEqualTo(InetAddress.getByName("127.0.0.1"));
            Seen seen = seen();
            assertThat(seen.noDelay()).isTrue();
            assertThat(seen.keepAlive()).isFalse();
            assertThat(seen.readTimeout()).isZero();
            assertThat(seen.writeTimeout()).isZero();
            assertThat(seen.virtual()).isEqualTo(Runtime.version().feature() >= 21);
            assertThat(seen.tls()).isFalse();
        }
    }

    @Test
    void readTimeoutEndsASilentConnection() throws Exception {
        try (Application application = application("read-timeout", "200ms");
                Socket client = connected(server(application, "keys"))) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertFailed(Kind.READ_TIMEOUT);
        }
    }

    private static void assertFailed(Kind kind) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !FAILED.isEmpty());
        assertThat(FAILED)
                .singleElement()
                .satisfies(failed -> assertThat(failed.cause())
                        .isInstanceOfSatisfying(
                                SocketStreamException.class,
                                condition -> assertThat(condition.kind()).isEqualTo(kind)));
    }

    /** A complete ClientHello, sent byte by byte, would take far longer. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void handshakeEndsAtItsDeadlineHoweverAClientDripsAndOthersAreServed(int drip) throws Exception {
        try (Application application = application("ssl", "tls13", "handshake-timeout", "600ms");
                Socket bad = connected(server(application, "keys"))) {
            long start = System.nanoTime();
            Thread dripping = new Thread(() -> drip(bad, drip));
            dripping.start();
            try (Socket good = Protocol.TLS13.client(connected(server(application, "keys")))) {
                good.getOutputStream().write('x');
                assertThat(good.getInputStream().read()).isEqualTo('x');
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !FAILED.isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertFailed(Kind.HANDSHAKE_TIMEOUT);
            dripping.join(10_000);
            assertThat(dripping.isAlive()).isFalse();
        }
    }

    private static void drip(Socket socket, int bytes) {
        byte[] hello = {22, 3, 1, 1, 0, 1, 0, 0, (byte) 252, 3, 3};
        try {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; bytes > 0; i++) {
                out.write(i < hello.length ? hello[i] : 0);
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException e) {
            // The server has closed the connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.2, false",
        "127.0.0.1, 127.0.0.1, true",
        "0.0.0.0, 127.0.0.1, true",
    })
    void onePortServesTwoEndpointsOnAddressesOfTheirOwnOrShared(String one, String two, boolean shared)
            throws Exception {
        String port = String.valueOf(freePort());
        try (Application application = Application.configured(
                        "sluice.endpoint.one.port", port,
                        "sluice.endpoint.two.port", port,
                        "sluice.endpoint.one.address", one,
                        "sluice.endpoint.two.address", two,
                        "sluice.endpoint.one.reuse-port", String.valueOf(shared),
                        "sluice.endpoint.two.reuse-port", String.valueOf(shared))
                .beans(Neighbours.class)
                .start()) {
            assertThat(application.get(SocketServers.class).running()).hasSize(2);
            try (Socket client = new Socket()) {
                client.connect(new InetSocketAddress(two, Integer.parseInt(port)), 5_000);
                client.setSoTimeout(10_000);
                assertThat(client.getInputStream().read()).isIn((int) '2', shared ? (int) '1' : (int) '2');
            }
        }
    }

    @Test
    void furtherConnectionsAreResetWhereThatIsConfigured() throws Exception {
        try (Application application = application("max-connections", "1", "when-full", "refuse");
                Socket first = connected(server(application, "keys"))) {
            seen();
            Awaitility.await().until(() -> isReset(server(application, "keys")));
            first.getOutputStream().write('x');
            assertThat(first.getInputStream().read()).isEqualTo('x');
        }
    }

    private static boolean isReset(SocketServer server) {
        try (Socket further = connected(server)) {
            return further.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
