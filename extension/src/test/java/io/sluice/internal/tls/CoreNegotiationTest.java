package io.sluice.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.sluice.internal.engine.JsseAdapter;
import io.sluice.internal.tls.ResumingEngines.Party;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The group and whether a session was resumed, which the core reads from the hellos on both sides. */
class CoreNegotiationTest {
    private static final String HYBRID = "X25519MLKEM768";
    private static final String RETRY_RANDOM = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    record Row(ResumingEngines client, ResumingEngines server, String protocol, boolean retry) {
        static Stream<Row> all() {
            return Stream.of(ResumingEngines.values())
                    .flatMap(client -> Stream.of(ResumingEngines.values())
                            .flatMap(server -> Stream.of(
                                    new Row(client, server, "TLSv1.2", false),
                                    new Row(client, server, "TLSv1.3", false),
                                    new Row(client, server, "TLSv1.3", true))))
                    // The JDK's server cannot be made to need a second ClientHello of other clients.
                    .filter(row -> !row.retry
                            || row.server != ResumingEngines.JDK
                            || row.client == ResumingEngines.BOUNCY_CASTLE);
        }

        /** Bouncy Castle's engine resumes no session of TLS 1.3. */
        boolean resumes() {
            return protocol.equals("TLSv1.2")
                    || server != ResumingEngines.BOUNCY_CASTLE && client != ResumingEngines.BOUNCY_CASTLE;
        }
    }

    /** What both sides say about a connection. */
    private record Said(Optional<String> group, boolean resumed) {
        static Said of(Side side) {
            return new Said(side.details().group(), side.details().resumed());
        }
    }

    private static Side side(Party party, Transit in, Transit out, int piece) throws Exception {
        SSLEngine engine = party.engine();
        return new Side(
                new JsseAdapter(engine, () -> EngineKind.release(engine)),
                PeerReview.NONE,
                false,
                in,
                out,
                () -> piece);
    }

    /** Connects, and exchanges data, so that tickets arrive. Returns what both sides say. */
    private static Said connect(Party client, Party server, int piece, boolean retried) throws Exception {
        Transit up = new Transit();
        Transit down = new Transit();
        Side ours = side(client, down, up, piece);
        Side theirs = side(server, up, down, piece);
        assertThat(ours.handshake()).isFalse();
        theirs.handshake();
        String flight = HexFormat.of().formatHex(down.take(down.length()));
        if (retried) {
            assertThat(flight).as("the server's first flight").contains(RETRY_RANDOM);
        }
        down.inject(HexFormat.of().parseHex(flight));
        for (boolean one = false, other = false; !(one && other); ) {
            one = one || ours.handshake();
            other = other || theirs.handshake();
        }
        theirs.write(ByteBuffer.wrap(new byte[10]));
        assertThat(ours.read(ByteBuffer.allocate(10))).isEqualTo(10);
        ours.closeNotify();
        assertThat(theirs.read(ByteBuffer.allocate(10))).isEqualTo(Inbound.END);
        theirs.closeNotify();
        Said said = Said.of(ours);
        assertThat(Said.of(theirs)).isEqualTo(said);
        ours.release();
        theirs.release();
        return said;
    }

    static Stream<Row> rows() {
        return Row.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void bothSidesTellTheSame(Row row) throws Exception {
        Party client = row.client().party(true, row.protocol(), row.retry());
        Party server = row.server().party(false, row.protocol(), row.retry());
        Said first = connect(client, server, 1, row.retry());
        assertThat(first.resumed()).isFalse();
        assertThat(first.group()).isPresent();
        if (row.retry() && row.server() != ResumingEngines.JDK) {
            assertThat(first.group()).contains("secp384r1");
        }
        Said second = connect(client, server, 300, row.retry());
        assertThat(second.resumed()).isEqualTo(row.resumes());
        if (!second.resumed() || row.protocol().equals("TLSv1.3")) {
            assertThat(second.group()).isEqualTo(first.group());
        } else {
            assertThat(second.group())
                    .as("TLS 1.2 resumes without a key exchange")
                    .isEmpty();
        }
    }

    /** Engines with hybrid key exchange on every JDK. */
    enum Hybrid {
        BOUNCY_CASTLE {
            @Override
            Party party(boolean client) throws Exception {
                SSLContext context = ResumingEngines.context(new BouncyCastleJsseProvider(new BouncyCastleProvider()));
                return () -> {
                    SSLEngine engine = context.createSSLEngine("localhost", 4433);
                    engine.setUseClientMode(client);
                    BCSSLEngine own = (BCSSLEngine) engine;
                    BCSSLParameters parameters = own.getParameters();
                    parameters.setNamedGroups(new String[] {HYBRID});
                    own.setParameters(parameters);
                    return engine;
                };
            }
        },
        BORINGSSL {
            @Override
            Party party(boolean client) throws Exception {
                SslContextBuilder builder = client
                        ? SslContextBuilder.forClient().trustManager(ResumingEngines.CERTIFICATE.certificate())
                        : SslContextBuilder.forServer(
                                ResumingEngines.CERTIFICATE.key(), ResumingEngines.CERTIFICATE.certificate());
                var context = builder.sslProvider(SslProvider.OPENSSL)
                        .protocols("TLSv1.3")
                        .option(OpenSslContextOption.GROUPS, new String[] {HYBRID})
                        .build();
                return () -> context.newEngine(ByteBufAllocator.DEFAULT, "localhost", 4433);
            }
        };

        abstract Party party(boolean client) throws Exception;
    }

    @ParameterizedTest
    @EnumSource(Hybrid.class)
    void hybridKeyExchange(Hybrid client) throws Exception {
        for (Hybrid server : Hybrid.values()) {
            assertThat(connect(client.party(true), server.party(false), 500, false))
                    .as("server %s", server)
                    .isEqualTo(new Said(Optional.of(HYBRID), false));
        }
    }
}
