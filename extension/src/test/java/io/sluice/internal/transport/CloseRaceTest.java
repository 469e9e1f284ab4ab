package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.EngineKind.Role;
import io.sluice.internal.transport.StreamCase.End;
import io.sluice.stream.HostileEngine;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.TestStreams;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A record arrives while the output is being closed: the reader's answer includes close_notify. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class CloseRaceTest {

    enum Closing {
        CLOSE {
            @Override
            void close(SocketStream stream) {
                stream.close();
            }
        },
        SHUTDOWN_OUTPUT {
            @Override
            void close(SocketStream stream) throws IOException {
                stream.shutdownOutput();
            }
        };

        abstract void close(SocketStream stream) throws IOException;
    }

    /** Whether a reader is about to wrap what the engine has to send, which is then close_notify. */
    private static boolean wraps(Thread reader) {
        return Stream.of(reader.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("wrapResponses"));
    }

    @ParameterizedTest
    @EnumSource
    void closeNotifyIsSentAlthoughTheReaderWrapsToo(Closing closing) throws Exception {
        TlsCase row = new TlsCase(EngineKind.JDK, TlsCase.TLS_1_3, SocketKind.SOCKET);
        AtomicReference<Background.Work> whenClosing = new AtomicReference<>(() -> {});
        HostileEngine engine = HostileEngine.closing(
                EngineKind.JDK.engine(TlsCase.CERTIFICATE, row.protocol(), Role.SERVER),
                () -> whenClosing.get().run());
        try (SocketPair sockets = row.socket().pair();
                EnginePeer peer = row.clientPeer(sockets.far())) {
            Background<SocketStream> opening = Background.run(() -> TestStreams.open(
                    sockets.near(),
                    SslContextSpecifier.of(engine),
                    SslSide.SERVER,
                    Initarg.closeTimeout(Duration.ofSeconds(20))));
            peer.handshake();
            SocketStream ours = opening.get();
            Background<Integer> reading = Background.run(() -> ours.input().read());
            Stuck.awaitReader(reading.thread());
            whenClosing.set(() -> {
                peer.sendData(new byte[] {'x'});
                await().until(() -> wraps(reading.thread()));
            });
            Background<Void> ending = Background.start(() -> closing.close(ours));
            assertThat(StreamCase.endOf(peer)).isEqualTo(new End(0, StreamCase.CLOSE_NOTIFY));
            assertThat(reading.get()).isEqualTo('x');
            sockets.far().close();
            ending.get();
        }
    }
}
