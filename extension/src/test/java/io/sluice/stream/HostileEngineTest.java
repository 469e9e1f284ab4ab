package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.HostileEngine.Wrong;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.SocketKind;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A provider's engine that makes no progress ends the connection, and never occupies a core. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class HostileEngineTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Hostile CA");
    private static final TestChain CHAIN = AUTHORITY.issue("localhost");

    private static HostileEngine server(Wrong wrong) throws Exception {
        return new HostileEngine(
                HandshakeSide.showing(CHAIN).speaking("TLSv1.3").jdkEngine(false, AUTHORITY), wrong);
    }

    private static <T> FutureTask<T> aside(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "the other side");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void handshakeWithoutProgressEnds(Wrong wrong) throws Exception {
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            sockets.far().getOutputStream().write(RawHandshake.clientHello());
            sockets.far().shutdownOutput();
            SocketStreamException failure = catchThrowableOfType(
                    SocketStreamException.class,
                    () -> TestStreams.open(
                            sockets.near(),
                            SslContextSpecifier.of(server(wrong)),
                            SslSide.SERVER,
                            Initarg.handshakeTimeout(Duration.ofSeconds(1))));
            assertThat(failure).as("a condition").isNotNull();
            assertThat(failure.kind()).isEqualTo(wrong == Wrong.TASK_WITHOUT_END ? Kind.HANDSHAKE_TIMEOUT : Kind.TLS);
            assertThat(sockets.near().isClosed()).isTrue();
        }
    }

    @Test
    void closeEndsAHandshakeThatAlwaysHasAnotherTask() throws Exception {
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            HostileEngine engine = server(Wrong.TASK_WITHOUT_END);
            SocketStream stream = TestStreams.open(
                    sockets.near(),
                    SslContextSpecifier.of(engine),
                    SslSide.SERVER,
                    Initarg.handshake(Handshake.LAZY),
                    Initarg.handshakeTimeout(Duration.ofMinutes(10)));
            FutureTask<SocketStreamException> failure =
                    aside(() -> catchThrowableOfType(SocketStreamException.class, stream::handshake));
            await().until(() -> engine.tasksRun() > 1_000);
            stream.close();
            assertThat(failure.get(10, TimeUnit.SECONDS).kind()).isEqualTo(Kind.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void readWithoutProgressEnds(Wrong wrong) throws Exception {
        established((stream, engine, client) -> {
            engine.goWrong(wrong);
            client.output().write(1);
            SocketStreamException failure = catchThrowableOfType(
                    SocketStreamException.class, () -> stream.input().read());
            assertThat(failure.kind()).isEqualTo(Kind.TLS);
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void writeWithoutProgressEnds(Wrong wrong) throws Exception {
        established((stream, engine, client) -> {
            engine.goWrong(wrong);
            SocketStreamException failure = catchThrowableOfType(
                    SocketStreamException.class, () -> stream.output().write(1));
            assertThat(failure.kind()).isEqualTo(Kind.TLS);
        });
    }

    private interface Exchange {
        void run(SocketStream stream, HostileEngine engine, SocketStream client) throws Exception;
    }

    private static void established(Exchange exchange) throws Exception {
        HostileEngine engine = server(Wrong.NONE);
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            FutureTask<SocketStream> connecting = aside(() -> TestStreams.open(
                    sockets.far(),
                    SslContextSpecifier.of(
                            HandshakeSide.showing(null).speaking("TLSv1.3").jdkEngine(true, AUTHORITY)),
                    SslSide.CLIENT));
            try (SocketStream stream =
                            TestStreams.open(sockets.near(), SslContextSpecifier.of(engine), SslSide.SERVER);
                    SocketStream client = connecting.get(30, TimeUnit.SECONDS)) {
                exchange.run(stream, engine, client);
            }
        }
    }
}
