package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ReferenceCountUtil;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.TlsLimits;
import io.sluice.internal.transport.TlsTransport;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.SocketKind;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The condition on each side for each failure, with either engine: its own verdict, or the rejection by the peer. */
class FailureKindTest {

    private static final TestAuthority TRUSTED = TestAuthority.create("Trusted CA");
    private static final TestAuthority STRANGE = TestAuthority.create("Strange CA");
    /** Has the name of the trusted one, because a client presents no certificate whose issuer the server did not name. */
    private static final TestAuthority IMPOSTOR = TestAuthority.create("Trusted CA");

    private static final TlsLimits LIMITS = new TlsLimits(Duration.ofSeconds(20), Duration.ofSeconds(2));

    private enum Engines {
        JDK,
        OPENSSL;

        SSLEngine make(HandshakeSide side, boolean client) throws Exception {
            return this == JDK ? side.jdkEngine(client, TRUSTED) : side.opensslEngine(client, TRUSTED);
        }
    }

    private record Row(String failure, HandshakeSide server, HandshakeSide client, Kind serverSees, Kind clientSees) {

        Stream<Row> versions() {
            return server.protocol().isEmpty()
                    ? Stream.of("TLSv1.2", "TLSv1.3")
                            .map(version -> new Row(
                                    failure,
                                    server.speaking(version),
                                    client.speaking(version),
                                    serverSees,
                                    clientSees))
                    : Stream.of(this);
        }

        /** A TLS 1.2 server may answer a missing certificate with handshake_failure, which has no details. */
        Set<Kind> clientMaySee() {
            return serverSees == Kind.CLIENT_CERTIFICATE_MISSING
                            && client.protocol().equals("TLSv1.2")
                    ? Set.of(Kind.REJECTED_BY_PEER, Kind.VERSION_OR_CIPHER_MISMATCH)
                    : Set.of(clientSees);
        }

        @Override
        public String toString() {
            return failure + ", " + client.protocol();
        }
    }

    private static Row row(String failure, TestChain serverShows, Kind clientSees) {
        HandshakeSide keyless = HandshakeSide.showing(null);
        return new Row(failure, HandshakeSide.showing(serverShows), keyless, Kind.REJECTED_BY_PEER, clientSees);
    }

    private static Row mismatch(String failure, HandshakeSide server, HandshakeSide client) {
        return new Row(failure, server, client, Kind.VERSION_OR_CIPHER_MISMATCH, Kind.VERSION_OR_CIPHER_MISMATCH);
    }

    private static Row clientRejected(String failure, HandshakeSide server, HandshakeSide client, Kind serverSees) {
        return new Row(failure, server.demandsACertificate(), client, serverSees, Kind.REJECTED_BY_PEER);
    }

    static Stream<Arguments> table() {
        CertificateProfile profile = CertificateProfile.of("localhost");
        HandshakeSide good = HandshakeSide.showing(TRUSTED.issue(profile));
        HandshakeSide keyless = HandshakeSide.showing(null);
        HandshakeSide impostor = HandshakeSide.showing(IMPOSTOR.issue("client"));
        HandshakeSide servers = HandshakeSide.showing(
                TRUSTED.issue(CertificateProfile.of("client").forServers()));
        HandshakeSide late = HandshakeSide.showing(
                TRUSTED.issue(CertificateProfile.of("client").expired()));
        String aes128 = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        String aes256 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
        return Stream.of(
                        row("unknown issuer", STRANGE.issue(profile), Kind.CERTIFICATE_UNKNOWN_ISSUER),
                        row("expired", TRUSTED.issue(profile.expired()), Kind.CERTIFICATE_EXPIRED),
                        row("of tomorrow", TRUSTED.issue(profile.notYetValid()), Kind.CERTIFICATE_NOT_YET_VALID),
                        row("another host's", TRUSTED.issue("elsewhere.test"), Kind.CERTIFICATE_WRONG_HOST),
                        row(
                                "a client's on a server",
                                TRUSTED.issue(profile.forClients()),
                                Kind.CERTIFICATE_WRONG_USAGE),
                        clientRejected("no client certificate", good, keyless, Kind.CLIENT_CERTIFICATE_MISSING),
                        clientRejected("client's forged issuer", good, impostor, Kind.CERTIFICATE_INVALID),
                        clientRejected("client's expired", good, late, Kind.CERTIFICATE_EXPIRED),
                        clientRejected("a server's on a client", good, servers, Kind.CERTIFICATE_WRONG_USAGE),
                        mismatch("no common version", good.speaking("TLSv1.3"), keyless.speaking("TLSv1.2")),
                        mismatch("no common version, reversed", good.speaking("TLSv1.2"), keyless.speaking("TLSv1.3")),
                        mismatch(
                                "no common suite",
                                good.speaking("TLSv1.2", aes128),
                                keyless.speaking("TLSv1.2", aes256)))
                .flatMap(Row::versions)
                .flatMap(row -> Stream.of(Engines.values()).map(engines -> Arguments.of(row, engines)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void bothSidesAreToldWhatItWas(Row row, Engines engines) throws Exception {
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            SSLEngine server = engines.make(row.server(), false);
            SSLEngine client = engines.make(row.client(), true);
            FutureTask<SocketStreamException> serverSaw = new FutureTask<>(() -> failure(sockets.near(), server));
            new Thread(serverSaw).start();
            SocketStreamException clientSaw = failure(sockets.far(), client);
            SocketStreamException saw = serverSaw.get(30, TimeUnit.SECONDS);

            assertThat(clientSaw.kind()).as(() -> "client: " + clientSaw).isIn(row.clientMaySee());
            assertThat(saw.kind()).as(() -> "server: " + saw).isEqualTo(row.serverSees());
            if (row.serverSees() == Kind.VERSION_OR_CIPHER_MISMATCH) {
                assertThat(saw)
                        .hasMessageContaining("; this side has " + row.server().protocol());
                assertThat(saw)
                        .hasMessageContaining(", the peer " + row.client().protocol() + " with TLS_");
                if (engines == Engines.JDK) { // Netty's engine no longer has them.
                    assertThat(saw)
                            .hasMessageContaining(
                                    "this side has " + row.server().protocol() + " with TLS_");
                    row.server().suites().forEach(suite -> assertThat(saw).hasMessageContaining(suite));
                }
                row.client().suites().forEach(suite -> assertThat(saw).hasMessageContaining(suite));
                assertThat(clientSaw)
                        .hasMessageContaining("; this side has " + row.client().protocol());
            }
        }
    }

    /** Returns the condition of a side. In TLS 1.3 a client's handshake completes before the server checks its certificate. */
    private static SocketStreamException failure(Socket socket, SSLEngine engine) throws Exception {
        RawSocket raw = RawSocket.take(socket);
        TlsTransport transport = new TlsTransport(raw, engine, LIMITS, () -> ReferenceCountUtil.release(engine));
        ConnectionLabel label = new ConnectionLabel("context 'test'", raw.remoteAddress());
        StreamConnection connection = new StreamConnection(transport, label, Upgrades.none());
        try {
            connection.handshake();
            int first = connection.input().read();
            throw new AssertionError("no failure: the first read gave " + first);
        } catch (SocketStreamException e) {
            return e;
        } finally {
            connection.close();
        }
    }
}
