package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.it.support.Application;
import io.sluice.it.support.Balancer;
import io.sluice.it.support.Balancer.Sending;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.it.support.TestListener;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.ServerConnection;
import io.sluice.server.ServerStart;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamConnection;
import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyProtocol;
import io.sluice.stream.proxy.ProxyTlv;
import io.sluice.stream.proxy.ProxyVersion;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Streams and servers behind a balancer: the addresses that they report, the balancers that they trust, and the fate of
 * others.
 */
class ProxyProtocolTest {

    private static final ProxyProtocol ANY = ProxyProtocol.from(ProxyVersion.ANY, "127.0.0.0/8", "::1");
    private static final ProxyProtocol OTHERS = ProxyProtocol.from(ProxyVersion.ANY, "10.0.0.0/8", "2001:db8::1");

    static final List<ConnectionFailed> FAILED = new CopyOnWriteArrayList<>();

    /** Knows the client's address in its constructor. */
    @Dependent
    public static class Behind extends SocketStream {
        final InetSocketAddress known;

        @Inject
        Behind(StreamConnection connection) {
            known = connection.proxyHeader().flatMap(ProxyHeader::client).orElseGet(connection::remoteAddress);
        }

        Behind() {
            throw new IllegalStateException("not made by the container");
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
            .beans(Contexts.class, Behind.class, Watch.class)
            .start();

    @BeforeEach
    void clear() {
        FAILED.clear();
    }

    /** Creates the server side of a client that a balancer passes on. */
    private Behind create(Protocol way, Socket accepted, ProxyProtocol protocol, Initarg... more) throws IOException {
        Initarg[] initargs = Stream.concat(Stream.of(Initarg.proxyProtocol(protocol)), Stream.of(more))
                .toArray(Initarg[]::new);
        return application
                .get(Contexts.class)
                .creator(way)
                .create(accepted, Behind.class, initargs)
                .orElseThrow();
    }

    static Stream<Arguments> waysKindsHeadersAndSendings() {
        return Stream.of(Protocol.values())
                .flatMap(way -> Stream.of(SocketKind.values())
                        .flatMap(kind -> Stream.of(Balancer.V1, Balancer.V2)
                                .flatMap(header -> Stream.of(Sending.values())
                                        .map(sending -> Arguments.of(way, kind, header, sending)))));
    }

    @ParameterizedTest
    @MethodSource("waysKindsHeadersAndSendings")
    void streamTellsTheClientAndLosesNoByte(Protocol way, SocketKind kind, byte[] header, Sending sending)
            throws Exception {
        try (TestListener door = TestListener.of(kind);
                Balancer balancer = Balancer.connect(door.address(), header, sending)) {
            Future<String> client = PeerBehaviour.THREADS.submit(() -> roundTrip(way.client(balancer)));
            try (Behind stream = create(way, door.accept(), ANY)) {
                assertThat(stream.remoteAddress()).isEqualTo(Balancer.CLIENT).isEqualTo(stream.known);
                assertThat(stream.localAddress()).isEqualTo(balancer.getRemoteSocketAddress());
                ProxyHeader told = stream.proxyHeader().orElseThrow();
                assertThat(told.destination()).contains(new InetSocketAddress("198.51.100.1", 443));
                assertThat(told.tlv(ProxyTlv.AUTHORITY).map(ProxyTlv::text))
                        .isEqualTo(told.version() == 1 ? Optional.empty() : Optional.of("example.org"));
                stream.tls().ifPresent(tls -> assertThat(tls.remoteAddress()).isEqualTo(Balancer.CLIENT));
                stream.output().write(stream.input().readNBytes(5));
                assertThat(client.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
            }
        }
    }

    private static String roundTrip(Socket socket) throws IOException {
        socket.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
    }

    /** For health checks of the balancer, and clients at a UNIX socket, the address is that of the connection. */
    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void withoutAnIpAddressThePeerIsTheBalancer(SocketKind kind) throws Exception {
        byte[] unix = new byte[216];
        System.arraycopy("/run/client".getBytes(StandardCharsets.US_ASCII), 0, unix, 0, 11);
        byte[] unknown = "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);
        for (byte[] header : List.of(Balancer.LOCAL, unknown, Balancer.v2(0x21, 0x31, unix))) {
            try (SocketPair pair = kind.pair()) {
                pair.far().getOutputStream().write(header);
                try (Behind stream = create(Protocol.PLAIN, pair.near(), ANY)) {
                    assertThat(stream.remoteAddress()).isEqualTo(pair.far().getLocalSocketAddress());
                    ProxyHeader told = stream.proxyHeader().orElseThrow();
                    assertThat(told.local()).isEqualTo(header == Balancer.LOCAL);
                    told.source()
                            .ifPresent(
                                    source -> assertThat(source).isEqualTo(UnixDomainSocketAddress.of("/run/client")));
                }
            }
        }
    }

    private SocketStreamException refusal(Protocol way, Socket accepted, ProxyProtocol protocol, Initarg... more) {
        AtomicReference<SocketStreamException> condition = new AtomicReference<>();
        assertThatThrownBy(() -> create(way, accepted, protocol, more))
                .isInstanceOfSatisfying(SocketStreamException.class, condition::set);
        assertThat(accepted.isClosed()).isTrue();
        return condition.get();
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void headerOfAStrangerIsNotEvenRead(SocketKind kind) throws Exception {
        for (Protocol way : Protocol.values()) {
            try (CountedPair pair = CountedPair.of(kind)) {
                pair.far().getOutputStream().write(Balancer.V2);
                SocketStreamException condition = refusal(way, pair.near(), OTHERS);
                assertThat(condition.kind()).isEqualTo(Kind.PROXY_NOT_TRUSTED);
                assertThat(condition)
                        .hasMessageMatching(
                                ".*, peer 127\\.0\\.0\\.1:" + pair.far().getLocalPort()
                                        + ": the address is not one of the trusted balancers \\[10\\.0\\.0\\.0/8, 2001:db8:.*/128\\]\\."
                                        + " If the address is a balancer's, add it to trusted-proxies\\. All other peers must"
                                        + " connect through a balancer");
                pair.assertClosedOnce();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void whoeverSpeaksWithoutAHeaderIsRefusedAtTheFirstByte(SocketKind kind) throws Exception {
        try (CountedPair pair = CountedPair.of(kind)) {
            pair.far().getOutputStream().write(0x16);
            SocketStreamException condition = refusal(Protocol.TLS13, pair.near(), ANY);
            assertThat(condition.kind()).isEqualTo(Kind.PROXY_HEADER_INVALID);
            assertThat(condition)
                    .hasMessageContaining(
                            "the first bytes are not a PROXY header, but a TLS handshake (16). Configure the balancer to send the header");
            pair.assertClosedOnce();
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void balancerThatHangsUpWithinTheHeaderIsTold(SocketKind kind) throws Exception {
        try (CountedPair pair = CountedPair.of(kind)) {
            pair.far().getOutputStream().write(Balancer.V2, 0, 20);
            pair.far().shutdownOutput();
            SocketStreamException condition = refusal(Protocol.TLS13, pair.near(), ANY);
            assertThat(condition.kind()).isEqualTo(Kind.PEER_CLOSED);
            assertThat(condition)
                    .hasMessageContaining(
                            ": PROXY header: the peer closed the connection before the header was complete");
            pair.assertClosedOnce();
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void silentAndDrippingHeadersEndAtTheHandshakesDeadline(SocketKind kind) throws Exception {
        byte[] endless = Arrays.copyOf(Balancer.v2(0x21, 0x11, new byte[60_000]), 60_000);
        for (boolean dripping : new boolean[] {false, true}) {
            try (CountedPair pair = CountedPair.of(kind)) {
                Future<?> drip = PeerBehaviour.THREADS.submit(() -> {
                    for (int i = 0; dripping && i < endless.length; i++) {
                        pair.far().getOutputStream().write(endless[i]);
                        TimeUnit.MILLISECONDS.sleep(10);
                    }
                    return null;
                });
                Initarg limit = Initarg.handshakeTimeout(Duration.ofMillis(400));
                SocketStreamException condition = refusal(Protocol.TLS13, pair.near(), ANY, limit);
                assertThat(condition.kind()).isEqualTo(Kind.HANDSHAKE_TIMEOUT);
                assertThat(condition)
                        .hasMessageContaining(
                                ": PROXY header: the header was not complete within the handshake's deadline of PT0.4S");
                pair.assertClosedOnce();
                drip.cancel(true);
            }
        }
    }

    /** The header and the handshake share one deadline. */
    @Test
    void headerAndHandshakeShareOneDeadline() throws Exception {
        try (SocketPair pair = SocketKind.SOCKET.pair()) {
            PeerBehaviour.THREADS.submit(() -> {
                for (int i = 0; i < Balancer.V2.length; i++) {
                    TimeUnit.MILLISECONDS.sleep(1_800 / Balancer.V2.length);
                    pair.far().getOutputStream().write(Balancer.V2[i]);
                }
                return null;
            });
            long start = System.nanoTime();
            Initarg limit = Initarg.handshakeTimeout(Duration.ofMillis(3_000));
            SocketStreamException condition = refusal(Protocol.TLS13, pair.near(), ANY, limit);
            assertThat(condition.kind()).isEqualTo(Kind.HANDSHAKE_TIMEOUT);
            assertThat(condition)
                    .hasMessageContaining("peer 192.0.2.7:56324: handshake: the handshake did not complete");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(4_700));
        }
    }

    @Test
    void containerThatStopsDoesNotWaitForAHeader() throws Exception {
        try (SocketPair pair = SocketKind.SOCKET.pair()) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread creating = new Thread(() -> {
                try {
                    create(Protocol.PLAIN, pair.near(), ANY, Initarg.handshakeTimeout(Duration.ofMinutes(5)));
                } catch (Throwable t) {
                    failure.complete(t);
                }
            });
            creating.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            creating.start();
            pair.far().getOutputStream().write(Balancer.V2, 0, 13);
            Awaitility.await()
                    .until(() -> Arrays.stream(creating.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().endsWith(".ProxyHeaderParser")));
            application.close();
            assertThat(failure.get(5, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            SocketStreamException.class,
                            condition -> assertThat(condition.kind()).isEqualTo(Kind.CLOSED));
            assertThat(pair.near().isClosed()).isTrue();
        }
    }

    @Test
    void connectorTakesNoHeader() {
        assertThatThrownBy(() -> application
                        .get(Contexts.class)
                        .connector(Protocol.PLAIN)
                        .open("127.0.0.1", 1, SocketStream.class, Initarg.proxyProtocol(ANY)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "initarg 'proxyProtocol' is for creators only: a server sends no PROXY header to its client. Omit it");
    }

    private SocketServer server(Protocol way, ProxyProtocol protocol) throws IOException {
        return application
                .get(SocketServers.class)
                .startUp(ServerStart.of(way.context, Behind.class, (stream, connection) -> {
                            assertThat(connection.peer()).isEqualTo(stream.remoteAddress());
                            assertThat(connection.proxyHeader()).isEqualTo(stream.proxyHeader());
                            stream.output().write(stream.input().readNBytes(5));
                            stream.output()
                                    .write(stream.remoteAddress().toString().getBytes(StandardCharsets.US_ASCII));
                        })
                        .listening("balanced", settings -> settings.proxyProtocol(protocol)));
    }

    @ParameterizedTest
    @EnumSource
    void serverTellsItsFunctionTheClient(Protocol way) throws Exception {
        SocketServer server = server(way, ANY);
        try (Balancer balancer = Balancer.connect(server.address(), Balancer.V2, Sending.ONE_SEGMENT)) {
            Socket client = way.client(balancer);
            assertThat(roundTrip(client)).isEqualTo("hello");
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("/192.0.2.7:56324");
        }
        Awaitility.await().until(() -> server.connections() == 0);
        assertThat(FAILED).isEmpty();
    }

    @ApplicationScoped
    public static class Endpoint {
        @SocketEndpoint(value = "proxied", port = 0, address = "127.0.0.1", ssl = "tls13")
        void tell(Behind stream, ServerConnection connection) throws IOException {
            stream.output().write(stream.input().readNBytes(5));
            stream.output().write(connection.peer().toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void endpointIsConfiguredToStandBehindABalancer() throws Exception {
        try (Application proxied = Application.configured(
                        "sluice.endpoint.proxied.proxy-protocol", "v2",
                        "sluice.endpoint.proxied.trusted-proxies", "127.0.0.1,10.0.0.0/8")
                .beans(Contexts.class, Behind.class, Watch.class, Endpoint.class)
                .start()) {
            SocketServer server =
                    proxied.get(SocketServers.class).named("proxied").orElseThrow();
            try (Balancer balancer = Balancer.connect(server.address(), Balancer.V2, Sending.ONE_SEGMENT)) {
                Socket client = Protocol.TLS13.client(balancer);
                assertThat(roundTrip(client)).isEqualTo("hello");
                assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .isEqualTo("/192.0.2.7:56324");
            }
            try (Balancer other = Balancer.connect(server.address(), Balancer.V1, Sending.ONE_SEGMENT)) {
                other.getOutputStream().write(1);
                Awaitility.await().until(() -> !FAILED.isEmpty());
                assertThat(FAILED.get(0).cause())
                        .hasMessageContaining("the PROXY header has version 1, but only version 2 is accepted");
            }
        }
    }

    /** Health checks of a balancer are not failures. */
    @Test
    void checkOfTheBalancerIsNotToldAsAFailure() throws Exception {
        SocketServer server = server(Protocol.TLS13, ANY);
        for (boolean reset : new boolean[] {false, true}) {
            try (Balancer check = Balancer.connect(server.address(), Balancer.LOCAL, Sending.APART)) {
                check.getOutputStream().write(new byte[0]);
                Awaitility.await().until(() -> server.connections() == 1);
                check.setSoLinger(reset, 0);
            }
            Awaitility.await().until(() -> server.connections() == 0);
        }
        assertThat(FAILED).isEmpty();
    }

    /** If a client checks the balancer, the balancer connects and sends only a header. */
    @Test
    void clientThatLeavesWithoutAByteIsNoFailureBehindABalancerEither() throws Exception {
        SocketServer server = server(Protocol.TLS13, ANY);
        try (Balancer check = Balancer.connect(server.address(), Balancer.V2, Sending.APART)) {
            check.getOutputStream().write(new byte[0]);
        }
        Balancer.connect(server.address(), Balancer.V2, Sending.APART).close();
        Awaitility.await().until(() -> server.counts().probes() == 2);
        assertThat(FAILED).isEmpty();
        try (Balancer cut = Balancer.connect(server.address(), Arrays.copyOf(Balancer.V2, 20), Sending.APART)) {
            cut.getOutputStream().write(new byte[0]);
        }
        Awaitility.await().until(() -> FAILED.size() == 1);
        assertThat(server.counts().failed()).isEqualTo(1);
    }

    @Test
    void failureAfterTheHeaderNamesTheClientAndBeforeItTheBalancer() throws Exception {
        SocketServer server = server(Protocol.TLS13, ANY);
        try (Balancer after = Balancer.connect(server.address(), Balancer.V2, Sending.APART)) {
            after.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> FAILED.size() == 1);
            assertThat(FAILED.get(0).peer()).isEqualTo(Balancer.CLIENT);
            assertThat(FAILED.get(0).cause()).hasMessageContaining(", peer 192.0.2.7:56324: handshake: ");
        }
        SocketServer stranger = server(Protocol.TLS13, OTHERS);
        try (Balancer before = Balancer.connect(stranger.address(), Balancer.V2, Sending.ONE_SEGMENT)) {
            // The server may end the connection at once; then only the first write is sure to succeed.
            before.getOutputStream().write(1);
            Awaitility.await().until(() -> FAILED.size() == 2);
            assertThat(FAILED.get(1).peer()).isEqualTo(before.getLocalSocketAddress());
            assertThat(FAILED.get(1).cause())
                    .isInstanceOfSatisfying(
                            SocketStreamException.class,
                            condition -> assertThat(condition.kind()).isEqualTo(Kind.PROXY_NOT_TRUSTED));
        }
    }
}
