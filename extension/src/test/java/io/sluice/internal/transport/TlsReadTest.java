package io.sluice.internal.transport;

import static io.sluice.internal.transport.TlsTransportTest.readNBytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.EngineKind.Role;
import io.sluice.internal.tls.TlsAlert;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.internal.transport.TlsCase.Connection;
import io.sluice.testing.internal.SocketKind;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading: timeouts that lose nothing, records of all sizes, and peers that misbehave. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class TlsReadTest {
    private static final String ALL = TlsTransportTest.ALL;
    private static final String TLS13 = "io.sluice.internal.transport.TlsCase#tls13";
    private static final byte[] HELLO = "hello".getBytes(US_ASCII);
    private static final TlsLimits LIMITS = new TlsLimits(Duration.ofSeconds(10), Duration.ofMillis(400));

    @BeforeAll
    static void warmUp() throws Exception {
        TlsCase.warmUp();
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void readThatTimesOutInMidRecordResumesWithoutLoss(TlsCase row) throws Exception {
        byte[] data = random(3_000);
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            TlsTransport ours = connection.ours();
            ours.readTimeout(Duration.ofMillis(50));
            assertTimesOut(ours);
            byte[] records = connection.peer().records(data);
            // Within the header, within the waiting buffer, within the borrowed buffer, and one byte before the end.
            int[] cuts = {3, 300, 2_000, records.length - 1, records.length};
            int sent = 0;
            for (int cut : cuts) {
                connection.sockets().far().getOutputStream().write(records, sent, cut - sent);
                sent = cut;
                if (cut < records.length) {
                    assertTimesOut(ours);
                }
            }
            assertThat(readNBytes(ours, data.length)).isEqualTo(data);
            assertTimesOut(ours);
            assertThat(ours.isOpen()).isTrue();
        }
    }

    static Stream<Arguments> waitsBehindARecord() {
        return TlsCase.all()
                .flatMap(row -> IntStream.of(10, 50)
                        .boxed()
                        .flatMap(millis ->
                                IntStream.of(100, 3_000).mapToObj(first -> Arguments.of(row, millis, first))));
    }

    /**
     * Waits shorter and longer than a borrowed buffer is kept, after a record that leaves the next one anywhere in the
     * buffer.
     */
    @ParameterizedTest
    @MethodSource("waitsBehindARecord")
    void readThatTimesOutBehindARecordResumesWithoutLoss(TlsCase row, int millis, int first) throws Exception {
        byte[] before = random(first);
        byte[] data = random(3_000);
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            TlsTransport ours = connection.ours();
            byte[] whole = connection.peer().records(before);
            byte[] records = connection.peer().records(data);
            byte[] burst = Arrays.copyOf(whole, whole.length + 1_500);
            System.arraycopy(records, 0, burst, whole.length, 1_500);
            arrive(connection, burst);
            ours.readTimeout(Duration.ofMillis(millis));
            assertThat(readNBytes(ours, first)).isEqualTo(before);
            assertTimesOut(ours);
            assertTimesOut(ours);
            arrive(connection, Arrays.copyOfRange(records, 1_500, 1_600));
            assertTimesOut(ours);
            arrive(connection, Arrays.copyOfRange(records, 1_600, records.length));
            assertThat(readNBytes(ours, data.length)).isEqualTo(data);
            assertTimesOut(ours);
        }
    }

    /** An application's own socket may throw anything when the connection ends after a record that cannot be decrypted. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void socketThatFailsAfterABadRecordIsClosedAndTheEngineReleased(boolean array) throws Exception {
        TlsCase row = new TlsCase(EngineKind.JDK, TlsCase.TLS_1_3, SocketKind.SOCKET);
        AtomicInteger released = new AtomicInteger();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket near = new Socket() {
                    @Override
                    public void shutdownOutput() {
                        throw new IllegalStateException("a socket of the application");
                    }
                }) {
            near.connect(listening.getLocalSocketAddress());
            Socket far = listening.accept();
            SSLEngine engine = row.engine().engine(TlsCase.CERTIFICATE, row.protocol(), Role.SERVER);
            TlsTransport ours =
                    new TlsTransport(RawSocket.take(near), engine, LIMITS, () -> released.incrementAndGet());
            EnginePeer peer = row.clientPeer(far);
            Background<Void> accepting = Background.start(ours::handshake);
            peer.handshake();
            accepting.get();
            far.getOutputStream().write(new byte[] {
                23, 3, 3, 0, 20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
            });
            TransportException failure = catchThrowableOfType(TransportException.class, () -> {
                if (array) {
                    ours.read(new byte[10], 0, 10);
                } else {
                    ours.read(ByteBuffer.allocate(10));
                }
            });
            assertThat(failure.reason()).isEqualTo(Reason.TLS);
            assertThat(near.isClosed()).isTrue();
            assertThat(released).hasValue(1);
            far.close();
        }
    }

    private static void arrive(Connection connection, byte[] bytes) throws Exception {
        connection.sockets().far().getOutputStream().write(bytes);
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> connection.sockets().near().getInputStream().available() >= bytes.length);
    }

    private static void assertTimesOut(TlsTransport transport) {
        Failures.assertIs(Failures.of(() -> transport.read(new byte[9], 0, 9)), Stage.READ, Reason.TIMEOUT);
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void readTimeoutCountsFromTheLastArrivalAndMayChange(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            TlsTransport ours = connection.ours();
            ours.readTimeout(Duration.ofMillis(400));
            byte[] record = connection.peer().records(HELLO);
            Background<byte[]> reading = Background.run(() -> readNBytes(ours, HELLO.length));
            for (int off = 0; off < record.length; off += 8) {
                connection.sockets().far().getOutputStream().write(record, off, Math.min(8, record.length - off));
                TimeUnit.MILLISECONDS.sleep(150);
            }
            assertThat(reading.get()).isEqualTo(HELLO);
            ours.readTimeout(Duration.ofMillis(60));
            assertTimesOut(ours);
            ours.readTimeout(Duration.ZERO);
            Background<Integer> endless = Background.run(() -> ours.read(new byte[9], 0, 9));
            Stuck.awaitReader(endless.thread());
            connection.peer().sendData(HELLO);
            assertThat(endless.get()).isEqualTo(HELLO.length);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void fullRecordsGoIntoAnArrayOfTheirSize(TlsCase row) throws Exception {
        byte[] data = random(20 * 16_384);
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            Background<Void> sending = Background.start(() -> {
                for (int off = 0; off < data.length; off += 16_384) {
                    connection.peer().sendData(Arrays.copyOfRange(data, off, off + 16_384));
                }
            });
            byte[] all = new byte[data.length];
            byte[] piece = new byte[16_384];
            for (int n, off = 0; off < data.length; off += n) {
                n = connection.ours().read(piece, 0, piece.length);
                System.arraycopy(piece, 0, all, off, n);
            }
            assertThat(all).isEqualTo(data);
            sending.get();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void readsOfAllSizesGiveTheSameBytes(TlsCase row) throws Exception {
        byte[] data = random(200_000);
        int[] sizes = {1, 5, 511, 512, 513, 1023, 1024, 1025, 4_096, 16_367, 16_384, 16_385, 40_000};
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            Background<Void> sending = Background.start(() -> {
                for (int i = 0, off = 0; off < data.length; i++) {
                    int n = Math.min(sizes[(i * 5) % sizes.length], data.length - off);
                    connection.peer().sendData(Arrays.copyOfRange(data, off, off + n));
                    off += n;
                }
            });
            byte[] all = new byte[data.length];
            for (int i = 0, n, off = 0; off < data.length; i++, off += n) {
                n = connection.ours().read(all, off, Math.min(sizes[i % sizes.length], data.length - off));
            }
            assertThat(all).isEqualTo(data);
            sending.get();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void nothingIsReadIntoNothingAndBoundsAreChecked(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            byte[] b = new byte[4];
            assertThat(connection.ours().read(b, 4, 0)).isZero();
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> connection.ours().read(b, 2, 3));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> connection.ours().write(b, -1, 3));
            assertThat(connection.ours().isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void availableIsWhatCanBeReadWithoutWaiting(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            TlsTransport ours = connection.ours();
            assertThat(ours.available()).isZero();
            byte[] records = connection.peer().records(HELLO);
            connection.peer().send(Arrays.copyOf(records, records.length - 1));
            Awaitility.await()
                    .until(() -> connection.sockets().near().getInputStream().available() > 0);
            assertThat(ours.available()).isZero();
            connection.peer().send(Arrays.copyOfRange(records, records.length - 1, records.length));
            Awaitility.await().until(() -> ours.available() > 0);
            assertThat(ours.available()).isEqualTo(HELLO.length);
            assertThat(readNBytes(ours, 2)).isEqualTo(Arrays.copyOf(HELLO, 2));
            assertThat(ours.available()).isEqualTo(HELLO.length - 2);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void availableKeepsAFailureForTheNextRead(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            connection.peer().send(tampered(connection.peer().records(HELLO)));
            Awaitility.await()
                    .until(() -> connection.sockets().near().getInputStream().available() > 0);
            assertThat(connection.ours().available()).isZero();
            connection.sockets().far().shutdownOutput();
            Failures.assertIs(Failures.of(() -> connection.ours().read(new byte[1], 0, 1)), Stage.READ, Reason.TLS);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void shutdownInputEndsAWaitingRead(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            Background<Integer> reading = Background.run(() -> connection.ours().read(new byte[1], 0, 1));
            Stuck.awaitReader(reading.thread());
            connection.ours().shutdownInput();
            connection.ours().shutdownInput();
            assertThat(reading.get()).isEqualTo(-1);
            assertThat(connection.ours().read(new byte[1], 0, 1)).isEqualTo(-1);
            connection.ours().write(HELLO, 0, HELLO.length);
            assertThat(connection.peer().read(HELLO.length)).isEqualTo(HELLO);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void shutdownInputBeforeTheHandshakeDoesItFirst(TlsCase row) throws Exception {
        try (io.sluice.testing.SocketPair sockets = row.socket().pair();
                EnginePeer client = row.clientPeer(sockets.far())) {
            TlsTransport server = row.server(sockets.near(), LIMITS);
            Background<Void> shutting = Background.start(server::shutdownInput);
            client.handshake();
            shutting.get();
            assertThat(server.read(new byte[1], 0, 1)).isEqualTo(-1);
            server.write(HELLO, 0, HELLO.length);
            assertThat(client.read(HELLO.length)).isEqualTo(HELLO);
            server.abort();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void readerBehindAReaderIsInterrupted(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            TlsTransport ours = connection.ours();
            ours.readTimeout(Duration.ofSeconds(15));
            Background<Integer> first = Background.run(() -> ours.read(new byte[1], 0, 1));
            Stuck.awaitReader(first.thread());
            Background<Integer> second = Background.run(() -> ours.read(new byte[1], 0, 1));
            Stuck.awaitReader(second.thread());
            second.thread().interrupt();
            Failures.assertIs(second.failure(), Stage.READ, Reason.INTERRUPTED);
            Failures.assertIs(first.failure(), Stage.READ, Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void tamperedRecordIsRefusedAndThePeerHearsIt(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            connection.peer().send(tampered(connection.peer().records(HELLO)));
            Background<Integer> reading = Background.run(() -> connection.ours().read(new byte[1], 0, 1));
            SSLException heard = catchThrowableOfType(
                    SSLException.class, () -> connection.peer().read(1));
            assertThat(TlsAlert.of(heard)).as("bad_record_mac").isEqualTo(20);
            connection.sockets().far().close();
            Failures.assertIs(reading.failure(), Stage.READ, Reason.TLS);
            Failures.assertIs(Failures.of(() -> connection.ours().write(HELLO, 0, 1)), Stage.WRITE, Reason.CLOSED);
        }
    }

    private static byte[] tampered(byte[] record) {
        record[record.length - 1] ^= 1;
        return record;
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void oversizedHeaderEndsTheConnection(TlsCase row) throws Exception {
        for (int length : new int[] {18_433, 40_000}) {
            try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
                ByteBuffer header = ByteBuffer.allocate(5);
                header.put(new byte[] {23, 3, 3}).putShort((short) length);
                connection.peer().send(header.array());
                connection.sockets().far().shutdownOutput();
                TransportException failure = Failures.of(() -> connection.ours().read(new byte[1], 0, 1));
                Failures.assertIs(failure, Stage.READ, Reason.PROTOCOL_ABUSE);
                assertThat(failure)
                        .hasMessage(
                                "the peer announced a record of " + length + " bytes, more than the limit of 18432");
                assertThat(connection.sockets().near().isClosed()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(TLS13)
    void keyUpdatesAreAnswered(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            Background<byte[]> reading = Background.run(() -> readNBytes(connection.ours(), 3 * HELLO.length));
            for (int i = 0; i < 3; i++) {
                connection.peer().send(connection.peer().newHandshake());
                connection.peer().sendData(HELLO);
            }
            assertThat(reading.get()).hasSize(3 * HELLO.length);
            connection.ours().write(HELLO, 0, HELLO.length);
            assertThat(connection.peer().read(HELLO.length)).isEqualTo(HELLO);
        }
    }

    @ParameterizedTest
    @MethodSource(TLS13)
    void keyUpdatesFromBothSidesWhileBothWriteAreAnswered(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            int rounds = 300;
            Background<byte[]> reading = Background.run(() -> readNBytes(connection.ours(), rounds * HELLO.length));
            Background<Void> writing = Background.start(() -> {
                for (int i = 0; i < rounds; i++) {
                    connection.ours().write(HELLO, 0, HELLO.length);
                }
            });
            for (int i = 0; i < rounds; i++) {
                if (i % 10 == 0) {
                    connection.peer().send(connection.peer().newHandshake());
                }
                connection.peer().sendData(HELLO);
                assertThat(connection.peer().read(HELLO.length)).isEqualTo(HELLO);
            }
            assertThat(reading.get()).hasSize(rounds * HELLO.length);
            writing.get();
        }
    }

    @ParameterizedTest
    @MethodSource(TLS13)
    void keyUpdateFloodWhileOurWriterIsStuckEndsTheConnection(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(8192), LIMITS)) {
            Background<Void> writing = TlsCloseTest.endlessWriter(connection.ours());
            Stuck.awaitWriterTo(connection.sockets().far());
            Background<Integer> reading = Background.run(() -> connection.ours().read(new byte[1], 0, 1));
            Background<Void> flood = Background.start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    connection.peer().send(connection.peer().newHandshake());
                }
            });
            TransportException failure = reading.failure();
            assertThat(failure.reason()).isIn(Reason.PROTOCOL_ABUSE, Reason.TLS);
            if (row.engine() == EngineKind.JDK) {
                Failures.assertIs(failure, Stage.READ, Reason.PROTOCOL_ABUSE);
                assertThat(failure).hasMessage("the peer sent more than 32 records without data in a row");
            }
            assertThat(connection.sockets().near().isClosed()).isTrue();
            Failures.assertIs(writing.failure(), Stage.WRITE, Reason.CLOSED);
            assertThatExceptionOfType(SocketException.class).isThrownBy(flood::get);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void plaintextBehindThePeersCloseNotifyIsKept(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            connection
                    .peer()
                    .send(
                            connection.peer().records(HELLO),
                            connection.peer().closeNotify(),
                            "plain".getBytes(US_ASCII));
            assertThat(readNBytes(connection.ours(), 100)).isEqualTo(HELLO);
            PlainTransport plain = new PlainTransport(connection.ours().rawSocket());
            connection.ours().detach(() -> {});
            connection.sockets().far().getOutputStream().write("er".getBytes(US_ASCII));
            assertThat(readNBytes(plain, 7)).isEqualTo("plainer".getBytes(US_ASCII));
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void bytesReadBeforeTheHandshakeComeFirst(TlsCase row) throws Exception {
        try (io.sluice.testing.SocketPair sockets = row.socket().pair();
                EnginePeer client = row.clientPeer(sockets.far())) {
            client.engine().beginHandshake();
            client.send(client.flight());
            RawSocket raw = RawSocket.take(sockets.near());
            byte[] first = new byte[100];
            int n = new PlainTransport(raw).read(first, 0, first.length);
            raw.input().unread(ByteBuffer.wrap(first, 0, n));
            javax.net.ssl.SSLEngine engine =
                    row.engine().engine(TlsCase.CERTIFICATE, row.protocol(), EngineKind.Role.SERVER);
            TlsTransport server = new TlsTransport(raw, engine, LIMITS, () -> EngineKind.release(engine));
            Background<Void> accepting = Background.start(server::handshake);
            client.handshake();
            accepting.get();
            server.write(HELLO, 0, HELLO.length);
            assertThat(client.read(HELLO.length)).isEqualTo(HELLO);
            server.abort();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void peersEncryptedAlertIsTold(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            // The peer rejects a record that was never sent, and sends an alert.
            byte[] forged = HexFormat.of().parseHex("1703030020" + "00".repeat(32));
            try {
                connection.peer().unwrap(forged);
            } catch (javax.net.ssl.SSLException e) {
                connection.peer().send(connection.peer().flight());
            }
            TransportException failure = Failures.of(() -> connection.ours().read(new byte[1], 0, 1));
            Failures.assertIs(failure, Stage.READ, Reason.PEER_ALERT);
            assertThat(failure.alert()).hasValue(20);
        }
    }

    static byte[] random(int length) {
        byte[] b = new byte[length];
        new Random(length).nextBytes(b);
        return b;
    }
}
