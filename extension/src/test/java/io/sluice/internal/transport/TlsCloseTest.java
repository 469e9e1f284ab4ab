package io.sluice.internal.transport;

import static io.sluice.internal.transport.TlsTransportTest.readNBytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.internal.transport.TlsCase.Connection;
import io.sluice.testing.SocketPair;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A close takes limited time, whatever the peer does, and sends one close_notify if the peer can receive it. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class TlsCloseTest {
    private static final String ALL = TlsTransportTest.ALL;
    private static final byte[] HELLO = "hello".getBytes(US_ASCII);
    private static final Duration CLOSE = Duration.ofMillis(400);
    private static final TlsLimits LIMITS = new TlsLimits(Duration.ofSeconds(10), CLOSE);

    @BeforeAll
    static void warmUp() throws Exception {
        TlsCase.warmUp();
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void closeSaysOneCloseNotifyAndNothingElse(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            connection.ours().write(HELLO, 0, HELLO.length);
            connection.peer().read(HELLO.length);
            connection.ours().close();
            connection.ours().close();
            List<byte[]> rest = restOf(connection.peer());
            assertThat(rest).hasSize(1);
            assertThat(connection.peer().unwrap(rest.get(0)).getStatus()).isEqualTo(SSLEngineResult.Status.CLOSED);
            assertThat(connection.peer().engine().isInboundDone()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void closeAfterShutdownOutputSaysNoMore(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            connection.ours().write(HELLO, 0, HELLO.length);
            connection.peer().read(HELLO.length);
            connection.ours().shutdownOutput();
            connection.ours().shutdownOutput();
            connection.ours().close();
            assertThat(restOf(connection.peer())).hasSize(1);
        }
    }

    private static List<byte[]> restOf(EnginePeer peer) throws IOException {
        List<byte[]> rest = new ArrayList<>();
        try {
            while (true) {
                rest.add(peer.record());
            }
        } catch (EOFException end) {
            return rest;
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void closeFreesABlockedReaderAtOnce(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            Background<Integer> reading = Background.run(() -> connection.ours().read(new byte[1], 0, 1));
            Stuck.awaitReader(reading.thread());
            assertThat(millisToClose(connection.ours())).isLessThan(250);
            Failures.assertIs(reading.failure(), Stage.READ, Reason.CLOSED);
            assertThat(connection.peer().readCloseNotify()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void closeFreesAStuckWriterAtItsDeadline(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(8192), LIMITS)) {
            Background<Void> writing = endlessWriter(connection.ours());
            Stuck.awaitWriterTo(connection.sockets().far());
            assertThat(millisToClose(connection.ours())).isLessThan(CLOSE.toMillis() + 250);
            Failures.assertIs(writing.failure(), Stage.WRITE, Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void closeDuringAWriteKeepsTheRecordsInSequence(TlsCase row) throws Exception {
        TlsLimits patient = new TlsLimits(Duration.ofSeconds(10), Duration.ofSeconds(25));
        try (Connection connection = row.connected(row.socket().pair(8192), patient)) {
            Background<Void> writing =
                    Background.start(() -> connection.ours().write(new byte[2_000_000], 0, 2_000_000));
            connection.peer().read(20_000);
            Background<Void> closing = Background.start(connection.ours()::close);
            assertThat(connection.peer().readCloseNotify()).isTrue();
            closing.get();
            writing.get();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void closeFreesABlockedReaderAndAStuckWriterAtItsDeadline(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(8192), LIMITS)) {
            Background<Void> writing = endlessWriter(connection.ours());
            Background<Integer> reading = Background.run(() -> connection.ours().read(new byte[1], 0, 1));
            Stuck.awaitWriterTo(connection.sockets().far());
            Stuck.awaitReader(reading.thread());
            assertThat(millisToClose(connection.ours())).isLessThan(CLOSE.toMillis() + 250);
            Failures.assertIs(writing.failure(), Stage.WRITE, Reason.CLOSED);
            Failures.assertIs(reading.failure(), Stage.READ, Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void closeBehindFullBuffersWithoutAWriterEndsAtItsDeadline(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(8192), LIMITS)) {
            // Fills the buffers below TLS to the last byte, so that close_notify itself is stuck.
            Background<Void> filling = Background.start(() -> {
                while (true) {
                    connection.sockets().near().getOutputStream().write(new byte[1 << 16]);
                }
            });
            Stuck.awaitWriterTo(connection.sockets().far());
            assertThat(millisToClose(connection.ours())).isLessThan(CLOSE.toMillis() + 250);
            assertThat(connection.sockets().near().isClosed()).isTrue();
            filling.thread().interrupt();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void lingerOnTheSocketDoesNotHoldCloseUp(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(8192), LIMITS)) {
            connection.sockets().near().setSoLinger(true, 10);
            Background<Void> writing = endlessWriter(connection.ours());
            Stuck.awaitWriterTo(connection.sockets().far());
            assertThat(millisToClose(connection.ours())).isLessThan(CLOSE.toMillis() + 2_000);
            Failures.assertIs(writing.failure(), Stage.WRITE, Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void closeDuringTheHandshakeReturnsAtOnce(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server = row.server(sockets.near(), LIMITS);
            Background<Void> handshake = Background.start(server::handshake);
            Stuck.awaitReader(handshake.thread());
            Background<Integer> reading = Background.run(() -> server.read(new byte[1], 0, 1));
            assertThat(millisToClose(server)).isLessThan(250);
            Failures.assertIs(handshake.failure(), Stage.HANDSHAKE, Reason.CLOSED);
            assertThat(reading.failure().reason()).isEqualTo(Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void abortFreesEverybodyAtOnceAndSaysNothing(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(8192), TlsCase.LIMITS)) {
            Background<Void> writing = endlessWriter(connection.ours());
            Background<Integer> reading = Background.run(() -> connection.ours().read(new byte[1], 0, 1));
            Stuck.awaitWriterTo(connection.sockets().far());
            Background<Void> closing = Background.start(connection.ours()::close);
            long start = System.nanoTime();
            connection.ours().abort();
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(250);
            closing.get();
            assertThat(writing.failure().reason()).isEqualTo(Reason.CLOSED);
            assertThat(reading.failure().reason()).isEqualTo(Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void useAfterCloseIsTold(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            TlsTransport ours = connection.ours();
            ours.close();
            assertThat(ours.isOpen()).isFalse();
            assertThat(ours.available()).isZero();
            Failures.assertIs(Failures.of(() -> ours.read(new byte[1], 0, 1)), Stage.READ, Reason.CLOSED);
            Failures.assertIs(Failures.of(() -> ours.write(HELLO, 0, 1)), Stage.WRITE, Reason.CLOSED);
            Failures.assertIs(Failures.of(ours::shutdownOutput), Stage.WRITE, Reason.CLOSED);
            Failures.assertIs(Failures.of(ours::handshake), Stage.HANDSHAKE, Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void closeNotifyIsACleanEnd(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            connection
                    .peer()
                    .send(connection.peer().records(HELLO), connection.peer().closeNotify());
            connection.sockets().far().shutdownOutput();
            assertThat(readNBytes(connection.ours(), 100)).isEqualTo(HELLO);
            assertThat(connection.ours().read(new byte[1], 0, 1)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void endWithoutCloseNotifyIsATruncation(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            connection.peer().sendData(HELLO);
            connection.sockets().far().shutdownOutput();
            assertThat(readNBytes(connection.ours(), 5)).isEqualTo(HELLO);
            for (int i = 0; i < 2; i++) {
                TransportException failure = Failures.of(() -> connection.ours().read(new byte[1], 0, 1));
                Failures.assertIs(failure, Stage.READ, Reason.TRUNCATED);
            }
            // The peer may still read.
            connection.ours().write(HELLO, 0, HELLO.length);
            assertThat(connection.peer().read(HELLO.length)).isEqualTo(HELLO);
            connection.ours().close();
            assertThat(connection.peer().readCloseNotify()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void endWithinARecordIsATruncation(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            byte[] record = connection.peer().records(HELLO);
            connection.sockets().far().getOutputStream().write(record, 0, record.length - 1);
            connection.sockets().far().shutdownOutput();
            TransportException failure = Failures.of(() -> connection.ours().read(new byte[1], 0, 1));
            Failures.assertIs(failure, Stage.READ, Reason.TRUNCATED);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void engineIsReleasedOnceWhenAllHaveLeft(TlsCase row) throws Exception {
        AtomicInteger released = new AtomicInteger();
        try (SocketPair sockets = row.socket().pair()) {
            SSLEngine engine = row.engine().engine(TlsCase.CERTIFICATE, row.protocol(), EngineKind.Role.SERVER);
            TlsTransport server = new TlsTransport(RawSocket.take(sockets.near()), engine, LIMITS, () -> {
                EngineKind.release(engine);
                released.incrementAndGet();
            });
            EnginePeer client = row.clientPeer(sockets.far());
            Background<Integer> reading = Background.run(() -> server.read(new byte[1], 0, 1));
            client.handshake();
            Stuck.awaitReader(reading.thread());
            assertThat(released).hasValue(0);
            server.close();
            server.abort();
            reading.failure();
            Awaitility.await().until(() -> released.get() == 1);
        }
        assertThat(released).hasValue(1);
    }

    /** The server's tickets are unread when such a client closes, and a reset would discard its bytes. */
    @ParameterizedTest
    @MethodSource(ALL)
    void clientThatOnlyWritesLosesNothingWhenItCloses(TlsCase row) throws Exception {
        byte[] data = new byte[400_000];
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport client = row.client(sockets.near());
            TlsTransport server = row.server(sockets.far());
            Background<Integer> slowly = Background.run(() -> {
                server.handshake();
                TimeUnit.MILLISECONDS.sleep(300);
                int n = readNBytes(server, data.length + 1).length;
                server.close();
                return n;
            });
            Background<Void> writing = Background.start(() -> {
                client.write(data, 0, data.length);
                client.close();
            });
            assertThat(slowly.get()).isEqualTo(data.length);
            writing.get();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void bytesWrittenBeforeCloseArriveThoughOthersLieUnread(TlsCase row) throws Exception {
        byte[] data = new byte[400_000];
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server = row.server(sockets.near());
            TlsTransport client = row.client(sockets.far());
            Background<Integer> slowly = Background.run(() -> {
                client.write(HELLO, 0, HELLO.length);
                TimeUnit.MILLISECONDS.sleep(300);
                int n = readNBytes(client, data.length + 1).length;
                client.close();
                return n;
            });
            server.handshake();

            Awaitility.await().until(() -> server.available() > 0);
            Background<Void> writing = Background.start(() -> {
                server.write(data, 0, data.length);
                server.close();
            });
            assertThat(slowly.get()).isEqualTo(data.length);
            writing.get();
        }
    }

    static Background<Void> endlessWriter(Transport transport) {
        byte[] data = new byte[100_000];
        return Background.start(() -> {
            while (true) {
                transport.write(data, 0, data.length);
            }
        });
    }

    private static long millisToClose(Transport transport) {
        long start = System.nanoTime();
        transport.close();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
