package io.sluice.internal.transport;

import static io.sluice.internal.transport.TlsTransportTest.readNBytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.internal.ProcessPeer;
import io.sluice.testing.internal.SocketKind;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Independent peers: OpenSSL, GnuTLS and JDK sockets. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class TlsPeersTest {
    private static final String ALL = TlsTransportTest.ALL;

    @TempDir
    Path directory;

    /** Accepts one connection on a socket of the row's kind. */
    private interface Listener extends Closeable {
        int port();

        Socket accept() throws Exception;

        static Listener of(SocketKind kind) throws Exception {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (kind == SocketKind.CHANNEL) {
                ServerSocketChannel channel = ServerSocketChannel.open().bind(any);
                return new Bound(channel.socket(), () -> channel.accept().socket());
            }
            ServerSocket socket = new ServerSocket();
            socket.bind(any);
            return new Bound(socket, socket::accept);
        }
    }

    private interface Accepting {
        Socket accept() throws Exception;
    }

    private record Bound(ServerSocket socket, Accepting accepting) implements Listener {
        @Override
        public int port() {
            return socket.getLocalPort();
        }

        @Override
        public Socket accept() throws Exception {
            return accepting.accept();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void opensslClientIsServedAndSeesACleanClose(TlsCase row) throws Exception {
        try (Listener listener = Listener.of(row.socket());
                ProcessPeer openssl = ProcessPeer.start(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + listener.port(),
                        "-CAfile",
                        TlsCase.CERTIFICATE.writeCertificate(directory).toString(),
                        "-verify_return_error",
                        "-msg",
                        "-ign_eof")) {
            TlsTransport server = row.server(listener.accept());
            openssl.sendLine("hello");
            assertThat(readNBytes(server, 6)).isEqualTo("hello\n".getBytes(US_ASCII));
            server.write("world\n".getBytes(US_ASCII), 0, 6);
            openssl.awaitOutput("world");
            server.close();
            String printed = openssl.awaitEnd();
            assertThat(printed).contains("Verification: OK");
            assertThat(received(printed, "Alert")).as(printed).isEqualTo(1);
            assertThat(printed).contains("warning close_notify").doesNotContain("user_canceled");
            assertThat(openssl.exitCode()).isZero();
        }
    }

    private static long received(String printed, String what) {
        return printed.lines()
                .filter(line -> line.startsWith("<<<") && line.contains(what))
                .count();
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void gnutlsClientIsServedAndSeesACleanClose(TlsCase row) throws Exception {
        try (Listener listener = Listener.of(row.socket());
                ProcessPeer gnutls = ProcessPeer.start(
                        "gnutls-cli",
                        "--x509cafile",
                        TlsCase.CERTIFICATE.writeCertificate(directory).toString(),
                        "-p",
                        Integer.toString(listener.port()),
                        "localhost")) {
            TlsTransport server = row.server(listener.accept());
            gnutls.sendLine("hello");
            assertThat(readNBytes(server, 6)).isEqualTo("hello\n".getBytes(US_ASCII));
            server.write("world\n".getBytes(US_ASCII), 0, 6);
            gnutls.awaitOutput("world");
            server.close();
            assertThat(gnutls.awaitEnd())
                    .contains("Peer has closed the GnuTLS connection")
                    .doesNotContain("fatal")
                    .doesNotContain("prematurely");
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void jdkSocketClientIsServed(TlsCase row) throws Exception {
        try (Listener listener = Listener.of(row.socket());
                SSLSocket client = (SSLSocket) TlsCase.CERTIFICATE
                        .context()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), listener.port())) {
            TlsTransport server = row.server(listener.accept());
            Background<Void> serving = Background.start(() -> {
                byte[] b = readNBytes(server, 5);
                server.write(b, 0, b.length);
                server.close();
            });
            client.getOutputStream().write("hello".getBytes(US_ASCII));
            assertThat(client.getInputStream().readAllBytes()).isEqualTo("hello".getBytes(US_ASCII));
            serving.get();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void jdkSocketServerIsUsed(TlsCase row) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket) TlsCase.CERTIFICATE
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Background<byte[]> serving = Background.run(() -> {
                try (Socket accepted = listener.accept()) {
                    byte[] b = accepted.getInputStream().readNBytes(5);
                    accepted.getOutputStream().write(b);
                    return accepted.getInputStream().readAllBytes();
                }
            });
            Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
            TlsTransport client = row.client(socket);
            client.write("hello".getBytes(US_ASCII), 0, 5);
            assertThat(readNBytes(client, 5)).isEqualTo("hello".getBytes(US_ASCII));
            client.write("bye".getBytes(US_ASCII), 0, 3);
            client.close();
            assertThat(serving.get()).isEqualTo("bye".getBytes(US_ASCII));
        }
    }
}
