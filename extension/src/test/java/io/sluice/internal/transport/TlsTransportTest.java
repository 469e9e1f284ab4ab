package io.sluice.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.TransportException;
import io.sluice.testing.SocketPair;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Data arrives unchanged with every engine, version and kind of socket. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class TlsTransportTest {
    static final String ALL = "io.sluice.internal.transport.TlsCase#all";

    @ParameterizedTest
    @MethodSource(ALL)
    void bytesGoBothWaysAndEndClean(TlsCase row) throws Exception {
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server = row.server(sockets.near());
            TlsTransport client = row.client(sockets.far());
            Background<String> echo = Background.run(() -> {
                byte[] b = new byte[100];
                int n = server.read(b, 0, b.length);
                server.write(b, 0, n);
                assertThat(server.read(b, 0, b.length)).isEqualTo(-1);
                server.close();
                return server.tls().orElseThrow().protocol();
            });
            client.write("hello".getBytes(US_ASCII), 0, 5);
            assertThat(readNBytes(client, 5)).isEqualTo("hello".getBytes(US_ASCII));
            client.shutdownOutput();
            assertThat(echo.get()).isEqualTo(row.protocol());
            assertThat(client.read(new byte[1], 0, 1)).isEqualTo(-1);
            client.close();
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void megabytesGoBothWaysAtOnce(TlsCase row) throws Exception {
        byte[] data = new byte[3_000_000];
        new Random(1).nextBytes(data);
        try (SocketPair sockets = row.socket().pair()) {
            TlsTransport server = row.server(sockets.near());
            TlsTransport client = row.client(sockets.far());
            Background<byte[]> up = Background.run(() -> readNBytes(server, data.length));
            Background<byte[]> down = Background.run(() -> readNBytes(client, data.length));
            Background<Void> serverWrites = Background.start(() -> writeInPieces(server, data, 17_001));
            writeInPieces(client, data, 65_536);
            serverWrites.get();
            assertThat(up.get()).isEqualTo(data);
            assertThat(down.get()).isEqualTo(data);
            client.close();
            server.close();
        }
    }

    static void writeInPieces(Transport transport, byte[] data, int piece) throws TransportException {
        for (int off = 0; off < data.length; off += piece) {
            transport.write(data, off, Math.min(piece, data.length - off));
        }
    }

    static byte[] readNBytes(Transport transport, int length) throws TransportException {
        byte[] b = new byte[length];
        int off = 0;
        while (off < length) {
            int n = transport.read(b, off, length - off);
            if (n < 0) {
                return Arrays.copyOf(b, off);
            }
            off += n;
        }
        return b;
    }
}
