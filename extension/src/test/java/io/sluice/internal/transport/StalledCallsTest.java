package io.sluice.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The watchdog of the writes and handshakes of all connections. The test counts its threads, so no other test may write
 * meanwhile.
 */
@Isolated
class StalledCallsTest {
    private static final byte[] HELLO = "hello".getBytes(US_ASCII);

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void watchOverStalledCallsEndsWhenThereIsNothingToWatch(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair()) {
            PlainTransport plain = new PlainTransport(RawSocket.take(sockets.near()));
            plain.writeTimeout(Duration.ofSeconds(5));
            plain.write(HELLO, 0, HELLO.length);
            assertThat(watchers()).isEqualTo(1);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> watchers() == 0);
            plain.write(HELLO, 0, HELLO.length);
            assertThat(watchers()).isEqualTo(1);
        }
    }

    @Test
    void socketThatFailsToCloseLeavesTheOthersWatched() throws Exception {
        try (SocketPair broken = SocketKind.SOCKET.pair(8192);
                SocketPair healthy = SocketKind.SOCKET.pair(8192)) {
            Unclosable unclosable = new Unclosable(broken.near());
            PlainTransport first = new PlainTransport(RawSocket.take(unclosable));
            first.writeTimeout(Duration.ofMillis(100));
            Background<Void> stuck = TlsCloseTest.endlessWriter(first);
            Awaitility.await().untilTrue(unclosable.tried);
            PlainTransport second = new PlainTransport(RawSocket.take(healthy.near()));
            second.writeTimeout(Duration.ofMillis(100));
            Failures.assertIs(TlsCloseTest.endlessWriter(second).failure(), Stage.WRITE, Reason.TIMEOUT);
            broken.near().close();
            stuck.failure();
        }
    }

    @Test
    void socketWhoseCloseBlocksLeavesTheOthersWatched() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        try (SocketPair blocking = SocketKind.SOCKET.pair(8192);
                SocketPair healthy = SocketKind.SOCKET.pair(8192)) {
            Unclosable unclosable = new Unclosable(blocking.near(), () -> {
                released.await();
                return null;
            });
            PlainTransport first = new PlainTransport(RawSocket.take(unclosable));
            first.writeTimeout(Duration.ofMillis(100));
            Background<Void> stuck = TlsCloseTest.endlessWriter(first);
            Awaitility.await().untilTrue(unclosable.tried);
            PlainTransport second = new PlainTransport(RawSocket.take(healthy.near()));
            second.writeTimeout(Duration.ofMillis(100));
            Failures.assertIs(TlsCloseTest.endlessWriter(second).failure(), Stage.WRITE, Reason.TIMEOUT);
            released.countDown();
            blocking.near().close();
            stuck.failure();
        } finally {
            released.countDown();
        }
    }

    @ParameterizedTest
    @MethodSource("io.sluice.internal.transport.TlsCase#all")
    void handshakeOnASocketThatFailsToCloseEndsAllTheSame(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            Unclosable unclosable = new Unclosable(sockets.near());
            TlsTransport server = row.server(unclosable, new TlsLimits(Duration.ofMillis(200), Duration.ofMillis(200)));
            Background<Void> handshake = Background.start(() -> {
                try {
                    server.handshake();
                } catch (LinkageError e) {
                    // What the socket's close throws.
                    assertThat(e).hasMessage("close");
                }
            });
            assertThat(handshake.get()).isNull();
        }
    }

    /** A socket of an application's class, with a defect. */
    private static final class Unclosable extends Socket {
        private final AtomicBoolean tried = new AtomicBoolean();
        private final Socket socket;
        private final Callable<Void> whenClosed;

        Unclosable(Socket socket) {
            this(socket, () -> {
                throw new LinkageError("close");
            });
        }

        Unclosable(Socket socket, Callable<Void> whenClosed) {
            this.socket = socket;
            this.whenClosed = whenClosed;
        }

        @Override
        public void close() throws IOException {
            tried.set(true);
            try {
                whenClosed.call();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void setSoTimeout(int timeout) throws SocketException {
            socket.setSoTimeout(timeout);
        }

        @Override
        public InetAddress getInetAddress() {
            return socket.getInetAddress();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return socket.getOutputStream();
        }
    }

    private static long watchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sluice-stalled-calls"))
                .peek(thread -> assertThat(thread.isDaemon()).isTrue())
                .peek(thread -> assertThat(thread.getContextClassLoader()).isNull())
                .count();
    }
}
