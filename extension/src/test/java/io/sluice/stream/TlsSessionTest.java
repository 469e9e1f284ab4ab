package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ReferenceCountUtil;
import io.sluice.context.callback.PeerVerdict;
import io.sluice.context.callback.PeerVerdict.Result;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.TlsLimits;
import io.sluice.internal.transport.TlsTransport;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.SocketKind;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The details of a connection on both sides, with the JDK's engine and Netty's, even after it is closed and the engine
 * released.
 */
class TlsSessionTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("CA");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TestChain CLIENT = AUTHORITY.issue("client");
    private static final TlsLimits LIMITS = new TlsLimits(Duration.ofSeconds(20), Duration.ofSeconds(2));

    private enum Engines {
        JDK("SunJSSE") {
            @Override
            SSLEngine make(HandshakeSide side, boolean client) throws Exception {
                return side.jdkEngine(client, AUTHORITY);
            }
        },
        OPENSSL("OpenSslEngine") {
            @Override
            SSLEngine make(HandshakeSide side, boolean client) throws Exception {
                return side.opensslEngine(client, AUTHORITY);
            }
        };

        final String provider;

        Engines(String provider) {
            this.provider = provider;
        }

        abstract SSLEngine make(HandshakeSide side, boolean client) throws Exception;
    }

    static Stream<Arguments> rows() {
        return Stream.of(Engines.values())
                .flatMap(engines -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(engines, version)));
    }

    private record Sessions(TlsSession server, TlsSession client, InetSocketAddress near, InetSocketAddress far) {

        /** Closes everything before anything is read. */
        static Sessions of(Engines engines, HandshakeSide server, HandshakeSide client) throws Exception {
            SSLEngine serving = engines.make(server, false);
            SSLEngine asking = engines.make(client, true);
            SSLParameters parameters = asking.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName("localhost")));
            asking.setSSLParameters(parameters);
            try (SocketPair sockets = SocketKind.SOCKET.pair()) {
                StreamConnection near = connection(sockets.near(), serving);
                StreamConnection far = connection(sockets.far(), asking);
                FutureTask<TlsSession> served = new FutureTask<>(() -> handshaken(near));
                new Thread(served).start();
                TlsSession asked = handshaken(far);
                TlsSession session = served.get(30, TimeUnit.SECONDS);
                InetSocketAddress nearAddress = near.localAddress();
                InetSocketAddress farAddress = far.localAddress();
                near.close();
                far.close();
                return new Sessions(session, asked, nearAddress, farAddress);
            }
        }

        private static StreamConnection connection(Socket socket, SSLEngine engine) throws Exception {
            RawSocket raw = RawSocket.take(socket);
            TlsTransport transport = new TlsTransport(raw, engine, LIMITS, () -> ReferenceCountUtil.release(engine));
            return new StreamConnection(
                    transport, new ConnectionLabel("context 'test'", raw.remoteAddress()), Upgrades.none());
        }

        private static TlsSession handshaken(StreamConnection connection) throws SocketStreamException {
            connection.handshake();
            return connection.tls().orElseThrow();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void bothSidesTellTheConnection(Engines engines, String version) throws Exception {
        Instant before = Instant.now();
        Sessions sessions = Sessions.of(
                engines,
                HandshakeSide.showing(SERVER).speaking(version).demandsACertificate(),
                HandshakeSide.showing(CLIENT).speaking(version));

        for (TlsSession session : List.of(sessions.server(), sessions.client())) {
            assertThat(session.protocol()).isEqualTo(version);
            assertThat(session.cipherSuite())
                    .isEqualTo(sessions.client().cipherSuite())
                    .startsWith("TLS_");
            assertThat(session.applicationProtocol()).contains(HandshakeSide.ALPN);
            assertThat(session.engineProvider()).isEqualTo(engines.provider);
            assertThat(session.sessionCreated())
                    .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
            assertThat(session.generation()).as("the context has no name").isZero();
            assertThat(session.sessionId()).matches("([0-9a-f]{2})*");
            assertThat(session).hasToString(version + " " + session.cipherSuite());
            assertThat(session.verification())
                    .isEqualTo(
                            new PeerVerdict(
                                    Result.ACCEPTED_BY_ENGINE,
                                    "the engine accepted the certificate, in an earlier handshake or by trust that is not configured here"));
        }
        assertThat(sessions.server().requestedServerName()).contains("localhost");
        assertPeer(sessions.client(), SERVER, CLIENT);
        assertPeer(sessions.server(), CLIENT, SERVER);
        if (engines == Engines.JDK) { // Netty's engine has only the leaf.
            assertThat(sessions.client().peerCertificates())
                    .as("leaf to root")
                    .containsExactly(SERVER.leaf().certificate(), SERVER.issuer());
        }
        assertThat(sessions.server().localAddress()).isEqualTo(sessions.near());
        assertThat(sessions.server().remoteAddress()).isEqualTo(sessions.far());
        assertThat(sessions.client().localAddress()).isEqualTo(sessions.far());
        assertThat(sessions.client().remoteAddress()).isEqualTo(sessions.near());
    }

    private static void assertPeer(TlsSession session, TestChain peer, TestChain own) {
        assertThat(session.peerCertificates()).first().isEqualTo(peer.leaf().certificate());
        assertThat(session.peerPrincipal()).contains(peer.leaf().certificate().getSubjectX500Principal());
        assertThat(session.localCertificates()).first().isEqualTo(own.leaf().certificate());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void serverThatDoesNotAskTellsThat(Engines engines, String version) throws Exception {
        Sessions sessions = Sessions.of(
                engines,
                HandshakeSide.showing(SERVER).speaking(version),
                HandshakeSide.showing(CLIENT).speaking(version));

        assertThat(sessions.server().peerCertificates()).isEmpty();
        assertThat(sessions.server().peerPrincipal()).isEmpty();
        assertThat(sessions.server().verification())
                .isEqualTo(new PeerVerdict(Result.NOT_ASKED, "the peer was not asked for a certificate"));
        assertThat(sessions.client().localCertificates()).isEmpty();
    }
}
