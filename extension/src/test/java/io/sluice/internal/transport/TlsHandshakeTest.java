package io.sluice.internal.transport;

import static io.sluice.internal.transport.TlsTransportTest.readNBytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.EngineKind.Role;
import io.sluice.internal.tls.TlsAlert;
import io.sluice.internal.tls.TlsDetails;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.testing.SocketPair;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The success or failure of a handshake, and what the peer sees. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class TlsHandshakeTest {
    private static final String ALL = TlsTransportTest.ALL;
    private static final byte[] HELLO = "hello".getBytes(US_ASCII);
    private static final TlsLimits ONE_SECOND = new TlsLimits(Duration.ofSeconds(1), Duration.ofSeconds(2));

    /** The first flight of a new engine takes longer than some deadlines here. */
    @BeforeAll
    static void warmUp() throws Exception {
        TlsCase.warmUp();
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void serverThatSpeaksFirstIsHeard(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair();
                EnginePeer client = row.clientPeer(sockets.far())) {
            TlsTransport server = row.server(sockets.near());
            Background<Void> greeting = Background.start(() -> server.write(HELLO, 0, HELLO.length));
            client.handshake();
            assertThat(client.read(HELLO.length)).isEqualTo(HELLO);
            greeting.get();
            server.abort();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void finishedWithDataAndCloseNotifyInOneSegmentIsAllRead(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair();
                // Only the side whose Finished is the last can send all three at once.
                EnginePeer peer = row.is13() ? row.clientPeer(sockets.far()) : row.serverPeer(sockets.far())) {
            TlsTransport ours = row.is13() ? row.server(sockets.near()) : row.client(sockets.near());
            Background<byte[]> all = Background.run(() -> {
                ours.handshake();
                byte[] read = readNBytes(ours, 100);
                ours.close();
                return read;
            });
            peer.send(peer.lastFlight(), peer.records(HELLO), peer.closeNotify());
            assertThat(all.get()).isEqualTo(HELLO);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void handshakeIsDoneOnceHoweverOftenItIsAskedFor(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair();
                EnginePeer client = row.clientPeer(sockets.far())) {
            TlsTransport server = row.server(sockets.near());
            Background<Void> first = Background.start(server::handshake);
            Background<Void> second = Background.start(server::handshake);
            client.handshake();
            first.get();
            second.get();
            server.handshake();
            assertThat(server.tls()).isPresent();
            server.abort();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void peerThatDripsBytesIsCutOffAtTheDeadline(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair();
                EnginePeer client = row.clientPeer(sockets.far())) {
            client.engine().beginHandshake();
            byte[] hello = client.flight();
            Background<Void> drip = Background.start(() -> {
                for (byte b : hello) {
                    client.send(new byte[] {b});
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            });
            TlsTransport server = row.server(sockets.near(), ONE_SECOND);
            long start = System.nanoTime();
            TransportException failure = Failures.of(server::handshake);
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            Failures.assertIs(failure, Stage.HANDSHAKE, Reason.TIMEOUT);
            assertThat(took).isBetween(1_000L, 1_250L);
            assertThat(sockets.near().isClosed()).isTrue();
            Failures.assertIs(Failures.of(server::handshake), Stage.HANDSHAKE, Reason.TIMEOUT);
            drip.thread().interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void silentPeerIsCutOffAtTheDeadline(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport client = row.transport(
                    sockets.near(), Role.CLIENT, new TlsLimits(Duration.ofMillis(300), Duration.ofSeconds(2)));
            long start = System.nanoTime();
            TransportException failure = Failures.of(() -> client.read(new byte[1], 0, 1));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            Failures.assertIs(failure, Stage.HANDSHAKE, Reason.TIMEOUT);
            assertThat(failure).hasMessage("the handshake did not complete within its deadline of PT0.3S");
            assertThat(took).isBetween(300L, 550L);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void plainHttpIsAnsweredWithAnAlertAndNamed(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server = row.server(sockets.near());
            sockets.far().getOutputStream().write("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(US_ASCII));
            Background<Void> handshake = Background.start(server::handshake);
            assertThat(hex(readAll(sockets.far()))).isEqualTo("1503010002020a");
            sockets.far().close();
            TransportException failure = handshake.failure();
            Failures.assertIs(failure, Stage.HANDSHAKE, Reason.NOT_TLS);
            assertThat(failure).hasMessage("the peer does not speak TLS: its first bytes are plain HTTP: 'GET / HTTP'");
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void alertHangsOnNoPeerThatStays(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server =
                    row.server(sockets.near(), new TlsLimits(Duration.ofSeconds(10), Duration.ofMillis(300)));
            sockets.far().getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            Background<Void> handshake = Background.start(server::handshake);
            // The peer reads the alert and stays; the close deadline ends the wait for it.
            assertThat(hex(readAll(sockets.far()))).isEqualTo("1503010002020a");
            Failures.assertIs(handshake.failure(), Stage.HANDSHAKE, Reason.NOT_TLS);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void peersAlertInTheClearIsTold(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport client = row.client(sockets.near());
            sockets.far().getOutputStream().write(HexFormat.of().parseHex("15030300020228"));
            TransportException failure = Failures.of(client::handshake);
            Failures.assertIs(failure, Stage.HANDSHAKE, Reason.PEER_ALERT);
            assertThat(failure.alert()).hasValue(40);
            assertThat(failure).hasMessage("the peer sent the TLS alert handshake_failure (40)");
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void peerThatClosesDuringTheHandshakeIsTold(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport client = row.client(sockets.near());
            sockets.far().shutdownOutput();
            Failures.assertIs(Failures.of(client::handshake), Stage.HANDSHAKE, Reason.PEER_CLOSED);
            assertThat(sockets.near().isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void peerThatSaysCloseNotifyDuringTheHandshakeIsTold(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport client = row.client(sockets.near());
            sockets.far().getOutputStream().write(HexFormat.of().parseHex("15030300020100"));
            sockets.far().shutdownOutput();
            Failures.assertIs(Failures.of(client::handshake), Stage.HANDSHAKE, Reason.PEER_CLOSED);
        }
    }

    static Stream<Arguments> brokenHellos() {
        return TlsCase.all()
                .flatMap(row -> Stream.of(
                        // A record header that announces 40,000 bytes, and 17,000 in the first record of all.
                        Arguments.of(row, "1603019c40", Reason.PROTOCOL_ABUSE),
                        Arguments.of(row, "1603034f00", Reason.PROTOCOL_ABUSE),
                        // A malformed hello.
                        Arguments.of(row, "160301000801000004deadbeef", Reason.TLS)));
    }

    @ParameterizedTest
    @MethodSource("brokenHellos")
    void brokenHelloIsRefusedAtOnce(TlsCase row, String hello, Reason fault) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server = row.server(sockets.near());
            sockets.far().getOutputStream().write(HexFormat.of().parseHex(hello));
            Background<Void> handshake = Background.start(server::handshake);
            String answer = hex(readAll(sockets.far()));
            sockets.far().close();
            Failures.assertIs(handshake.failure(), Stage.HANDSHAKE, fault);
            assertThat(answer).as("an alert").startsWith("15");
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void versionThatIsNotSharedGivesThePeerAnAlert(TlsCase row) throws Exception {
        TlsCase other = new TlsCase(EngineKind.JDK, row.is13() ? TlsCase.TLS_1_2 : TlsCase.TLS_1_3, row.socket());
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server = row.server(sockets.near());
            TlsTransport client = other.client(sockets.far());
            Background<Void> accepting = Background.start(server::handshake);
            TransportException refused = Failures.of(client::handshake);
            Failures.assertIs(refused, Stage.HANDSHAKE, Reason.PEER_ALERT);
            assertThat(refused.alert()).hasValue(70);
            TransportException refusal = accepting.failure();
            Failures.assertIs(refusal, Stage.HANDSHAKE, Reason.TLS);
            assertThat(refusal).hasCauseInstanceOf(SSLException.class);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void certificateThatTheClientRefusesGivesTheServerAnAlert(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport client = row.client(sockets.near());
            EnginePeer server = new EnginePeer(
                    sockets.far(),
                    EngineKind.JDK.engine(
                            io.sluice.testing.TestCertificate.ec("stranger"), row.protocol(), Role.SERVER));
            Background<Void> handshake = Background.start(client::handshake);
            SSLException alert = org.assertj.core.api.Assertions.catchThrowableOfType(SSLException.class, () -> {
                server.engine().beginHandshake();
                server.unwrap(server.record());
                server.send(server.flight());
                while (true) {
                    server.unwrap(server.record());
                }
            });
            assertThat(alert).as("what the server hears").isNotNull();
            assertThat(TlsAlert.of(alert))
                    .as(alert.getMessage())
                    .isIn(42, 46, 48, row.engine() == EngineKind.OPENSSL ? 80 : 42);
            sockets.far().close();
            Failures.assertIs(handshake.failure(), Stage.HANDSHAKE, Reason.TLS);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void missingClientCertificateIsAnAlertToTheClient(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server = row.transport(sockets.near(), Role.DEMANDING_SERVER, TlsCase.LIMITS);
            TlsTransport client = row.transport(sockets.far(), Role.KEYLESS_CLIENT, TlsCase.LIMITS);
            Background<Void> accepting = Background.start(server::handshake);
            if (row.is13()) {
                // The client finishes before the server checks its certificate, and sees the result when it reads.
                client.handshake();
            }
            TransportException refused = Failures.of(() -> client.read(new byte[1], 0, 1));
            Failures.assertIs(refused, row.is13() ? Stage.READ : Stage.HANDSHAKE, Reason.PEER_ALERT);
            assertThat(refused.alert().orElseThrow()).isIn(40, 42, 116);
            Failures.assertIs(accepting.failure(), Stage.HANDSHAKE, Reason.TLS);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void detailsAreThoseOfTheHandshakeAndOutliveTheEngine(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server = row.transport(sockets.near(), Role.DEMANDING_SERVER, TlsCase.LIMITS);
            TlsTransport client = row.client(sockets.far());
            assertThat(server.tls()).isEmpty();
            Background<Void> accepting = Background.start(server::handshake);
            client.handshake();
            accepting.get();
            server.abort();
            client.abort();
            TlsDetails details = server.tls().orElseThrow();
            assertThat(details.protocol()).isEqualTo(row.protocol());
            assertThat(details.cipherSuite()).startsWith("TLS_");
            assertThat(details.applicationProtocol()).isEmpty();
            assertThat(details.requestedServerName()).hasValue("sluice.test");
            assertThat(details.peerCertificates()).containsExactly(TlsCase.CERTIFICATE.certificate());
            assertThat(details.localCertificates()).containsExactly(TlsCase.CERTIFICATE.certificate());
            assertThat(details.peerPrincipal().orElseThrow().getName()).isEqualTo("CN=localhost");
            assertThat(details.engineProvider())
                    .isEqualTo(row.engine() == EngineKind.JDK ? "SunJSSE" : "OpenSslEngine");
        }
    }

    private static byte[] readAll(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return in.readAllBytes();
    }

    private static String hex(byte[] b) {
        return HexFormat.of().formatHex(b);
    }
}
