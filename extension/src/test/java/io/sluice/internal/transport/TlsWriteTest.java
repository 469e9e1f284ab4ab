package io.sluice.internal.transport;

import static io.sluice.internal.transport.TlsTransportTest.readNBytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.internal.transport.TlsCase.Connection;
import io.sluice.testing.CountingSocket;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writing: blocked peers, half-closed connections, interrupts, and the number of socket writes. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class TlsWriteTest {
    private static final String ALL = TlsTransportTest.ALL;
    private static final byte[] HELLO = "hello".getBytes(US_ASCII);
    private static final TlsLimits LIMITS = new TlsLimits(Duration.ofSeconds(10), Duration.ofMillis(400));

    @BeforeAll
    static void warmUp() throws Exception {
        TlsCase.warmUp();
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void writeThatIsStuckForItsTimeoutEndsTheConnection(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(8192), LIMITS)) {
            TlsTransport ours = connection.ours();
            ours.writeTimeout(Duration.ofMillis(300));
            Background<Integer> reading = Background.run(() -> ours.read(new byte[1], 0, 1));
            byte[] data = new byte[10_000_000];
            long start = System.nanoTime();
            TransportException failure = Failures.of(() -> ours.write(data, 0, data.length));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            Failures.assertIs(failure, Stage.WRITE, Reason.TIMEOUT);
            assertThat(took).isBetween(300L, 2_000L);
            assertThat(ours.isOpen()).isFalse();
            assertThat(connection.sockets().near().isClosed()).isTrue();
            Failures.assertIs(reading.failure(), Stage.READ, Reason.CLOSED);
            Failures.assertIs(Failures.of(() -> ours.write(data, 0, 1)), Stage.WRITE, Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void writeTimeoutCountsForEachSocketWriteNotForTheWhole(TlsCase row) throws Exception {
        byte[] data = new byte[400_000];
        try (Connection connection = row.connected(row.socket().pair(8192), LIMITS)) {
            connection.ours().writeTimeout(Duration.ofMillis(1_000));
            Background<Void> writing = Background.start(() -> connection.ours().write(data, 0, data.length));
            for (int read = 0; read < data.length; read += 20_000) {
                TimeUnit.MILLISECONDS.sleep(70);
                connection.peer().read(20_000);
            }
            writing.get();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void afterShutdownOutputThePeerCanStillBeRead(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            byte[] late = connection.peer().records(HELLO);
            connection.ours().shutdownOutput();
            assertThat(connection.peer().readCloseNotify()).isTrue();
            Failures.assertIs(Failures.of(() -> connection.ours().write(HELLO, 0, 1)), Stage.WRITE, Reason.CLOSED);
            connection.peer().send(late, connection.peer().closeNotify());
            assertThat(readNBytes(connection.ours(), 100)).isEqualTo(HELLO);
        }
    }

    /** Only the JDK's engine in TLS 1.3 continues after the peer's close_notify. */
    @ParameterizedTest
    @MethodSource(ALL)
    void writingAfterThePeersCloseNotifyWorksByEngineAndVersion(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            connection.peer().send(connection.peer().closeNotify());
            assertThat(connection.ours().read(new byte[1], 0, 1)).isEqualTo(-1);
            if (row.is13() && row.engine() == EngineKind.JDK) {
                connection.ours().write(HELLO, 0, HELLO.length);
                assertThat(connection.peer().read(HELLO.length)).isEqualTo(HELLO);
            } else {
                Failures.assertIs(
                        Failures.of(() -> connection.ours().write(HELLO, 0, 1)), Stage.WRITE, Reason.PEER_CLOSED);
            }
            assertThat(connection.ours().read(new byte[1], 0, 1)).isEqualTo(-1);
            connection.ours().close();
            assertThat(connection.peer().readCloseNotify()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void resetByThePeerIsTold(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            Background<Integer> reading = Background.run(() -> connection.ours().read(new byte[1], 0, 1));
            Stuck.awaitReader(reading.thread());
            connection.sockets().far().setSoLinger(true, 0);
            connection.sockets().far().close();
            Failures.assertIs(reading.failure(), Stage.READ, Reason.RESET);
            assertThat(connection.sockets().near().isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void interruptEndsAReadThroughAChannelOnly(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            Background<Integer> reading = Background.run(() -> connection.ours().read(new byte[1], 0, 1));
            Stuck.awaitReader(reading.thread());
            reading.thread().interrupt();
            if (row.socket() == SocketKind.CHANNEL) {
                Failures.assertIs(reading.failure(), Stage.READ, Reason.INTERRUPTED);
                assertThat(connection.ours().isOpen()).isFalse();
            } else {
                connection.peer().sendData(HELLO);
                assertThat(reading.get()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void closeByAnInterruptedThreadStillSaysCloseNotify(TlsCase row) throws Exception {
        try (Connection connection = row.connected(row.socket().pair(), LIMITS)) {
            Background<Boolean> closing = Background.run(() -> {
                Thread.currentThread().interrupt();
                connection.ours().close();
                return Thread.interrupted();
            });
            assertThat(closing.get()).as("still interrupted").isTrue();
            assertThat(connection.peer().readCloseNotify()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.sluice.internal.tls.EngineKind#general")
    void connectionWithOneByteEachWayTakesFourSocketWritesAtMost(EngineKind engine) throws Exception {
        TlsCase row = new TlsCase(engine, TlsCase.TLS_1_3, SocketKind.SOCKET);
        try (SocketPair sockets = row.socket().pair()) {
            CountingSocket near = new CountingSocket(sockets.near());
            CountingSocket far = new CountingSocket(sockets.far());
            TlsTransport server = row.server(near);
            TlsTransport client = row.client(far);
            Background<Void> echo = Background.start(() -> {
                byte[] b = readNBytes(server, 1);
                server.write(b, 0, 1);
                assertThat(server.read(b, 0, 1)).isEqualTo(-1);
                server.close();
            });
            client.write(HELLO, 0, 1);
            readNBytes(client, 1);
            client.close();
            echo.get();
            assertThat(near.writeCount()).as("the server's writes").isLessThanOrEqualTo(4);
            assertThat(far.writeCount()).as("the client's writes").isLessThanOrEqualTo(4);
            assertThat(near.closeCount()).isEqualTo(1);
            assertThat(far.closeCount()).isEqualTo(1);
            System.getLogger(TlsWriteTest.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            engine + ": " + near.writeCount() + " and " + far.writeCount() + " writes");
        }
    }
}
