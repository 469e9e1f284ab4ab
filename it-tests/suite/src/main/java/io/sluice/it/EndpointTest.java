package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.Feature;
import io.sluice.it.support.Greeting;
import io.sluice.it.support.Protocol;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.ServerConnection;
import io.sluice.server.ServerStart;
import io.sluice.server.ServerStarted;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.StreamCreation;
import io.sluice.stream.StreamResult;
import io.sluice.testing.internal.ProcessPeer;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints: methods that serve a port. */
@Tag("tls")
@Feature("endpoints")
class EndpointTest {

    static final List<ConnectionFailed> FAILED = new CopyOnWriteArrayList<>();
    static final List<SocketServer> STARTED = new CopyOnWriteArrayList<>();
    static final AtomicInteger PARTS_MADE = new AtomicInteger();
    static final AtomicInteger PARTS_ENDED = new AtomicInteger();
    static final AtomicInteger CALLS_SEEN = new AtomicInteger();
    static final AtomicInteger CREATIONS_SEEN = new AtomicInteger();
    static final AtomicInteger DECORATED_SEEN = new AtomicInteger();
    static final CountDownLatch DRAINED = new CountDownLatch(1);

    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Seen {}

    @Seen
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class SeeCalls {
        @AroundInvoke
        Object see(InvocationContext call) throws Exception {
            CALLS_SEEN.incrementAndGet();
            return call.proceed();
        }
    }

    @StreamCreation
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    public static class SeeCreations {
        @AroundInvoke
        Object see(InvocationContext call) throws Exception {
            CREATIONS_SEEN.incrementAndGet();
            return call.proceed();
        }
    }

    @Decorator
    @Priority(Interceptor.Priority.APPLICATION)
    public static class SeeDecorated implements SocketStreamCreator {
        @Inject
        @Delegate
        @Any
        SocketStreamCreator creator;

        @Override
        public <S extends SocketStream> StreamResult<S> create(Socket socket, Class<S> streamClass, Initarg... initargs)
                throws SocketStreamException {
            DECORATED_SEEN.incrementAndGet();
            return creator.create(socket, streamClass, initargs);
        }
    }

    /** Created for each call. */
    @Dependent
    public static class Part {
        public Part() {
            PARTS_MADE.incrementAndGet();
        }

        @PreDestroy
        void end() {
            PARTS_ENDED.incrementAndGet();
        }
    }

    /** Needs no annotation, because a method names it. */
    public static class EchoStream extends SocketStream {
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
    public static class Services {

        @Seen
        @SocketEndpoint(value = "plain", port = 0, address = "127.0.0.1", ssl = "none")
        void plain(
                EchoStream stream, Part part, Part another, @SslContext("tls12") Instance<SocketStreamCreator> creator)
                throws IOException {
            assertThat(part).isNotSameAs(another);
            assertThat(creator.isResolvable()).isTrue();
            stream.echo();
        }

        @SocketEndpoint("tls13")
        protected void encrypted(EchoStream stream) throws IOException {
            stream.echo();
        }

        @SocketEndpoint(value = "failing", port = 0, ssl = "none")
        public void failing(SocketStream stream, Part part) throws IOException {
            if (stream.input().read() == 'x') {
                throw new IOException("on purpose");
            }
            stream.output().write('y');
        }

        @SocketEndpoint(value = "off", ssl = "none")
        void off(SocketStream stream) {
            throw new IllegalStateException("not enabled");
        }

        @SocketEndpoint(value = "draining", port = 0, ssl = "none")
        void draining(SocketStream stream, ServerConnection connection) throws IOException {
            stream.output().write('x');
            Awaitility.await().until(connection::shouldFinish);
            stream.output().write('y');
            DRAINED.countDown();
        }
    }

    /** Each call has its own instance. */
    @Dependent
    public static class DependentService {
        @Inject
        Part part;

        @Seen
        @SocketEndpoint(value = "dependent", port = 0, ssl = "none")
        void serve(EchoStream stream) throws IOException {
            if (part == null) {
                throw new IllegalStateException("not injected");
            }
            stream.echo();
        }
    }

    @ApplicationScoped
    public static class Watch {
        void note(@Observes ConnectionFailed failed) {
            FAILED.add(failed);
        }

        void note(@Observes ServerStarted started) {
            STARTED.add(started.server());
        }
    }

    @TempDir
    Path directory;

    @AutoClose
    private Application application;

    @BeforeEach
    void start() {
        FAILED.clear();
        STARTED.clear();
        List.of(PARTS_MADE, PARTS_ENDED, CALLS_SEEN, CREATIONS_SEEN, DECORATED_SEEN)
                .forEach(count -> count.set(0));
        application = Application.configured(
                        "sluice.endpoint.tls13.port", "0",
                        "sluice.endpoint.tls13.address", "localhost",
                        "sluice.endpoint.off.enabled", "false",
                        "sluice.endpoint.failing.address", "127.0.0.1",
                        "sluice.endpoint.draining.address", "127.0.0.1",
                        "sluice.endpoint.draining.drain-timeout", "20s",
                        "sluice.endpoint.dependent.address", "127.0.0.1",
                        "sluice.endpoint.dependent.max-connections", "1")
                .beans(
                        Contexts.class,
                        Services.class,
                        DependentService.class,
                        EchoStream.class,
                        Part.class,
                        Watch.class,
                        SeeCalls.class,
                        SeeCreations.class,
                        SeeDecorated.class)
                .start();
    }

    private SocketServer server(String name) {
        return application.get(SocketServers.class).named(name).orElseThrow();
    }

