package io.sluice.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.internal.tls.EngineKind.Role;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.testing.TestCertificate;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a peer may do wrong: the core reports it, has one alert for it, and loses no buffer. */
class CoreFailureTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");
    private static final TestCertificate OTHER = TestCertificate.ec("localhost");
    private static final byte[] DATA = "before".getBytes(US_ASCII);

    private final Transit up = new Transit();
    private final Transit down = new Transit();

    record Row(EngineKind server, String protocol) {
        boolean is13() {
            return protocol.equals("TLSv1.3");
        }
    }

    static Stream<Row> rows() {
        return Stream.of(EngineKind.values())
                .flatMap(server -> Stream.of("TLSv1.2", "TLSv1.3").map(protocol -> new Row(server, protocol)));
    }

    private Side client(Row row, TestCertificate trusted) {
        EngineKind kind = EngineKind.JDK;
        SSLEngine engine = kind.engine(trusted, row.protocol(), Role.KEYLESS_CLIENT);
        return new Side(kind.adapter(engine), PeerReview.NONE, false, down, up, () -> 100_000);
    }

    private Side server(Row row, Role role, PeerReview review) {
        SSLEngine engine = row.server().engine(CERTIFICATE, row.protocol(), role);
        return new Side(row.server().adapter(engine), review, false, up, down, () -> 100_000);
    }

    private static void handshake(Side client, Side server) throws TransportException {
        boolean ours = false;
        boolean theirs = false;
        while (!(ours && theirs)) {
            ours = ours || client.handshake();
            theirs = theirs || server.handshake();
        }
    }

    /** A step that fails. */
    private interface Step {
        void run() throws TransportException;
    }

    private static TransportException failure(Step step) {
        TransportException e = catchThrowableOfType(TransportException.class, step::run);
        assertThat(e).as("a failure").isNotNull();
        return e;
    }

    private static TransportException failureOfHandshake(Side client, Side server, Side failing) {
        TransportException e = failure(() -> handshake(client, server));
        assertThat(catchThrowableOfType(TransportException.class, () -> failing.failHandshake(e)))
                .isNull();
        return e;
    }

    private static byte[] read(Side side) throws TransportException {
        ByteBuffer target = ByteBuffer.allocate(100);
        int n = side.read(target);
        assertThat(n).isGreaterThanOrEqualTo(0);
        byte[] data = new byte[n];
        target.flip().get(data);
        return data;
    }

    /** The failure of a reader, which first gets what came before it. The peer then reads an alert. */
    private void violated(Side client, Side server, Reason... expected) throws TransportException {
        assertThat(read(server)).isEqualTo(DATA);
        TransportException e = failure(() -> read(server));
        assertThat(e.reason()).isIn((Object[]) expected);
        server.fail(e.reason());
        if (down.length() > 0) {
            // The client asked for more responses than it may get in a row.
            assertThat(failure(() -> read(client)).reason()).isIn(Reason.PEER_ALERT, Reason.PROTOCOL_ABUSE);
        }
        client.release();
        server.release();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void recordThatWasTamperedWith(Row row) throws Exception {
        Side client = client(row, CERTIFICATE);
        Side server = server(row, Role.SERVER, PeerReview.NONE);
        handshake(client, server);
        client.write(ByteBuffer.wrap(DATA));
        client.write(ByteBuffer.wrap(DATA));
        up.tamper();
        violated(client, server, Reason.TLS);
    }

    /** An engine that decrypts several records at once must not lose the first ones. */
    @ParameterizedTest
    @MethodSource("rows")
    void alertBehindData(Row row) throws Exception {
        for (int size : new int[] {100, 20_000}) {
            Side client = client(row, CERTIFICATE);
            Side server = server(row, Role.SERVER, PeerReview.NONE);
            handshake(client, server);
            server.write(ByteBuffer.wrap(DATA));
            down.tamper();
            client.write(ByteBuffer.wrap(DATA));
            TransportException e = failure(() -> read(client));
            client.fail(e.reason());
            ByteBuffer target = ByteBuffer.allocate(size);
            assertThat(server.read(target)).isEqualTo(DATA.length);
            assertThat(failure(() -> server.read(target)).reason()).isEqualTo(Reason.PEER_ALERT);
            client.release();
            server.release();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void announcedRecordThatIsTooLong(Row row) throws Exception {
        Side client = client(row, CERTIFICATE);
        Side server = server(row, Role.SERVER, PeerReview.NONE);
        handshake(client, server);
        client.write(ByteBuffer.wrap(DATA));
        up.inject((byte) 23, (byte) 3, (byte) 3, (byte) 0x60, (byte) 0);
        violated(client, server, Reason.PROTOCOL_ABUSE);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void renegotiationOrKeyUpdates(Row row) throws Exception {
        Side client = client(row, CERTIFICATE);
        Side server = server(row, Role.SERVER, PeerReview.NONE);
        handshake(client, server);
        client.write(ByteBuffer.wrap(DATA));
        for (int i = 0; i < (row.is13() ? 40 : 1); i++) {
            client.updateKeys();
        }
        violated(client, server, Reason.PROTOCOL_ABUSE, Reason.TLS);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void peerThatDoesNotSpeakTls(Row row) throws Exception {
        Side server = server(row, Role.SERVER, PeerReview.NONE);
        up.inject("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
        TransportException e = failure(server::handshake);
        assertThat(e.reason()).isEqualTo(Reason.NOT_TLS);
        server.failHandshake(e);
        assertThat(down.take(down.length())).containsExactly(21, 3, 1, 0, 2, 2, 10);
        server.release();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void certificateThatIsNotTrusted(Row row) throws Exception {
        Side client = client(row, OTHER);
        Side server = server(row, Role.SERVER, PeerReview.NONE);
        TransportException e = failureOfHandshake(client, server, client);
        assertThat(e.reason()).isEqualTo(Reason.TLS);
        TransportException told = failure(() -> {
            server.handshake();
            read(server);
        });
        assertThat(told.reason()).isEqualTo(Reason.PEER_ALERT);
        assertThat(told.alert().orElseThrow()).isIn(42, 46, 48);
        client.release();
        server.release();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void clientWithoutTheCertificateThatIsRequired(Row row) throws Exception {
        Side client = client(row, CERTIFICATE);
        Side server = server(row, Role.DEMANDING_SERVER, PeerReview.NONE);
        TransportException e = failureOfHandshake(client, server, server);
        assertThat(e.reason()).isEqualTo(Reason.TLS);
        TransportException told = failure(() -> {
            client.handshake();
            read(client);
        });
        assertThat(told.reason()).isEqualTo(Reason.PEER_ALERT);
        client.release();
        server.release();
    }

    /** As with an engine that resumes a session of a connection that needed no certificate. */
    @ParameterizedTest
    @MethodSource("rows")
    void engineThatCompletesWithoutTheCertificateItNeeds(Row row) throws Exception {
        Side client = client(row, CERTIFICATE);
        Side server = server(row, Role.SERVER, new PeerReview() {
            @Override
            public Optional<?> caller(SSLEngine engine, List<X509Certificate> peer) {
                engine.setNeedClientAuth(true);
                return Optional.empty();
            }
        });
        TransportException e = failureOfHandshake(client, server, server);
        assertThat(e.reason()).isEqualTo(Reason.REFUSED);
        assertThat(e).hasMessageContaining("the client has no certificate, but this server needs one");
        client.release();
        server.release();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void peerWhomTheRulesDoNotAdmit(Row row) throws Exception {
        Side client = client(row, CERTIFICATE);
        Side server = server(row, Role.SERVER, new PeerReview() {
            @Override
            public Optional<?> caller(SSLEngine engine, List<X509Certificate> peer) throws CertificateException {
                throw new CertificateException("nobody");
            }
        });
        TransportException e = failureOfHandshake(client, server, server);
        assertThat(e.reason()).isEqualTo(Reason.REFUSED);
        assertThat(server.core().details()).isNull();
        TransportException told = failure(() -> {
            client.handshake();
            read(client);
        });
        assertThat(told.reason()).isIn(Reason.PEER_ALERT);
        client.release();
        server.release();
    }

    /** A stream that ends in the middle of a record, at any place. */
    @ParameterizedTest
    @MethodSource("rows")
    void streamThatEndsWithinARecord(Row row) throws Exception {
        for (int lost = 1; lost < 28; lost += 9) {
            Transit in = new Transit();
            SSLEngine engine = row.server().engine(CERTIFICATE, row.protocol(), Role.SERVER);
            Transit out = new Transit();
            Side server = new Side(row.server().adapter(engine), PeerReview.NONE, false, in, out, () -> 7);
            SSLEngine own = EngineKind.JDK.engine(CERTIFICATE, row.protocol(), Role.KEYLESS_CLIENT);
            Side client = new Side(EngineKind.JDK.adapter(own), PeerReview.NONE, false, out, in, () -> 7);
            handshake(client, server);
            client.write(ByteBuffer.wrap(DATA));
            client.write(ByteBuffer.wrap(DATA));
            in.end(lost);
            assertThat(read(server)).isEqualTo(DATA);
            assertThat(failure(() -> read(server)).reason()).isEqualTo(Reason.TRUNCATED);
            client.release();
            server.release();
        }
    }

    /** A peer may not make this side work for nothing. */
    @ParameterizedTest
    @MethodSource("rows")
    void emptyRecordsWithoutEnd(Row row) throws Exception {
        Side server = server(row, Role.SERVER, PeerReview.NONE);
        for (int i = 0; i < 400; i++) {
            up.inject((byte) 22, (byte) 3, (byte) 1, (byte) 0, (byte) 0);
        }
        TransportException e = failure(server::handshake);
        assertThat(e.reason()).isEqualTo(Reason.PROTOCOL_ABUSE);
        server.failHandshake(e);
        assertThat(down.length()).isEqualTo(RecordHeader.ALERT_LENGTH);
        server.release();
    }
}
