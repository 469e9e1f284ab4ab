package io.sluice.internal.transport;

import static io.sluice.internal.transport.TlsTransportTest.readNBytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plaintext transport keeps the same promises, as far as they apply. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class PlainTransportTest {
    private static final byte[] HELLO = "hello".getBytes(US_ASCII);

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void bytesGoBothWaysAndEnd(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair()) {
            PlainTransport near = new PlainTransport(RawSocket.take(sockets.near()));
            PlainTransport far = new PlainTransport(RawSocket.take(sockets.far()));
            near.handshake();
            near.write(HELLO, 0, HELLO.length);
            near.write(HELLO, 5, 0);
            near.shutdownOutput();
            near.shutdownOutput();
            assertThat(readNBytes(far, 100)).isEqualTo(HELLO);
            far.write(HELLO, 0, HELLO.length);
            assertThat(readNBytes(near, 5)).isEqualTo(HELLO);
            assertThat(near.tls()).isEmpty();
            Failures.assertIs(Failures.of(() -> near.write(HELLO, 0, 1)), Stage.WRITE, Reason.CLOSED);
            near.close();
            Failures.assertIs(Failures.of(() -> near.read(new byte[1], 0, 1)), Stage.READ, Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void readTimesOutAndResumes(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair()) {
            PlainTransport near = new PlainTransport(RawSocket.take(sockets.near()));
            near.readTimeout(Duration.ofMillis(50));
            Failures.assertIs(Failures.of(() -> near.read(new byte[1], 0, 1)), Stage.READ, Reason.TIMEOUT);
            sockets.far().getOutputStream().write(HELLO);
            assertThat(readNBytes(near, 5)).isEqualTo(HELLO);
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void readerBehindAReaderTimesOutAndIsInterrupted(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair()) {
            PlainTransport near = new PlainTransport(RawSocket.take(sockets.near()));
            Background<Integer> first = Background.run(() -> near.read(new byte[1], 0, 1));
            Stuck.awaitReader(first.thread());
            near.readTimeout(Duration.ofMillis(50));
            Failures.assertIs(Failures.of(() -> near.read(new byte[1], 0, 1)), Stage.READ, Reason.TIMEOUT);
            near.readTimeout(Duration.ofSeconds(15));
            Background<Integer> second = Background.run(() -> near.read(new byte[1], 0, 1));
            Stuck.awaitReader(second.thread());
            second.thread().interrupt();
            Failures.assertIs(second.failure(), Stage.READ, Reason.INTERRUPTED);
            assertThat(near.isOpen()).isFalse();
            Failures.assertIs(first.failure(), Stage.READ, Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void stuckWriteEndsTheConnectionAtItsTimeout(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair(8192)) {
            PlainTransport near = new PlainTransport(RawSocket.take(sockets.near()));
            near.writeTimeout(Duration.ofMillis(200));
            Background<Integer> reading = Background.run(() -> near.read(new byte[1], 0, 1));
            byte[] data = new byte[10_000_000];
            Failures.assertIs(Failures.of(() -> near.write(data, 0, data.length)), Stage.WRITE, Reason.TIMEOUT);
            assertThat(near.isOpen()).isFalse();
            Failures.assertIs(reading.failure(), Stage.READ, Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void closeFreesReaderAndWriter(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair(8192)) {
            PlainTransport near = new PlainTransport(RawSocket.take(sockets.near()));
            Background<Integer> reading = Background.run(() -> near.read(new byte[1], 0, 1));
            Background<Void> writing = TlsCloseTest.endlessWriter(near);
            Stuck.awaitWriterTo(sockets.far());
            near.close();
            Failures.assertIs(reading.failure(), Stage.READ, Reason.CLOSED);
            Failures.assertIs(writing.failure(), Stage.WRITE, Reason.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void shutdownInputEndsAWaitingRead(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair()) {
            PlainTransport near = new PlainTransport(RawSocket.take(sockets.near()));
            Background<Integer> reading = Background.run(() -> near.read(new byte[1], 0, 1));
            Stuck.awaitReader(reading.thread());
            near.shutdownInput();
            assertThat(reading.get()).isEqualTo(-1);
            assertThat(near.read(new byte[1], 0, 1)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void bytesPutBackComeFirst(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair()) {
            RawSocket raw = RawSocket.take(sockets.near());
            PlainTransport near = new PlainTransport(raw);
            sockets.far().getOutputStream().write(HELLO);
            readNBytes(near, 3);
            raw.input().unread(ByteBuffer.wrap(HELLO, 2, 1));
            raw.input().unread(ByteBuffer.wrap(HELLO, 0, 2));
            assertThat(near.available()).isGreaterThanOrEqualTo(3);
            assertThat(readNBytes(near, 5)).isEqualTo(HELLO);
        }
    }
}
