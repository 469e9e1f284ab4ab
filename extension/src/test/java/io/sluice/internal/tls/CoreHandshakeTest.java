package io.sluice.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.EngineKind.Role;
import io.sluice.internal.tls.TlsCore.Need;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import io.sluice.testing.TestCertificate;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes of two cores without a socket, between any two engines. */
class CoreHandshakeTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    record Row(EngineKind client, EngineKind server, String protocol) {
        static Stream<Row> all() {
            return Stream.of(EngineKind.values())
                    .flatMap(client -> Stream.of(EngineKind.values())
                            .flatMap(server -> Stream.of("TLSv1.2", "TLSv1.3")
                                    .map(protocol -> new Row(client, server, protocol))));
        }

        private Pair pair(Role role, IntSupplier pieces) {
            Transit up = new Transit();
            Transit down = new Transit();
            return new Pair(side(client, Role.CLIENT, down, up, pieces), side(server, role, up, down, pieces));
        }

        private Side side(EngineKind kind, Role role, Transit in, Transit out, IntSupplier pieces) {
            return new Side(
                    kind.adapter(kind.engine(CERTIFICATE, protocol, role)), PeerReview.NONE, false, in, out, pieces);
        }
    }

    private record Pair(Side client, Side server) {
        void handshake() throws TransportException {
            boolean ours = false;
            boolean theirs = false;
            for (int i = 0; !(ours && theirs); i++) {
                ours = ours || client.handshake();
                theirs = theirs || server.handshake();
                assertThat(i).as("flights").isLessThan(10);
            }
        }

        void release() {
            client.release();
            server.release();
        }
    }

    static Stream<Row> rows() {
        return Row.all();
    }

    private static void exchange(Side from, Side to) throws TransportException {
        from.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        ByteBuffer got = ByteBuffer.allocate(9);
        while (got.position() < 3) {
            assertThat(to.read(got)).isPositive();
        }
        assertThat(got.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    /** Every byte arrives alone, so that the core is called between any two of them. */
    @ParameterizedTest
    @MethodSource("rows")
    void byteByByte(Row row) throws Exception {
        Pair pair = row.pair(Role.DEMANDING_SERVER, () -> 1);
        pair.handshake();
        exchange(pair.client(), pair.server());
        exchange(pair.server(), pair.client());
        assertThat(pair.server().details().peerCertificates()).containsExactly(CERTIFICATE.certificate());
        assertThat(pair.client().details().peerCertificates()).containsExactly(CERTIFICATE.certificate());
        pair.release();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void inAnyPieces(Row row) throws Exception {
        long seed = Long.getLong("test.seed", 0);
        Random random = new Random(seed);
        Pair pair = row.pair(Role.SERVER, () -> 1 + random.nextInt(700));
        pair.handshake();
        exchange(pair.client(), pair.server());
        exchange(pair.server(), pair.client());
        pair.release();
    }

    /** Both sides read the same from the hellos. */
    @ParameterizedTest
    @MethodSource("rows")
    void bothSidesKnowTheGroup(Row row) throws Exception {
        Pair pair = row.pair(Role.SERVER, () -> 100_000);
        pair.handshake();
        TlsDetails client = pair.client().details();
        TlsDetails server = pair.server().details();
        assertThat(client.group()).isPresent().isEqualTo(server.group());
        assertThat(client.resumed()).isFalse();
        assertThat(server.resumed()).isFalse();
        assertThat(client.isClient()).isTrue();
        assertThat(server.isClient()).isFalse();
        pair.release();
    }

    /** A task costs time, so a driver may want to run it elsewhere. JSSE's engines have tasks, and Netty's have none by default. */
    @ParameterizedTest
    @MethodSource("rows")
    void tasksAreReported(Row row) throws Exception {
        Pair pair = row.pair(Role.SERVER, () -> 100_000);
        pair.handshake();
        if (row.client() == EngineKind.JDK) {
            assertThat(pair.client().needed(Need.TASK)).isPositive();
        }
        if (row.server() == EngineKind.JDK) {
            assertThat(pair.server().needed(Need.TASK)).isPositive();
        }
        assertThat(pair.client().needed(Need.BYTES)).isPositive();
        assertThat(pair.client().needed(Need.NOTHING)).isEqualTo(1);
        pair.release();
    }

    /** A side that waits in the handshake holds no buffer. */
    @ParameterizedTest
    @MethodSource("rows")
    void waitingHoldsNoBuffer(Row row) throws Exception {
        Pair pair = row.pair(Role.SERVER, () -> 100_000);
        assertThat(pair.server().handshake()).isFalse();
        assertThat(pair.server().buffers().borrowed()).isZero();
        assertThat(pair.client().handshake()).isFalse();
        assertThat(pair.client().buffers().borrowed()).isZero();
        pair.release();
    }

    /** Whatever arrived before the connection ends, every buffer is returned. */
    @ParameterizedTest
    @MethodSource("rows")
    void releaseInTheMiddleReturnsAllBuffers(Row row) throws Exception {
        for (int most = 1; most < 1_400; most += 311) {
            int limit = most;
            int[] arrived = {0};
            Pair pair = row.pair(Role.SERVER, () -> ++arrived[0] > 1 ? 1 : limit);
            pair.client().handshake();
            byte[] hello = pair.client()
                    .outgoing()
                    .take(Math.min(most, pair.client().outgoing().length()));
            pair.server().incoming().take(pair.server().incoming().length());
            pair.server().incoming().inject(hello);
            pair.server().handshake();
            pair.client().handshake();
            pair.release();
        }
    }
}
