package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.transport.StreamCase.End;
import io.sluice.internal.transport.StreamCase.Open;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TestStreams;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A peer that sees an orderly end has received everything that was written. Any other peer sees that the stream is
 * incomplete.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class StreamEndTest {
    private static final String SERVERS = "io.sluice.internal.transport.StreamCase#servers";
    private static final int LARGE = 4_000_000;
    private static final Initarg PATIENT = Initarg.closeTimeout(Duration.ofSeconds(30));
    private static final Initarg HASTY = Initarg.closeTimeout(Duration.ofMillis(300));

    @BeforeAll
    static void warmUp() throws Exception {
        TlsCase.warmUp();
    }

    private static Background<IOException> writing(SocketStream stream, int bytes, int piece) {
        return Background.run(() -> catchThrowableOfType(IOException.class, () -> {
            OutputStream out = stream.output();
            for (int sent = 0; sent < bytes; sent += piece) {
                out.write(new byte[Math.min(piece, bytes - sent)]);
            }
        }));
    }

    @ParameterizedTest
    @MethodSource(SERVERS)
    void closeWaitsForTheWriteInProgress(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair(8192);
                Open open = row.open(sockets, PATIENT)) {
            Background<IOException> writing = writing(open.ours(), LARGE, LARGE);
            Stuck.awaitWriterTo(sockets.far());
            Background<Void> closing = Background.start(open.ours()::close);
            assertThat(StreamCase.endOf(open.peer())).isEqualTo(new End(LARGE, StreamCase.CLOSE_NOTIFY));
            closing.get();
            assertThat(writing.get()).isNull();
        }
    }

    /** A slow peer reads one record after another, so that the writer is slow, not stuck, when its time is over. */
    @ParameterizedTest
    @MethodSource(SERVERS)
    void writeThatIsCutIsFollowedByNoCloseNotify(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair(8192);
                Open open = row.open(sockets, HASTY)) {
            Background<IOException> writing = writing(open.ours(), LARGE, LARGE);
            Stuck.awaitWriterTo(sockets.far());
            Background<Void> closing = Background.start(open.ours()::close);
            assertThat(StreamCase.endOf(open.peer(), 15).how()).isNotEqualTo(StreamCase.CLOSE_NOTIFY);
            closing.get();
            assertThat(writing.get()).isNotNull();
        }
    }

    /** The write for which close waits is only a part. */
    @ParameterizedTest
    @MethodSource(SERVERS)
    void writerInPiecesIsCutToo(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair(8192);
                Open open = row.open(sockets, PATIENT)) {
            Background<IOException> writing = writing(open.ours(), LARGE, 40_000);
            Stuck.awaitWriterTo(sockets.far());
            Background<Void> closing = Background.start(open.ours()::close);
            Stuck.awaitWaiter(closing.thread());
            End end = StreamCase.endOf(open.peer());
            assertThat(end.how()).isNotEqualTo(StreamCase.CLOSE_NOTIFY);
            assertThat(end.data()).isLessThan(LARGE);
            closing.get();
            assertThat(writing.get())
                    .isInstanceOfSatisfying(
                            SocketStreamException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
        }
    }

    @ParameterizedTest
    @MethodSource(SERVERS)
    void writeThatTimedOutIsFollowedByNoCloseNotify(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair(8192);
                Open open = row.open(sockets, HASTY, Initarg.writeTimeout(Duration.ofMillis(200)))) {
            try (SocketStream ours = open.ours()) {
                assertThat(writing(ours, LARGE, LARGE).get()).isNotNull();
            }
            assertThat(StreamCase.endOf(open.peer()).how()).isNotEqualTo(StreamCase.CLOSE_NOTIFY);
        }
    }

    /** What was written still arrives, even if bytes of the peer are unread. */
    @ParameterizedTest
    @MethodSource(SERVERS)
    void abortIsATruncationAndNoReset(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair();
                Open open = row.open(sockets, PATIENT)) {
            open.peer().sendData(new byte[3_000]);
            assertThat(open.ours().input().read()).isZero();
            open.ours().output().write(new byte[20_000]);
            Background<Void> aborting = Background.start(open.ours()::abort);
            assertThat(StreamCase.endOf(open.peer())).isEqualTo(new End(20_000, StreamCase.FIN));
            sockets.far().close();
            aborting.get();
            open.ours().abort();
            open.ours().close();
            assertThat(open.ours().isOpen()).isFalse();
        }
    }

    /** The number of bytes to the end of a TCP stream, and whether it ended with a reset. */
    private static End endOf(InputStream in) throws IOException {
        byte[] b = new byte[8192];
        int data = 0;
        try {
            for (int n = in.read(b); n >= 0; n = in.read(b)) {
                data += n;
            }
            return new End(data, StreamCase.FIN);
        } catch (SocketException e) {
            return new End(data, StreamCase.RESET);
        }
    }

    private static SocketStream plain(SocketPair sockets, Initarg... initargs) throws IOException {
        return TestStreams.open(sockets.near(), SslContextSpecifier.plain(), SslSide.SERVER, initargs);
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void plainCloseWaitsForTheWriteInProgress(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair(8192);
                SocketStream stream = plain(sockets, PATIENT)) {
            Background<IOException> writing = writing(stream, LARGE, LARGE);
            Stuck.awaitWriterTo(sockets.far());
            Background<Void> closing = Background.start(stream::close);
            assertThat(endOf(sockets.far().getInputStream())).isEqualTo(new End(LARGE, StreamCase.FIN));
            closing.get();
            assertThat(writing.get()).isNull();
        }
    }

    /** Without TLS, only a reset tells a peer that bytes are missing. */
    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void plainWriteThatIsCutEndsInAReset(SocketKind kind) throws Exception {
        for (Initarg limit : new Initarg[] {HASTY, Initarg.writeTimeout(Duration.ofMillis(200))}) {
            try (SocketPair sockets = kind.pair(8192);
                    SocketStream stream = plain(sockets, limit)) {
                Background<IOException> writing = writing(stream, LARGE, LARGE);
                Stuck.awaitWriterTo(sockets.far());
                stream.output().close();
                assertThat(writing.get()).isNotNull();
                assertThat(endOf(sockets.far().getInputStream()).how()).isEqualTo(StreamCase.RESET);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void plainAbortDeliversWhatWasWritten(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair();
                SocketStream stream = plain(sockets)) {
            stream.output().write(new byte[20_000]);
            stream.abort();
            assertThat(endOf(sockets.far().getInputStream())).isEqualTo(new End(20_000, StreamCase.FIN));
        }
    }
}
