package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.cdi.endpoint.StreamHandler;
import io.sluice.internal.transport.StreamCase.End;
import io.sluice.server.AcceptingServer;
import io.sluice.server.ServerSettings;
import io.sluice.server.SocketServer;
import io.sluice.server.StreamFunction;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TestStreams;
import io.sluice.testing.internal.SocketKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a server's connection for the client, for each way in which its handler ends. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class HandlerEndTest {
    private static final int HALF = 20_000;

    private static Stream<StreamCase> rows() {
        return StreamCase.servers().filter(row -> row.tls().socket() == SocketKind.SOCKET);
    }

    private static SocketServer serve(StreamCase row, Duration drain, StreamFunction<SocketStream> function)
            throws IOException {
        return AcceptingServer.start(
                ServerSettings.named("test").drainTimeout(drain).build(),
                new StreamHandler<>(
                        TestStreams.creator(row.context(), row.side()),
                        SocketStream.class,
                        function,
                        List.of(Initarg.closeTimeout(Duration.ofSeconds(1)))),
                failed -> {});
    }

    private static EnginePeer client(StreamCase row, SocketServer server) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8192);
        socket.connect(server.address());
        socket.setSoTimeout(20_000);
        return row.tls().clientPeer(socket).handshake();
    }

    private static void readNothing(SocketStream stream) throws IOException {
        stream.readTimeout(Duration.ofMillis(50));
        stream.input().read();
    }

    private static StreamFunction<SocketStream> named(String ending) {
        return (stream, connection) -> {
            stream.output().write(new byte[HALF]);
            switch (ending) {
                case "returns" -> {}
                case "read timeout" -> readNothing(stream);
                case "read timeout of its lines" -> {
                    try {
                        readNothing(stream);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                case "read timeout behind another failure" -> {
                    try {
                        readNothing(stream);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
                case "read timeout of another stream" ->
                    throw new SocketStreamException(Kind.READ_TIMEOUT, "for the test");
                case "unchecked" -> throw new IllegalStateException("for the test");
                case "end of file" -> throw new EOFException();
                case "error" -> throw new AssertionError("for the test");
                default -> throw new IllegalArgumentException(ending);
            }
        };
    }

    static Stream<Arguments> endings() {
        return rows().flatMap(row -> Stream.of(
                Arguments.of(row, "returns", StreamCase.CLOSE_NOTIFY),
                Arguments.of(row, "read timeout", StreamCase.CLOSE_NOTIFY),
                Arguments.of(row, "read timeout of its lines", StreamCase.CLOSE_NOTIFY),
                Arguments.of(row, "read timeout behind another failure", StreamCase.FIN),
                Arguments.of(row, "read timeout of another stream", StreamCase.FIN),
                Arguments.of(row, "unchecked", StreamCase.FIN),
                Arguments.of(row, "end of file", StreamCase.FIN),
                Arguments.of(row, "error", StreamCase.FIN)));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void handlerEnds(StreamCase row, String ending, String how) throws Exception {
        SocketServer server = serve(row, Duration.ofSeconds(5), named(ending));
        try (EnginePeer client = client(row, server)) {
            assertThat(StreamCase.endOf(client)).isEqualTo(new End(HALF, how));
        } finally {
            server.terminate();
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void clientThatHangsUpGetsAnOrderlyEnd(StreamCase row) throws Exception {
        SocketServer server = serve(
                row,
                Duration.ofSeconds(5),
                (stream, connection) -> stream.input().read());
        try (EnginePeer client = client(row, server)) {
            client.socket().shutdownOutput();
            assertThat(StreamCase.endOf(client).how()).isEqualTo(StreamCase.CLOSE_NOTIFY);
        } finally {
            server.terminate();
        }
    }

    static Stream<Arguments> answers() {
        return rows().flatMap(row -> Stream.of(Arguments.of(row, 16 << 20), Arguments.of(row, 64 << 10)));
    }

    /** The client reads a record now and then, and the server stops in the middle of the answer. */
    @ParameterizedTest
    @MethodSource("answers")
    void stoppedServerCutsAnAnswerVisibly(StreamCase row, int piece) throws Exception {
        SocketServer server = serve(row, Duration.ofMillis(300), (stream, connection) -> {
            for (int sent = 0; sent < 16 << 20; sent += piece) {
                stream.output().write(new byte[piece]);
            }
        });
        try (EnginePeer client = client(row, server)) {
            client.read(100);
            Background<Boolean> stopping = Background.run(server::terminate);
            assertThat(StreamCase.endOf(client, 10).how()).isNotEqualTo(StreamCase.CLOSE_NOTIFY);
            assertThat(stopping.get()).isTrue();
            assertThat(server.awaitEnd(Duration.ofSeconds(20))).isTrue();
        } finally {
            server.terminate();
        }
    }
}
