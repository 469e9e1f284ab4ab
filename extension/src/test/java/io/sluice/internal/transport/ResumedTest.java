package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.ResumingEngines;
import io.sluice.internal.tls.TransportException;
import io.sluice.testing.SocketPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both sides tell whether a session was resumed, with each pair of engines, even after a HelloRetryRequest. */
@Timeout(60)
class ResumedTest {

    private static final byte[] RETRY =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private record Row(ResumingEngines server, ResumingEngines client, String protocol, boolean retry) {

        static Stream<Row> all() {
            return Stream.of(ResumingEngines.values())
                    .flatMap(server -> Stream.of(ResumingEngines.values())
                            .flatMap(client -> Stream.of(
                                    new Row(server, client, "TLSv1.2", false),
                                    new Row(server, client, "TLSv1.3", false),
                                    new Row(server, client, "TLSv1.3", true))))
                    .filter(Row::canRetry);
        }

        /** The JDK's server cannot be made to need a second ClientHello of other clients. */
        boolean canRetry() {
            return !retry || server != ResumingEngines.JDK || client == ResumingEngines.BOUNCY_CASTLE;
        }

        /** Bouncy Castle's engine resumes no session of TLS 1.3. */
        boolean canResume() {
            return protocol.equals("TLSv1.2")
                    || server != ResumingEngines.BOUNCY_CASTLE && client != ResumingEngines.BOUNCY_CASTLE;
        }

        /** These two need a second ClientHello in any case. */
        private boolean retried() {
            return retry
                    || protocol.equals("TLSv1.3")
                            && server == ResumingEngines.BORINGSSL
                            && client == ResumingEngines.BOUNCY_CASTLE;
        }

        Outcome full() {
            return new Outcome(false, false, retried());
        }

        Outcome resumed() {
            return new Outcome(true, true, retried());
        }

        ResumingEngines.Party party(boolean isClient) throws Exception {
            return (isClient ? client : server).party(isClient, protocol, retry);
        }
    }

    /**
     * What a connection was like.
     *
     * @param server what the server reports
     * @param client what the client reports
     * @param retried whether the server requested a second ClientHello
     */
    private record Outcome(boolean server, boolean client, boolean retried) {}

    /** Connects through a relay, which records what the server sends. */
    private static Outcome connect(ResumingEngines.Party server, ResumingEngines.Party client) throws Exception {
        try (SocketPair serving = SocketPair.open();
                SocketPair asking = SocketPair.open()) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            Background<Void> down = relay(serving.far(), asking.far(), sent);
            Background<Void> up = relay(asking.far(), serving.far(), OutputStream.nullOutputStream());
            TlsTransport near = transport(serving.near(), server.engine());
            TlsTransport far = transport(asking.near(), client.engine());
            Background<Void> answering = Background.start(() -> {
                near.handshake();
                near.write("tickets come first".getBytes(StandardCharsets.US_ASCII), 0, 18);
                assertThat(near.read(new byte[1], 0, 1)).isEqualTo(-1);
                near.close();
            });
            assertThat(far.read(new byte[18], 0, 18)).isEqualTo(18);
            far.close();
            answering.get();
            down.get();
            up.get();
            String hex = HexFormat.of().formatHex(sent.toByteArray());
            return new Outcome(
                    near.tls().orElseThrow().resumed(),
                    far.tls().orElseThrow().resumed(),
                    hex.contains(HexFormat.of().formatHex(RETRY)));
        }
    }

    private static Background<Void> relay(Socket from, Socket to, OutputStream record) {
        return Background.start(() -> {
            InputStream in = from.getInputStream();
            byte[] b = new byte[4096];
            try {
                for (int n = in.read(b); n >= 0; n = in.read(b)) {
                    record.write(b, 0, n);
                    to.getOutputStream().write(b, 0, n);
                }
                to.shutdownOutput();
            } catch (IOException e) {
                // One of the sides has closed its socket, after close_notify.
            }
        });
    }

    private static TlsTransport transport(Socket socket, SSLEngine engine) throws TransportException {
        return new TlsTransport(RawSocket.take(socket), engine, TlsCase.LIMITS, () -> EngineKind.release(engine));
    }

    static List<Row> rows() {
        return Row.all().toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void bothSidesTellWhetherTheSessionWasResumed(Row row) throws Exception {
        ResumingEngines.Party server = row.party(false);
        ResumingEngines.Party client = row.party(true);

        assertThat(connect(server, client)).as("first").isEqualTo(row.full());
        assertThat(connect(server, client)).as("second").isEqualTo(row.canResume() ? row.resumed() : row.full());
        assertThat(connect(row.party(false), client))
                .as("a server that does not know the session")
                .isEqualTo(row.full());
        assertThat(connect(server, row.party(true)))
                .as("a client that does not know the session")
                .isEqualTo(row.full());
    }
}
