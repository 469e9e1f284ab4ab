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
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many methods of Sluice lie between a read of the application and the socket. A thread that waits keeps their frames. */
class FramesTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    /** Keeps the stack of the last read. */
    private static final class WatchedSocket extends Socket {

        private volatile List<StackWalker.StackFrame> stack = List.of();

        WatchedSocket(ServerSocket listener) throws IOException {
            super(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    stack = StackWalker.getInstance()
                            .walk(frames -> frames.skip(1).toList());
                    return in.read(bytes, offset, length);
                }
            };
        }

        /** The methods that were called by the application's read, the innermost first. */
        List<String> calls() {
            return stack.stream()
                    .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                    .takeWhile(call -> !call.startsWith(FramesTest.class.getName()))
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 5", "true, 7"})
    void readHasFewFrames(boolean tls, int most) throws Exception {
        SslContextSpecifier server = tls ? SslContextSpecifier.of(CERTIFICATE.context()) : SslContextSpecifier.plain();
        SslContextSpecifier client =
                tls ? SslContextSpecifier.of(CERTIFICATE.trustingContext()) : SslContextSpecifier.plain();
        Initarg[] name = tls ? new Initarg[] {Initarg.serverName("localhost")} : new Initarg[] {};
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                WatchedSocket socket = new WatchedSocket(listener)) {
            FutureTask<SocketStream> accepted =
                    new FutureTask<>(() -> TestStreams.open(listener.accept(), server, SslSide.SERVER));
            new Thread(accepted).start();
            try (SocketStream near = TestStreams.open(socket, client, SslSide.CLIENT, name);
                    SocketStream far = accepted.get(30, TimeUnit.SECONDS)) {
                far.output().write(new byte[2000]);

                assertThat(near.input().read(new byte[4000], 0, 4000)).isPositive();

                assertThat(socket.calls()).allMatch(call -> call.startsWith("io.sluice."));
                assertThat(socket.calls()).hasSizeBetween(1, most);
            }
        }
    }
}
