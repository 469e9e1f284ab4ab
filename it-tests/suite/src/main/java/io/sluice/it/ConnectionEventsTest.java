package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.event.ConnectionAccepted;
import io.sluice.event.ConnectionEnded;
import io.sluice.event.ConnectionEnded.Reason;
import io.sluice.event.ConnectionEvent;
import io.sluice.event.ConnectionListener;
import io.sluice.event.ConnectionRefused;
import io.sluice.event.ConnectionRefused.Limit;
import io.sluice.event.HandshakeCompleted;
import io.sluice.event.HandshakeEvent;
import io.sluice.event.HandshakeFailed;
import io.sluice.event.HandshakeStarted;
import io.sluice.it.support.Application;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.LogCapture;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The events of a connection's life: to listeners, to observers, and in recordings. */
class ConnectionEventsTest {

    private static final TestCertificate SERVER = TestCertificate.ec("localhost");

    static final List<ConnectionEvent> HEARD = new CopyOnWriteArrayList<>();
    static final List<ConnectionEvent> OBSERVED = new CopyOnWriteArrayList<>();
    static final List<ConnectionEvent> OBSERVED_LATER = new CopyOnWriteArrayList<>();
    static volatile CountDownLatch release = new CountDownLatch(1);

    /** Echoes a byte at a time until the peer ends, or fails at an 'x'. */
    @ApplicationScoped
    public static class Services {

        @Inject
        SslContexts contexts;

        @SocketEndpoint("events-web")
        void encrypted(SocketStream stream) throws IOException {
            echo(stream);
        }

        @SocketEndpoint(value = "events-plain", ssl = "none")
        void plain(SocketStream stream) throws IOException {
            echo(stream);
        }

        @SocketEndpoint(value = "events-proxied", ssl = "none")
        void proxied(SocketStream stream) throws IOException {
            echo(stream);
        }

        /** Encrypts twice, and echoes a byte each time. */
        @SocketEndpoint(value = "events-twice", ssl = "none")
        void twice(SocketStream stream) throws IOException {
            for (int i = 0; i < 2; i++) {
                stream.attachSsl(contexts.get("events-web"));
                stream.output().write(stream.input().read());
                stream.detachSsl();
            }
        }

