package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.testing.TestCertificate;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** {@code available()} relies on an estimate of the system. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ArrivedBytesTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    /** Announces bytes that cannot be read yet. */
    private static final class HastySocket extends Socket {
        private volatile boolean hasty;

        HastySocket(int port) throws IOException {
            super(InetAddress.getLoopbackAddress(), port);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int available() throws IOException {
                    return hasty ? 1 : super.available();
                }
            };
        }
    }

    @Test
    void bytesThatWereAnnouncedTooEarlyAreNoReadTimeout() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                HastySocket socket = new HastySocket(listener.getLocalPort())) {
            SslContextSpecifier context = SslContextSpecifier.of(CERTIFICATE.context());
            FutureTask<SocketStream> opening =
                    new FutureTask<>(() -> TestStreams.open(listener.accept(), context, SslSide.SERVER));
            new Thread(opening).start();
            try (SocketStream client = TestStreams.open(
                            socket, SslContextSpecifier.of(CERTIFICATE.trustingContext()), SslSide.CLIENT);
                    SocketStream server = opening.get()) {
                server.output().write('a'); // After the tickets.
                assertThat(client.input().read()).isEqualTo('a');
                socket.hasty = true;
                assertThat(client.input().available()).isZero();
                socket.hasty = false;
                server.output().write('b');
                assertThat(client.input().read()).isEqualTo('b');
            }
        }
    }
}
