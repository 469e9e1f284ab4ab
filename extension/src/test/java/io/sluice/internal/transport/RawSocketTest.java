package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.testing.CountingSocket;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The transfer of a socket's ownership. */
class RawSocketTest {
    private interface Spoiling {
        void spoil(Socket socket) throws IOException;
    }

    @Test
    void unconnectedSocketIsRefusedAndClosed() throws Exception {
        for (Socket socket : new Socket[] {new Socket(), SocketChannel.open().socket()}) {
            TransportException failure = Failures.of(() -> RawSocket.take(socket));
            Failures.assertIs(failure, Stage.OPEN, Reason.UNUSABLE_SOCKET);
            assertThat(failure).hasMessage("the socket is not connected");
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void unusableSocketIsRefusedAndClosed(SocketKind kind) throws Exception {
        assertRefused(kind, Socket::close, "the socket is closed");
        assertRefused(kind, Socket::shutdownInput, "the socket's input is already shut down");
        assertRefused(kind, Socket::shutdownOutput, "the socket's output is already shut down");
        if (kind == SocketKind.CHANNEL) {
            assertRefused(
                    kind,
                    socket -> socket.getChannel().configureBlocking(false),
                    "the socket's channel is in non-blocking mode");
        }
    }

    @Test
    void socketThatSpeaksTlsItselfIsRefusedAndClosed() throws Exception {
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            SSLSocketFactory factory = TlsCase.CERTIFICATE.trustingContext().getSocketFactory();
            Socket layered = factory.createSocket(sockets.near(), "localhost", 443, true);
            TransportException failure = Failures.of(() -> RawSocket.take(layered));
            Failures.assertIs(failure, Stage.OPEN, Reason.UNUSABLE_SOCKET);
            assertThat(failure).hasMessage("the socket is an SSLSocket");
            assertThat(sockets.near().isClosed()).isTrue();
        }
    }

    private static void assertRefused(SocketKind kind, Spoiling spoiling, String message) throws IOException {
        try (SocketPair sockets = kind.pair()) {
            spoiling.spoil(sockets.near());
            TransportException failure = Failures.of(() -> RawSocket.take(sockets.near()));
            Failures.assertIs(failure, Stage.OPEN, Reason.UNUSABLE_SOCKET);
            assertThat(failure).hasMessage(message);
            assertThat(sockets.near().isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void addressesAreKnownAfterClose(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair()) {
            InetSocketAddress local = new InetSocketAddress(
                    sockets.near().getLocalAddress(), sockets.near().getLocalPort());
            RawSocket raw = RawSocket.take(sockets.near());
            raw.close();
            assertThat(raw.isOpen()).isFalse();
            assertThat(raw.localAddress()).isEqualTo(local);
            assertThat(raw.remoteAddress().getPort()).isEqualTo(sockets.far().getLocalPort());
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void socketIsClosedOnce(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair()) {
            CountingSocket counting = new CountingSocket(sockets.near());
            RawSocket raw = RawSocket.take(counting);
            raw.close();
            raw.close();
            assertThat(counting.closeCount()).isEqualTo(1);
        }
    }
}