    private Socket connected(String name) throws IOException {
        SocketServer server = server(name);
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String roundTrip(Socket socket) throws IOException {
        socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
    }

    @Test
    void eachEndpointIsToldWithThePortThatItWasGiven() {
        assertThat(STARTED)
                .extracting(SocketServer::name)
                .containsExactlyInAnyOrder("plain", "tls13", "failing", "draining", "dependent");
        assertThat(STARTED).allSatisfy(server -> {
            assertThat(server.address().getPort()).isPositive();
            assertThat(server.address().getAddress()).isEqualTo(InetAddress.getLoopbackAddress());
            assertThat(server(server.name())).isSameAs(server);
        });
    }

    @Test
    void methodServesConnectionsWithWhatItHasInjectedForEach() throws Exception {
        for (int call = 1; call <= 2; call++) {
            try (Socket client = connected("plain")) {
                assertThat(roundTrip(client)).isEqualTo("hello");
                assertThat(PARTS_MADE).hasValue(2 * call);
                assertThat(PARTS_ENDED).hasValue(2 * (call - 1));
            }
            Awaitility.await().until(() -> server("plain").connections() == 0);
            assertThat(PARTS_ENDED).hasValue(2 * call);
        }
        assertThat(CALLS_SEEN).hasValue(2);
        assertThat(CREATIONS_SEEN).hasValue(2);
        assertThat(DECORATED_SEEN).hasValue(2);
        assertThat(FAILED).isEmpty();
    }

    @Test
    void connectionOfAServerFromCodeIsSeenOnceToo() throws Exception {
        SocketServer server = application
                .get(SocketServers.class)
                .startUp(ServerStart.of("none", EchoStream.class, (stream, connection) -> stream.echo()));
        try (Socket client =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            client.setSoTimeout(10_000);
            assertThat(roundTrip(client)).isEqualTo("hello");
        }
        assertThat(CREATIONS_SEEN).hasValue(1);
        assertThat(DECORATED_SEEN).hasValue(1);
    }

    @Test
    void dependentBeanIsMadeForTheCallAndEndsWithIt() throws Exception {
        try (Socket client = connected("dependent")) {
            assertThat(roundTrip(client)).isEqualTo("hello");
            assertThat(PARTS_MADE).hasValue(1);
        }
        Awaitility.await().until(() -> server("dependent").connections() == 0);
        assertThat(PARTS_ENDED).hasValue(1);
        assertThat(CALLS_SEEN).hasValue(1);
    }

    @Test
    void opensslTalksToTheEndpointOfTheContextOfItsName() throws Exception {
        try (ProcessPeer openssl = ProcessPeer.start(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + server("tls13").address().getPort(),
                "-servername",
                "localhost",
                "-CAfile",
                Protocol.SERVER.writeCertificate(directory).toString(),
                "-verify_return_error",
                "-brief")) {
            openssl.awaitOutput("CONNECTION ESTABLISHED");
            openssl.sendLine("hello");
            openssl.awaitOutput("hello");
            assertThat(openssl.output()).contains("Protocol version: TLSv1.3", "Verification: OK");
        }
        assertThat(CREATIONS_SEEN).hasValue(1);
    }

    @Test
    void whatAMethodThrowsEndsItsOwnConnectionAlone() throws Exception {
        try (Socket good = connected("failing");
                Socket bad = connected("failing")) {
            bad.getOutputStream().write('x');
            Awaitility.await().until(() -> !FAILED.isEmpty() && PARTS_ENDED.get() == 1);
            good.getOutputStream().write('g');
            assertThat(good.getInputStream().read()).isEqualTo('y');
            assertThat(good.getInputStream().read()).isEqualTo(-1);
            assertThat(FAILED).singleElement().satisfies(failed -> {
                assertThat(failed.endpoint()).isEqualTo("failing");
                assertThat(failed.peer()).isEqualTo(bad.getLocalSocketAddress());
                assertThat(failed.cause()).isInstanceOf(IOException.class).hasMessage("on purpose");
            });
        }
    }

    @Test
    void furtherConnectionsThanConfiguredWait() throws Exception {
        try (Socket first = connected("dependent");
                Socket second = connected("dependent")) {
            assertThat(roundTrip(first)).isEqualTo("hello");
            second.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            assertThat(server("dependent").connections()).isEqualTo(1);
            first.shutdownOutput(); // The echo ends.
            assertThat(second.getInputStream().readNBytes(5)).hasSize(5);
        }
    }

    @Test
    void containerThatStopsDrainsItsEndpointsAndFreesTheirPorts() throws Exception {
        SocketServer server = server("draining");
        try (Socket client = connected("draining")) {
            assertThat(client.getInputStream().read()).isEqualTo('x');
            application.close();
            assertThat(client.getInputStream().read()).isEqualTo('y');
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(DRAINED.await(1, TimeUnit.SECONDS)).isTrue();
        assertThat(server.isRunning()).isFalse();
        assertThat(STARTED).allSatisfy(EndpointTest::assertFree);
    }

    private static void assertFree(SocketServer ended) throws IOException {
        try (ServerSocket again = new ServerSocket()) {
            again.setReuseAddress(true);
            again.bind(ended.address());
        } catch (SocketException e) {
            throw new AssertionError(ended + ": the port is not free", e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void connectionsAreServedSideBySide(int count) throws Exception {
        List<Socket> clients = new CopyOnWriteArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                clients.add(connected("plain"));
            }
            for (Socket client : clients) {
                assertThat(roundTrip(client)).isEqualTo("hello");
            }
            assertThat(server("plain").connections()).isEqualTo(count);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> server("plain").connections() == 0);
    }
}