        private static void echo(SocketStream stream) throws IOException {
            InputStream in = stream.input();
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == 'x') {
                    throw new IllegalStateException("on purpose");
                }
                stream.output().write(b);
                if (b == 'e' && in.read() < 0) {
                    throw new IllegalStateException("the message is incomplete");
                }
            }
        }
    }

    /** Hears everything. */
    @ApplicationScoped
    public static class Recorder implements ConnectionListener {

        @Override
        public void accepted(ConnectionAccepted event) {
            HEARD.add(event);
        }

        @Override
        public void refused(ConnectionRefused event) {
            HEARD.add(event);
        }

        @Override
        public void handshakeStarted(HandshakeStarted event) {
            HEARD.add(event);
        }

        @Override
        public void handshakeCompleted(HandshakeCompleted event) {
            HEARD.add(event);
        }

        @Override
        public void handshakeFailed(HandshakeFailed event) {
            HEARD.add(event);
        }

        @Override
        public void ended(ConnectionEnded event) {
            HEARD.add(event);
        }
    }

    /** Fails at each connection. */
    @ApplicationScoped
    public static class Failing implements ConnectionListener {
        @Override
        public void accepted(ConnectionAccepted event) {
            throw new IllegalStateException("a listener failed on purpose");
        }
    }

    /** Does not return until the test releases it. */
    @ApplicationScoped
    public static class Blocking implements ConnectionListener {
        @Override
        public void accepted(ConnectionAccepted event) {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Observes two types. */
    @ApplicationScoped
    public static class Observer {
        void note(@Observes HandshakeCompleted event) {
            OBSERVED.add(event);
        }

        void noteLater(@ObservesAsync ConnectionEnded event) {
            OBSERVED_LATER.add(event);
        }
    }

    @TempDir
    Path directory;

    @AutoClose
    private Application application;

    @BeforeEach
    void forget() {
        HEARD.clear();
        OBSERVED.clear();
        OBSERVED_LATER.clear();
        release = new CountDownLatch(1);
    }

    @AfterEach
    void releaseListeners() {
        release.countDown();
    }

    private void start(Class<?>... beans) {
        List<Class<?>> all = new ArrayList<>(List.of(beans));
        all.add(Services.class);
        application = Application.configured(
                        "sluice.ssl.events-web.key-store.pem.0.cert", SERVER.certificatePem(),
                        "sluice.ssl.events-web.key-store.pem.0.key", SERVER.keyPem(),
                        "sluice.ssl.trusting.trust-store.pem.certs", SERVER.certificatePem(),
                        "sluice.endpoint.events-web.port", "0",
                        "sluice.endpoint.events-web.address", "localhost",
                        "sluice.endpoint.events-plain.port", "0",
                        "sluice.endpoint.events-plain.address", "localhost",
                        "sluice.endpoint.events-proxied.port", "0",
                        "sluice.endpoint.events-proxied.address", "localhost",
                        "sluice.endpoint.events-proxied.proxy-protocol", "v2",
                        "sluice.endpoint.events-proxied.trusted-proxies", "127.0.0.1,::1",
                        "sluice.endpoint.events-twice.port", "0",
                        "sluice.endpoint.events-twice.address", "localhost",
                        "sluice.endpoint.events-plain.max-connections", "1",
                        "sluice.endpoint.events-plain.when-full", "refuse")
                .beans(all.toArray(Class<?>[]::new))
                .start();
    }

    private InetSocketAddress address(String endpoint) {
        return application
                .get(SocketServers.class)
                .named(endpoint)
                .orElseThrow()
                .address();
    }

    private Socket plainClient(String endpoint) throws IOException {
        InetSocketAddress address = address(endpoint);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private Socket tlsClient() throws IOException {
        Socket socket = SERVER.trustingContext()
                .getSocketFactory()
                .createSocket(
                        address("events-web").getAddress(),
                        address("events-web").getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void echo(Socket client) throws IOException {
        client.getOutputStream().write('a');
        assertThat(client.getInputStream().read()).isEqualTo('a');
    }

    private static List<? extends ConnectionEvent> heard(int count) {
        return Awaitility.await().until(() -> List.copyOf(HEARD), events -> events.size() >= count);
    }

    private static <E extends ConnectionEvent> E only(Class<E> type) {
        List<E> found = HEARD.stream().filter(type::isInstance).map(type::cast).toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void listenerHearsTheLifeOfAConnectionInItsOrder() throws Exception {
        start(Recorder.class);
        InetSocketAddress client;
        try (Socket socket = tlsClient()) {
            echo(socket);
            client = (InetSocketAddress) socket.getLocalSocketAddress();
        }
        assertThat(heard(4))
                .extracting(ConnectionEvent::connection, ConnectionEvent::endpoint, ConnectionEvent::peer)
                .containsOnly(tuple(1L, Optional.of("events-web"), client))
                .hasSize(4);
        assertThat(HEARD.get(0)).isInstanceOf(ConnectionAccepted.class);
        assertThat(HEARD.get(1)).isInstanceOf(HandshakeStarted.class);
        assertThat(HEARD).isSortedAccordingTo((one, other) -> one.time().compareTo(other.time()));
        HandshakeCompleted completed = (HandshakeCompleted) HEARD.get(2);
        assertThat(completed.context()).contains("events-web");
        assertThat(completed.isClient()).isFalse();
        assertThat(completed.duration()).isPositive();
        assertThat(completed.session().protocol()).isEqualTo("TLSv1.3");
        ConnectionEnded ended = (ConnectionEnded) HEARD.get(3);
        assertThat(ended.reason()).isEqualTo(Reason.PEER_CLOSED);
        assertThat(ended.failure()).isEmpty();
        assertThat(ended.duration()).isGreaterThan(completed.duration());
        assertThat(ended.bytesReceived()).isBetween(200L, 5_000L);
        assertThat(ended.bytesSent()).isBetween(500L, 10_000L);
    }

    @Test
    void bytesAreThoseOnTheWire() throws Exception {
        start(Recorder.class);
        try (Socket socket = plainClient("events-plain")) {
            for (int i = 0; i < 1_000; i++) {
                echo(socket);
            }
        }
        heard(2);
        ConnectionEnded ended = only(ConnectionEnded.class);
        assertThat(ended.bytesReceived()).isEqualTo(1_000);
        assertThat(ended.bytesSent()).isEqualTo(1_000);
    }

    @Test
    void failedHandshakeHasItsConditionAndEndsTheConnection() throws Exception {
        start(Recorder.class);
        try (Socket socket = plainClient("events-web")) {
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A reset is as good.
        }
        heard(4);
        HandshakeFailed failed = only(HandshakeFailed.class);
        assertThat(failed.condition().kind()).isEqualTo(Kind.NOT_TLS);
        assertThat(failed.context()).contains("events-web");
        ConnectionEnded ended = only(ConnectionEnded.class);
        assertThat(ended.reason()).isEqualTo(Reason.FAILED);
        assertThat(ended.failure()).containsSame(failed.condition());
    }

    @ParameterizedTest
    @CsvSource({"events-web, 3", "events-plain, 2"})
    void probeIsNoFailure(String endpoint, int events) throws Exception {
        start(Recorder.class);
        plainClient(endpoint).close();
        assertThat(heard(events)).hasSize(events).noneMatch(HandshakeFailed.class::isInstance);
        assertThat(only(ConnectionEnded.class).reason()).isEqualTo(Reason.PROBE);
    }

    /** A balancer checks the port with a connection of its own. */
    @Test
    void checkOfABalancerIsAProbe() throws Exception {
        start(Recorder.class);
        try (Socket socket = plainClient("events-proxied")) {
            socket.getOutputStream().write(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a20000000"));
        }
        heard(2);
        assertThat(only(ConnectionEnded.class).reason()).isEqualTo(Reason.PROBE);
        assertThat(only(ConnectionEnded.class).bytesReceived()).isEqualTo(16);
    }

    @Test
    void eachAttachIsAHandshakeOfTheSameConnection() throws Exception {
        start(Recorder.class);
        SocketStreamConnector connector = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("none"))
                .get();
        SslContexts contexts = application.get(SslContexts.class);
        try (SocketStream stream = connector
                .open("localhost", address("events-twice").getPort(), SocketStream.class)
                .orElseThrow()) {
            for (int i = 0; i < 2; i++) {
                stream.attachSsl(contexts.get("trusting"));
                stream.output().write('a');
                assertThat(stream.input().read()).isEqualTo('a');
                stream.detachSsl();
            }
        }
        heard(11);
        for (boolean endpoint : new boolean[] {true, false}) {
            List<ConnectionEvent> ofSide = HEARD.stream()
                    .filter(event -> event.endpoint().isPresent() == endpoint)
                    .toList();
            assertThat(ofSide)
                    .extracting(ConnectionEvent::connection)
                    .containsOnly(ofSide.get(0).connection());
            assertThat(ofSide.stream().filter(HandshakeEvent.class::isInstance).map(HandshakeEvent.class::cast))
                    .extracting(event -> event instanceof HandshakeCompleted)
                    .containsExactly(false, true, false, true);
        }
    }

    @Test
    void exceptionOfTheEndpointIsTheFailure() throws Exception {
        start(Recorder.class);
        try (Socket socket = plainClient("events-plain")) {
            socket.getOutputStream().write('x');
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        } catch (IOException e) {
            // A reset is as good.
        }
        heard(2);
        assertThat(only(ConnectionEnded.class).failure()).containsInstanceOf(IllegalStateException.class);
    }

    @Test
    void exceptionAfterThePeersEndIsTheFailureToo() throws Exception {
        start(Recorder.class);
        try (Socket socket = plainClient("events-plain")) {
            socket.getOutputStream().write('e');
            assertThat(socket.getInputStream().read()).isEqualTo('e');
        }
        heard(2);
        assertThat(only(ConnectionEnded.class).reason()).isEqualTo(Reason.FAILED);
        assertThat(only(ConnectionEnded.class).failure()).containsInstanceOf(IllegalStateException.class);
    }

    @Test
    void resetOfAConnectorsStreamIsItsFailure() throws Exception {
        start(Recorder.class);
        SocketStreamConnector connector = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("none"))
                .get();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SocketStream stream = connector
                        .open("127.0.0.1", server.getLocalPort(), SocketStream.class)
                        .orElseThrow()) {
            Socket accepted = server.accept();
            accepted.setSoLinger(true, 0);
            accepted.close();
            assertThatThrownBy(() -> stream.input().read()).isInstanceOf(SocketStreamException.class);
        }
        heard(1);
        ConnectionEnded ended = only(ConnectionEnded.class);
        assertThat(ended.reason()).isEqualTo(Reason.FAILED);
        assertThat(ended.failure()).containsInstanceOf(SocketStreamException.class);
    }

    @Test
    void refusedConnectionSaysWhichLimit() throws Exception {
        start(Recorder.class);
        try (Socket first = plainClient("events-plain")) {
            echo(first);
            try (Socket second = plainClient("events-plain")) {
                heard(3);
                assertThat(only(ConnectionRefused.class).limit()).isEqualTo(Limit.MAX_CONNECTIONS);
                assertThat(second.isConnected()).isTrue();
            }
        }
        heard(4);
        assertThat(only(ConnectionRefused.class).connection()).isEqualTo(2);
        assertThat(only(ConnectionEnded.class).connection()).isEqualTo(1);
    }

    @Test
    void connectorsStreamHasEventsOnItsSideToo() throws Exception {
        start(Recorder.class);
        InetSocketAddress server = address("events-web");
        SocketStreamConnector connector = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("trusting"))
                .get();
        try (SocketStream stream = connector
                .open("localhost", server.getPort(), SocketStream.class)
                .orElseThrow()) {
            stream.output().write('a');
            assertThat(stream.input().read()).isEqualTo('a');
        }
        heard(7);
        List<ConnectionEvent> own =
                HEARD.stream().filter(event -> event.endpoint().isEmpty()).toList();
        assertThat(own).hasSize(3).first().isInstanceOf(HandshakeStarted.class);
        HandshakeEvent completed = (HandshakeCompleted) own.get(1);
        assertThat(completed.isClient()).isTrue();
        assertThat(completed.context()).contains("trusting");
        ConnectionEnded ended = (ConnectionEnded) own.get(2);
        assertThat(ended.reason()).isEqualTo(Reason.CLOSED);
        assertThat(ended.bytesSent()).isPositive();
    }

    @Test
    void observersGetOnlyWhatTheyObserve() throws Exception {
        start(Observer.class);
        try (Socket socket = tlsClient()) {
            echo(socket);
        }
        Awaitility.await().until(() -> !OBSERVED.isEmpty() && !OBSERVED_LATER.isEmpty());
        assertThat(OBSERVED).hasSize(1);
        assertThat(OBSERVED_LATER).hasSize(1).first().isInstanceOf(ConnectionEnded.class);
    }

    @Test
    void listenerThatFailsOrBlocksHarmsNobody() throws Exception {
        try (LogCapture log =
                LogCapture.of("io.sluice", record -> record.getLevel().intValue() >= Level.WARNING.intValue())) {
            start(Failing.class, Blocking.class, Recorder.class);
            for (int i = 0; i < 20; i++) {
                try (Socket socket = tlsClient()) {
                    echo(socket);
                }
            }
            assertThat(heard(80)).hasSize(80);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(log.records())
                            .extracting(LogRecord::getMessage)
                            .anyMatch(line -> line.contains(Failing.class.getName()) && line.contains("failed")));
            long begun = System.nanoTime();
            application.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
            assertThat(log.records())
                    .extracting(LogRecord::getMessage)
                    .anyMatch(line -> line.contains(Blocking.class.getName()) && line.contains("interrupted"));
        }
    }

    @Test
    void withoutListenersThereIsNoThreadForEvents() throws Exception {
        start();
        try (Socket socket = tlsClient()) {
            echo(socket);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("sluice-events");
    }

    @Test
    void recordingHasTheSameFacts() throws Exception {
        start();
        Path file = directory.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            try (Socket socket = tlsClient()) {
                echo(socket);
            }
            try (Socket socket = plainClient("events-plain")) {
                echo(socket);
                try (Socket second = plainClient("events-plain")) {
                    second.getInputStream().read();
                } catch (IOException e) {
                    // It was reset.
                }
            }
            Awaitility.await()
                    .until(() -> application.get(SocketServers.class).running().stream()
                            .allMatch(server -> server.connections() == 0));
            application.get(SslContexts.class).reload("events-web");
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> all = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.sluice."))
                .toList();
        assertThat(all.stream()
                        .filter(event -> event.getEventType().getName().equals("io.sluice.Reload"))
                        .filter(event -> event.getString("context").startsWith("events-")))
                .extracting(event -> event.getString("context"), event -> event.getLong("generation"))
                .containsExactly(tuple("events-web", 2L));
        List<RecordedEvent> events =
                all.stream().filter(ConnectionEventsTest::isOfThisTest).toList();
        assertThat(events)
                .extracting(event -> event.getEventType().getName(), event -> event.getString("endpoint"))
                .containsExactlyInAnyOrder(
                        tuple("io.sluice.Handshake", "events-web"),
                        tuple("io.sluice.Connection", "events-web"),
                        tuple("io.sluice.Connection", "events-plain"),
                        tuple("io.sluice.Rejection", "events-plain"));
        RecordedEvent handshake = events.stream()
                .filter(event -> event.getEventType().getName().equals("io.sluice.Handshake"))
                .findAny()
                .orElseThrow();
        assertThat(handshake.getString("context")).isEqualTo("events-web");
        assertThat(handshake.getString("protocol")).isEqualTo("TLSv1.3");
        assertThat(handshake.getString("failure")).isNull();
        assertThat(handshake.getDuration()).isPositive();
    }

    /** Other tests of this JVM are in the recording too. */
    private static boolean isOfThisTest(RecordedEvent event) {
        return event.hasField("endpoint")
                && event.getString("endpoint") != null
                && event.getString("endpoint").startsWith("events-");
    }
}
