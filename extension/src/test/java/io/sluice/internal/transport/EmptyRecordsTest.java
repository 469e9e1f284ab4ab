package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.context.SslSide;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TestStreams;
import io.sluice.testing.SocketPair;
import java.net.SocketException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encrypted records without content, which are allowed (RFC 8446, 5.4), but cost their sender nothing. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class EmptyRecordsTest {

    private static Stream<StreamCase> rows() {
        return StreamCase.servers().filter(row -> !isRefusedByEngine(row));
    }

    private static Stream<StreamCase> refusing() {
        return StreamCase.servers().filter(EmptyRecordsTest::isRefusedByEngine);
    }

    /** The JDK's engine mistakes the content type of an empty TLS 1.3 record for padding. */
    private static boolean isRefusedByEngine(StreamCase row) {
        return row.jdk() && row.tls().is13();
    }

    private interface Test {
        void run(SocketStream ours, EmptyRecordPeer peer) throws Exception;
    }

    private static void connected(StreamCase row, Test test) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair()) {
            Background<SocketStream> opening = Background.run(() -> TestStreams.open(
                    sockets.near(), row.context(), SslSide.SERVER, Initarg.closeTimeout(Duration.ofSeconds(2))));
            EmptyRecordPeer peer =
                    new EmptyRecordPeer(sockets.far()).handshake(row.tls().protocol());
            try (SocketStream ours = opening.get()) {
                test.run(ours, peer);
                sockets.far().close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void fewAreReadOver(StreamCase row) throws Exception {
        connected(row, (ours, peer) -> {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 30; j++) {
                    peer.sendEmptyRecord();
                }
                peer.send(new byte[] {'x'});
                assertThat(ours.input().read()).isEqualTo('x');
            }
        });
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void engineRefusesTheFirst(StreamCase row) throws Exception {
        connected(row, (ours, peer) -> {
            Background<SocketStreamException> reading = Background.run(() -> catchThrowableOfType(
                    SocketStreamException.class, () -> ours.input().read()));
            peer.sendEmptyRecord();
            assertThat(peer.end()).isEqualTo("alert 20");
            assertThat(reading.get().kind()).isEqualTo(Kind.TLS);
        });
    }

    /** The alert is unexpected_message, whether the engine or Sluice notices first. */
    @ParameterizedTest
    @MethodSource("rows")
    void floodIsAViolation(StreamCase row) throws Exception {
        connected(row, (ours, peer) -> {
            Background<SocketStreamException> reading = Background.run(() -> catchThrowableOfType(
                    SocketStreamException.class, () -> ours.input().read()));
            Background<Void> flood = Background.start(() -> {
                try {
                    for (int i = 0; i < 40; i++) {
                        peer.sendEmptyRecord();
                    }
                } catch (SocketException e) {
                    // The other side has already closed.
                }
            });
            flood.get();
            assertThat(peer.end()).isEqualTo("alert 10");
            assertThat(reading.get().kind()).isIn(Kind.PROTOCOL_VIOLATION, Kind.TLS);
            assertThat(ours.isOpen()).isFalse();
        });
    }
}
