package io.sluice.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

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
import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that update their keys: the answers wait for the next write, delay nobody, and do not accumulate without limit. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class KeyUpdateTest {
    private static final byte[] HELLO = "hello".getBytes(US_ASCII);
    private static final Initarg CLOSE = Initarg.closeTimeout(Duration.ofSeconds(20));

    @BeforeAll
    static void warmUp() throws Exception {
        TlsCase.warmUp();
    }

    private static Stream<StreamCase> rows() {
        return StreamCase.tls13().filter(StreamCase::server);
    }

    private static Stream<StreamCase> jdk() {
        return rows().filter(StreamCase::jdk);
    }

    private static void rekeyAndSend(EnginePeer peer, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            peer.send(peer.newHandshake(), peer.records(HELLO));
        }
    }

    /** The buffers to the peer are full, whether a writer is active or has just ended. */
    @ParameterizedTest
    @MethodSource("rows")
    void peerThatRekeysAndDoesNotReadForAWhileLosesNothing(StreamCase row) throws Exception {
        int times = 2_000;
        int size = 1_000_000;
        try (SocketPair sockets = row.tls().socket().pair(8192);
                Open open = row.open(sockets, CLOSE)) {
            Background<Void> writing =
                    Background.start(() -> open.ours().output().write(new byte[size]));
            Stuck.awaitWriterTo(sockets.far());
            Background<byte[]> reading =
                    Background.run(() -> open.ours().input().readNBytes(times * HELLO.length));
            rekeyAndSend(open.peer(), times);
            assertThat(reading.get()).hasSize(times * HELLO.length);
            assertThat(writing.done()).isFalse();

            Background<Void> closing = Background.start(() -> {
                writing.get();
                open.ours().close();
            });
            assertThat(StreamCase.endOf(open.peer())).isEqualTo(new End(size, StreamCase.CLOSE_NOTIFY));
            closing.get();
        }
    }

    /** Without a writer, pending answers must not delay the reader either. */
    @ParameterizedTest
    @MethodSource("rows")
    void answersBehindFullBuffersHoldUpNoReader(StreamCase row) throws Exception {
        int times = 500;
        try (SocketPair sockets = row.tls().socket().pair(8192);
                Open open = row.open(sockets, Initarg.closeTimeout(Duration.ofMillis(200)))) {
            Background<Void> filling = Background.start(() -> {
                while (true) {
                    sockets.near().getOutputStream().write(new byte[1 << 16]);
                }
            });
            Stuck.awaitWriterTo(sockets.far());
            Background<byte[]> reading =
                    Background.run(() -> open.ours().input().readNBytes(times * HELLO.length));
            rekeyAndSend(open.peer(), times);
            assertThat(reading.get()).hasSize(times * HELLO.length);
            assertThat(open.ours().isOpen()).isTrue();
            open.ours().close();
            await().until(() -> keyUpdateThreads() == 0);
            sockets.near().close();
            await().until(filling::done);
        }
    }

    private static long keyUpdateThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sluice-key-update"))
                .count();
    }

    /** BoringSSL's engine sends one answer, however many were requested. The JDK's engine sends one for each request. */
    @ParameterizedTest
    @MethodSource("jdk")
    void applicationThatNeverWritesAnswersAllTheSame(StreamCase row) throws Exception {
        int times = 3_000;
        try (SocketPair sockets = row.tls().socket().pair();
                Open open = row.open(sockets, CLOSE)) {
            Background<byte[]> reading =
                    Background.run(() -> open.ours().input().readNBytes(times * HELLO.length));
            AtomicInteger answers = new AtomicInteger();
            Background<Void> answering = Background.start(() -> {
                while (answers.get() < times - 100) {
                    open.peer().unwrap(open.peer().record());
                    answers.incrementAndGet();
                }
            });
            rekeyAndSend(open.peer(), times);
            assertThat(reading.get()).hasSize(times * HELLO.length);
            answering.get();
            await().until(() -> keyUpdateThreads() == 0);

            Background<Void> closing = Background.start(open.ours()::close);
            assertThat(StreamCase.endOf(open.peer())).isEqualTo(new End(0, StreamCase.CLOSE_NOTIFY));
            closing.get();
        }
    }

    @ParameterizedTest
    @MethodSource("jdk")
    void peerThatAsksAndNeverReadsIsRefusedInTheEnd(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair(8192);
                Open open = row.open(sockets, Initarg.closeTimeout(Duration.ofMillis(200)))) {
            Background<IOException> writing = Background.run(() -> catchThrowableOfType(
                    IOException.class, () -> open.ours().output().write(new byte[10_000_000])));
            Stuck.awaitWriterTo(sockets.far());
            Background<Void> asking = Background.start(() -> rekeyAndSend(open.peer(), 40_000));
            SocketStreamException refused = catchThrowableOfType(SocketStreamException.class, () -> {
                while (open.ours().input().read() >= 0) {
                    // Until the limit is exceeded.
                }
            });
            assertThat(refused.kind()).isEqualTo(Kind.PROTOCOL_VIOLATION);
            assertThat(refused).hasMessageContaining("keeps requesting new keys and does not read the responses");
            assertThat(writing.get()).isNotNull();
            sockets.far().close();
            await().until(asking::done);
        }
    }

    @Test
    void serverMaySendAnyNumberOfTickets(@TempDir Path directory) throws Exception {
        try (ProcessPeer server = ProcessPeer.start(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-num_tickets",
                "200",
                "-tls1_3",
                "-cert",
                TlsCase.CERTIFICATE.writeCertificate(directory).toString(),
                "-key",
                TlsCase.CERTIFICATE.writeKey(directory).toString())) {
            server.awaitOutput("ACCEPT 127.0.0.1:");
            Matcher port = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:(\\d+)").matcher(server.output());
            assertThat(port.find()).isTrue();
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3"});
            SslContextSpecifier context = SslContextSpecifier.of(TlsCase.CERTIFICATE.trustingContext(), parameters);
            Socket socket = new Socket("127.0.0.1", Integer.parseInt(port.group(1)));
            try (SocketStream client = TestStreams.open(socket, context, SslSide.CLIENT)) {
                client.output().write("ping\n".getBytes(US_ASCII));
                server.awaitOutput("ping");
                server.sendLine("pong");
                assertThat(client.reader().readLine()).isEqualTo("pong");
            }
        }
    }
}
