package io.sluice.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.transport.PlainTransport;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.Transport;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS that is started and ended on an open connection, and failed handshakes. Both sides are streams of Sluice. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class StartTlsTest {

    private static final SslContextSpecifier CONTEXT = SslContextSpecifier.of(
            TestAuthority.create("StartTLS CA").issue("localhost").context());

    private SocketPair sockets;
    private StreamConnection server;
    private StreamConnection client;

    private void connect(SocketKind kind, Initarg... serverInitargs) throws IOException {
        sockets = kind.pair();
        server = connection(sockets.near(), SslSide.SERVER, serverInitargs);
        client = connection(sockets.far(), SslSide.CLIENT);
    }

    private static StreamConnection connection(Socket socket, SslSide side, Initarg... initargs) throws IOException {
        RawSocket raw = RawSocket.take(socket);
        return new StreamConnection(
                new PlainTransport(raw),
                new ConnectionLabel("no TLS", raw.remoteAddress()),
                new ConnectionPlan(SslContextSpecifier.plain(), Initargs.of(initargs), side));
    }

    @AfterEach
    void close() throws IOException {
        client.abort();
        server.abort();
        sockets.close();
    }

    private static <T> FutureTask<T> aside(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "the other side");
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static boolean isWithin(Thread thread, String type) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().endsWith("." + type));
    }

    private static <T> T result(FutureTask<T> task) throws Exception {
        return task.get(30, TimeUnit.SECONDS);
    }

    static Stream<Arguments> connections() {
        return Stream.of(SocketKind.values())
                .flatMap(kind -> Stream.of("TLSv1.2", "TLSv1.3").map(protocol -> Arguments.of(kind, protocol)));
    }

    private void attachBoth(String protocol) throws Exception {
        Initarg version = Initarg.engineConfigurer(engine -> engine.setEnabledProtocols(new String[] {protocol}));
        FutureTask<Void> attached = aside(() -> {
            client.attachSsl(CONTEXT);
            return null;
        });
        server.attachSsl(CONTEXT, version);
        result(attached);
    }

    @ParameterizedTest
    @MethodSource("connections")
    void dialogueGoesIntoTlsAndOutOfItAgain(SocketKind kind, String protocol) throws Exception {
        connect(kind);
        for (int round = 0; round < 2; round++) {
            client.writer().write("STARTTLS\r\n");
            assertThat(server.reader().readLine()).isEqualTo("STARTTLS");
            server.writer().write("220 go\r\n");
            assertThat(client.reader().readLine()).isEqualTo("220 go");

            attachBoth(protocol);
            assertThat(server.tls().orElseThrow().protocol()).isEqualTo(protocol);
            client.writer().write("secret ä\r\n");
            assertThat(server.reader().readLine()).isEqualTo("secret ä");

            FutureTask<Void> detached = aside(() -> {
                client.detachSsl();
                return null;
            });
            server.detachSsl();
            result(detached);
            assertThat(server.tls()).isEmpty();
            server.writer().write("clear\r\n");
            assertThat(client.reader().readLine()).isEqualTo("clear");
            client.output().write("bytes".getBytes(UTF_8));
            assertThat(server.input().readNBytes(5)).isEqualTo("bytes".getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void commandInjectedBehindStartTlsIsNeverRead(SocketKind kind) throws Exception {
        connect(kind);
        client.output().write("STARTTLS\r\nMAIL FROM:<mallory>\r\n".getBytes(UTF_8));
        assertThat(server.reader().readLine()).isEqualTo("STARTTLS");

        assertThatThrownBy(() -> server.attachSsl(CONTEXT))
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_TLS));
        assertThat(server.isOpen()).isFalse();
        assertThatThrownBy(() -> server.reader().read()).isInstanceOf(SocketStreamException.class);
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void handshakeThatCameWithTheLastPlainLineIsTaken(SocketKind kind) throws Exception {
        connect(kind);
        FutureTask<Void> attached = aside(() -> {
            client.output().write("STARTTLS\r\n".getBytes(UTF_8));
            client.attachSsl(CONTEXT);
            return null;
        });
        assertThat(server.reader().readLine()).isEqualTo("STARTTLS");
        await("the client's hello").until(() -> server.available() > 1);
        server.attachSsl(CONTEXT);
        result(attached);
        assertThat(client.tls()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void halfReadCharacterRefusesTheAttachAndLeavesTheStream(SocketKind kind) throws Exception {
        connect(kind);
        client.output().write("😀x".getBytes(UTF_8));
        int high = server.reader().read();

        assertThatThrownBy(() -> server.attachSsl(CONTEXT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "attachSsl: only half of a character (a surrogate pair) was read. Read the other half first");
        assertThat(Character.toCodePoint((char) high, (char) server.reader().read()))
                .isEqualTo("😀".codePointAt(0));
        assertThat(server.reader().read()).isEqualTo('x');
    }

    @ParameterizedTest
    @MethodSource("connections")
    void unreadTlsBytesComeBeforeThePlainOnesBehindTheEnd(SocketKind kind, String protocol) throws Exception {
        connect(kind);
        attachBoth(protocol);
        FutureTask<Void> detached = aside(() -> {
            client.output().write("over TLS, ".getBytes(UTF_8));
            client.detachSsl();
            client.output().write("in the clear".getBytes(UTF_8));
            return null;
        });
        server.detachSsl();
        result(detached);
        assertThat(server.input().readNBytes(22)).isEqualTo("over TLS, in the clear".getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("connections")
    void waitingReadEndsWhenTlsIsTakenOff(SocketKind kind, String protocol) throws Exception {
        connect(kind);
        attachBoth(protocol);
        AtomicReference<Thread> reader = new AtomicReference<>(Thread.currentThread());
        FutureTask<Integer> read = aside(() -> {
            reader.set(Thread.currentThread());
            return server.input().read();
        });
        await().until(() -> isWithin(reader.get(), "TlsInput"));
        FutureTask<Void> detached = aside(() -> {
            client.detachSsl();
            return null;
        });
        server.detachSsl();
        result(detached);
        assertThat(result(read)).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void peerThatDoesNotEndTlsIsCutOffAtTheCloseTimeout(SocketKind kind) throws Exception {
        connect(kind, Initarg.closeTimeout(Duration.ofMillis(200)));
        attachBoth("TLSv1.3");

        SocketStreamException late = catchThrowableOfType(SocketStreamException.class, server::detachSsl);
        assertThat(late.kind()).isEqualTo(Kind.CLOSE_TIMEOUT);
        assertThat(late)
                .hasMessageContaining("close: the peer did not answer close_notify before the deadline. Check that both"
                        + " sides detach TLS at the same point, or set a longer close-timeout");
        assertThat(sockets.near().isClosed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void peerThatClosesInsteadOfEndingTlsIsTruncation(SocketKind kind) throws Exception {
        connect(kind);
        attachBoth("TLSv1.3");
        sockets.far().shutdownOutput();

        SocketStreamException cut = catchThrowableOfType(SocketStreamException.class, server::detachSsl);
        assertThat(cut.kind()).isEqualTo(Kind.TRUNCATED);
        assertThat(sockets.near().isClosed()).isTrue();
    }

    static Stream<Arguments> misuses() {
        return Stream.of(
                Arguments.of(
                        Initarg.readTimeout(Duration.ofSeconds(1)),
                        "initarg 'readTimeout' does not apply to attachSsl. Pass it when the stream is created"),
                Arguments.of(
                        Initarg.of("hello", "x"),
                        "initarg 'hello' does not apply to attachSsl. Pass it when the stream is created"),
                Arguments.of(
                        Initarg.charset(ISO_8859_1),
                        "initarg 'charset' does not apply to attachSsl. Pass it when the stream is created"));
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void initargOfTheCreationIsRefusedByName(Initarg initarg, String message) throws Exception {
        connect(SocketKind.SOCKET);
        assertThatThrownBy(() -> server.attachSsl(CONTEXT, initarg))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(server.isOpen()).isTrue();
    }

    @Test
    void attachWithAHandshakeTimeoutOfZeroHasNoLimit() throws Exception {
        connect(SocketKind.SOCKET);
        Thread[] reader = new Thread[1];
        FutureTask<Integer> reading = aside(() -> {
            reader[0] = Thread.currentThread();
            return server.input().read();
        });
        await().until(() -> reader[0] != null && isWithin(reader[0], "PlainTransport"));
        Thread[] attacher = new Thread[1];
        FutureTask<Void> attached = aside(() -> {
            attacher[0] = Thread.currentThread();
            server.attachSsl(CONTEXT, Initarg.handshakeTimeout(Duration.ZERO));
            return null;
        });
        await().until(() -> attacher[0] != null && isWithin(attacher[0], "Deadline"));
        // The attach waits for the reader, who gets its byte; then it waits for the peer.
        client.output().write('x');
        assertThat(result(reading)).isEqualTo('x');
        client.attachSsl(CONTEXT);
        result(attached);
        assertThat(server.tls()).isPresent();
    }

    @Test
    void nothingInThePlaceOfAnArgumentIsRefusedByName() throws Exception {
        connect(SocketKind.SOCKET);
        assertThatThrownBy(() -> server.attachSsl(null)).hasToString("java.lang.NullPointerException: context");
        assertThatThrownBy(() -> server.attachSsl(CONTEXT, (Initarg[]) null))
                .hasToString("java.lang.NullPointerException: initargs");
        assertThatThrownBy(() -> server.attachSsl(CONTEXT, (Initarg) null))
                .hasToString("java.lang.IllegalArgumentException: initarg 1 of 1 is null");
        assertThatThrownBy(() -> server.attachSsl(CONTEXT, Initarg.closeTimeout(Duration.ZERO)))
                .hasToString(
                        "java.lang.IllegalArgumentException: closeTimeout must be positive, but is PT0S. Omit it to"
                                + " use the default");
        assertThatThrownBy(() -> server.attachSsl(CONTEXT, Initarg.alpn("a"), Initarg.alpn("b")))
                .hasToString("java.lang.IllegalArgumentException: initarg 'alpn' was passed twice. Pass it once");
        for (Duration limit : List.of(Duration.ZERO, Duration.ofMillis(-1))) {
            assertThatThrownBy(() -> server.handshake(limit))
                    .hasToString("java.lang.IllegalArgumentException: the limit of handshake must be positive, but is "
                            + limit);
        }
        assertThatThrownBy(() -> server.handshake(null)).hasToString("java.lang.NullPointerException: limit");
        assertThat(server.isOpen()).isTrue();
    }

    /** JSSE does not say whether a context of the application has a key: only the handshake shows it. */
    @ParameterizedTest
    @EnumSource(Handshake.class)
    void contextWithoutAKeyIsToldAsThat(Handshake when) throws Exception {
        SSLContext keyless = SSLContext.getInstance("TLS");
        keyless.init(null, null, null);
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            connect(SocketKind.SOCKET);
            FutureTask<Void> attached = aside(() -> {
                client.attachSsl(
                        CONTEXT,
                        Initarg.engineConfigurer(engine -> engine.setEnabledProtocols(new String[] {protocol})));
                return null;
            });
            SocketStreamException condition = catchThrowableOfType(SocketStreamException.class, () -> {
                server.attachSsl(SslContextSpecifier.of(keyless), Initarg.handshake(when));
                server.input().read();
            });
            assertThat(condition.kind()).isEqualTo(Kind.CONTEXT_UNUSABLE);
            assertThat(condition)
                    .hasMessageContaining(": handshake: the context has no key, so it cannot be the server side (");
            assertThatThrownBy(() -> result(attached)).hasCauseInstanceOf(SocketStreamException.class);
            close();
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void attachTwiceAndDetachWithoutTlsAreRefused(SocketKind kind) throws Exception {
        connect(kind);
        server.handshake();
        assertThat(server.handshake(Duration.ofMillis(1))).as("nothing to do").isEqualTo(HandshakeOutcome.DONE);
        assertThatThrownBy(() -> server.detachSsl())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("detachSsl: TLS is not active on this connection (");
        assertThatThrownBy(() -> server.attachSsl(SslContextSpecifier.plain()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("attachSsl: ");
        attachBoth("TLSv1.3");
        assertThatThrownBy(() -> server.attachSsl(CONTEXT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("attachSsl: TLS is already active. Call detachSsl first (");
        client.output().write(7);
        assertThat(server.input().read()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void handshakeTellsTimedOutDoneAndClosedApart(SocketKind kind) throws Exception {
        connect(kind);
        server.attachSsl(CONTEXT, Initarg.handshake(Handshake.LAZY));
        assertThat(server.handshake(Duration.ofMillis(50))).isEqualTo(HandshakeOutcome.TIMED_OUT);
        assertThat(server.isOpen()).isTrue();
        assertThat(server.handshake(Duration.ofMillis(50))).isEqualTo(HandshakeOutcome.TIMED_OUT);

        FutureTask<Void> attached = aside(() -> {
            client.attachSsl(CONTEXT);
            return null;
        });
        assertThat(server.handshake(Duration.ofSeconds(20))).isEqualTo(HandshakeOutcome.DONE);
        result(attached);
        assertThat(server.handshake(Duration.ofSeconds(20))).isEqualTo(HandshakeOutcome.DONE);
        client.output().write(9);
        assertThat(server.input().read()).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void peerThatLeavesDuringTheHandshakeClosesIt(SocketKind kind) throws Exception {
        connect(kind);
        server.attachSsl(CONTEXT, Initarg.handshake(Handshake.LAZY));
        sockets.far().close();
        assertThat(server.handshake(Duration.ofSeconds(20))).isEqualTo(HandshakeOutcome.CLOSED);
        assertThat(server.isOpen()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("connections")
    void abortedOutputIsATruncationForThePeerWhoIsStillHeard(SocketKind kind, String protocol) throws Exception {
        connect(kind);
        attachBoth(protocol);
        server.output().write(1);
        server.apply(Transport::abortOutput);

        assertThat(client.input().read()).isEqualTo(1);
        SocketStreamException cut = catchThrowableOfType(
                SocketStreamException.class, () -> client.input().read());
        assertThat(cut.kind()).isEqualTo(Kind.TRUNCATED);
        client.output().write(2);
        assertThat(server.input().read()).isEqualTo(2);
        SocketStreamException refused = catchThrowableOfType(
                SocketStreamException.class, () -> server.output().write(3));
        assertThat(refused.kind()).isEqualTo(Kind.CLOSED);
    }

    @ParameterizedTest
    @MethodSource("connections")
    void shutInputGivesWhatIsHereAndAbortedInputDropsIt(SocketKind kind, String protocol) throws Exception {
        connect(kind, Initarg.charset(UTF_16BE));
        attachBoth(protocol);
        client.output().write(new byte[] {0, 'a', 0, 'b', 0, 'c', 0, 'd'});
        assertThat(server.input().readNBytes(2)).containsExactly(0, 'a');
        assertThat(server.reader().read()).isEqualTo('b');

        server.apply(Transport::shutdownInput);
        assertThat(server.reader().read()).isEqualTo('c');
        server.abortInput();
        assertThat(server.reader().read()).isEqualTo(-1);
        server.output().write(5);
        assertThat(client.input().read()).isEqualTo(5);
    }
}
