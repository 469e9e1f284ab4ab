package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ReferenceCountUtil;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.TlsLimits;
import io.sluice.internal.transport.TlsTransport;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.SocketKind;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two sides without a common application protocol: each reports this, with what it knows of both offers. */
class AlpnMismatchTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("CA");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TlsLimits LIMITS = new TlsLimits(Duration.ofSeconds(20), Duration.ofSeconds(2));

    @ParameterizedTest
    @CsvSource({"TLSv1.2, false", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.3, true"})
    void bothSidesNameTheOffers(String version, boolean nettyClient) throws Exception {
        HandshakeSide client = HandshakeSide.showing(null).speaking(version);
        SSLEngine serving = HandshakeSide.showing(SERVER).speaking(version).jdkEngine(false, AUTHORITY);
        SSLParameters parameters = serving.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "mqtt"});
        serving.setSSLParameters(parameters);
        SSLEngine asking = nettyClient ? client.opensslEngine(true, AUTHORITY) : client.jdkEngine(true, AUTHORITY);
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            FutureTask<SocketStreamException> served = new FutureTask<>(() -> failure(sockets.near(), serving));
            new Thread(served).start();
            SocketStreamException clientSaw = failure(sockets.far(), asking);
            SocketStreamException serverSaw = served.get(30, TimeUnit.SECONDS);

            assertThat(serverSaw.kind()).as(serverSaw::toString).isEqualTo(Kind.ALPN_MISMATCH);
            assertThat(serverSaw)
                    .hasMessageEndingWith("; this side offers h2, mqtt, the peer offers " + HandshakeSide.ALPN
                            + ". Configure a common protocol in alpn, or omit it on one side");
            assertThat(clientSaw.kind()).as(clientSaw::toString).isEqualTo(Kind.ALPN_MISMATCH);
            assertThat(clientSaw).hasMessageContaining("no_application_protocol");
            if (!nettyClient) { // Netty's engine does not show its offer.
                assertThat(clientSaw).hasMessageContaining("; this side offers " + HandshakeSide.ALPN + ". ");
            }
        }
    }

    private static SocketStreamException failure(Socket socket, SSLEngine engine) throws Exception {
        RawSocket raw = RawSocket.take(socket);
        TlsTransport transport = new TlsTransport(raw, engine, LIMITS, () -> ReferenceCountUtil.release(engine));
        ConnectionLabel label = new ConnectionLabel("context 'test'", raw.remoteAddress());
        StreamConnection connection = new StreamConnection(transport, label, Upgrades.none());
        try {
            connection.handshake();
            throw new AssertionError("no failure");
        } catch (SocketStreamException e) {
            return e;
        } finally {
            connection.close();
        }
    }
}
