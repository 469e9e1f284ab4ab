package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.CountedPair;
import io.sluice.it.support.FaultyStreams;
import io.sluice.it.support.FaultyStreams.Discovered;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.stream.AddressPreference;
import io.sluice.stream.Direction;
import io.sluice.stream.Handshake;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.testing.internal.SocketKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invalid arguments are reported before any byte is exchanged. A creator has then closed the socket, and a connector has not
 * connected.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadArgumentTest {

    private static final String IN = FaultyStreams.class.getName() + "$";

    @AutoClose
    private final Application application = Application.configured()
            .beans(Contexts.class)
            .beans(FaultyStreams.BEANS)
            .start();

    /** An argument that both sides reject with the same message. */
    private record Row(String name, Class<? extends SocketStream> type, Initarg[] initargs, String thrown) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Row type(String name, Class<? extends SocketStream> type, String defect) {
        return new Row(
                name,
                type,
                new Initarg[0],
                IllegalArgumentException.class.getName() + ": stream class " + (type == null ? null : type.getName())
                        + ": " + defect);
    }

    private static Row initargs(String name, String thrown, Initarg... initargs) {
        return new Row(name, Discovered.class, initargs, thrown);
    }

    private static String illegal(String message) {
        return IllegalArgumentException.class.getName() + ": " + message;
    }

    static Stream<Row> rows() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                new Row("null class", null, new Initarg[0], NullPointerException.class.getName() + ": streamClass"),
                type("another class", FaultyStreams.unchecked(String.class), "it does not extend SocketStream"),
                type(
                        "interface",
                        FaultyStreams.unchecked(FaultyStreams.NoClass.class),
                        "it does not extend SocketStream"),
                type("abstract class", FaultyStreams.Abstract.class, "it is abstract. Use a concrete subclass"),
                type("private class", FaultyStreams.privateClass(), "it is private. Make it at least package-private"),
                type(
                        "inner class",
                        FaultyStreams.Inner.class,
                        "it is an inner class. Make it static or a top-level class"),
                type(
                        "normal scope",
                        FaultyStreams.NormalScoped.class,
                        "it is @ApplicationScoped: a stream belongs to its creator, so its scope must be"
                                + " @Dependent"),
                type(
                        "final class with an interceptor",
                        FaultyStreams.FinalIntercepted.class,
                        "it is final, but its interceptors need a subclass: make it non-final"),
                type(
                        "no constructor",
                        FaultyStreams.NotMakeable.class,
                        "it has neither an @Inject constructor nor a non-private one without parameters"),
                initargs("null initarg", illegal("initarg 2 of 2 is null"), Initarg.readTimeout(second), null),
                initargs(
                        "initarg twice",
                        illegal("initarg 'alpn' was passed twice. Pass it once"),
                        Initarg.alpn("a"),
                        Initarg.alpn("a")),
                initargs(
                        "own initarg twice",
                        illegal("initarg 'user' was passed twice. Pass it once"),
                        Initarg.of("user", "a"),
                        Initarg.of("user", "b")),
                initargs(
                        "initarg that nothing takes",
                        illegal(
                                IN
                                        + "Discovered: no @Assisted injection point takes initarg 'user': the class has no such points"),
                        Initarg.of("user", "a")),
                initargs(
                        "library's initarg by its name",
                        illegal("'readTimeout' is reserved: use Initarg.readTimeout(…)"),
                        Initarg.of("readTimeout", second)),
                initargs("null value of an own", nothing("the value of initarg 'user'"), Initarg.of("user", null)),
                initargs("null context", nothing("initarg 'sslContext'"), Initarg.sslContext(null)),
                initargs("null server name", nothing("initarg 'serverName'"), Initarg.serverName(null)),
                initargs("blank server name", illegal("serverName must not be blank"), Initarg.serverName(" ")),
                initargs("no protocol", illegal("alpn needs at least one protocol name"), Initarg.alpn()));
    }

    private static String nothing(String name) {
        return NullPointerException.class.getName() + ": " + name + " is null. Pass a value, or omit the initarg";
    }

    /** The initargs that both sides accept. */
    static Stream<Row> timeouts() {
        return Stream.<Function<Duration, Initarg>>of(
                        Initarg::readTimeout, Initarg::writeTimeout, Initarg::handshakeTimeout, Initarg::closeTimeout)
                .flatMap(timeout -> {
                    String name = timeout.apply(Duration.ofSeconds(1)).name();
                    Stream<Row> everywhere = Stream.of(
                            initargs("null " + name, nothing("initarg '" + name + "'"), timeout.apply(null)),
                            limit(timeout, name, Duration.ofMillis(-1)));
                    return name.equals("closeTimeout")
                            ? Stream.concat(everywhere, Stream.of(limit(timeout, name, Duration.ZERO)))
                            : everywhere;
                });
    }

    private static Row limit(Function<Duration, Initarg> timeout, String name, Duration bad) {
        String rule = name.equals("closeTimeout") ? " must be positive, but is " : " must not be negative, but is ";
        return initargs(
                name + " of " + bad, illegal(name + rule + bad + ". Omit it to use the default"), timeout.apply(bad));
    }

    /** Each of the library's initargs that both sides accept, given twice. */
    static Stream<Row> twice() {
        return Stream.of(
                        Initarg.sslContext(SslContextSpecifier.defaults()),
                        Initarg.sslSide(SslSide.BOTH),
                        Initarg.serverName("localhost"),
                        Initarg.alpn("a"),
                        Initarg.readTimeout(Duration.ofSeconds(1)),
                        Initarg.writeTimeout(Duration.ofSeconds(1)),
                        Initarg.handshakeTimeout(Duration.ofSeconds(1)),
                        Initarg.closeTimeout(Duration.ofSeconds(1)),
                        Initarg.handshake(Handshake.LAZY),
                        Initarg.direction(Direction.INPUT),
                        Initarg.charset(StandardCharsets.UTF_8),
                        Initarg.contextConfigurer(context -> {}),
                        Initarg.engineConfigurer(engine -> {}),
                        Initarg.errorp(true))
                .map(initarg -> initargs(
                        initarg.name() + " twice",
                        illegal("initarg '" + initarg.name() + "' was passed twice. Pass it once"),
                        initarg,
                        initarg));
    }

    static Stream<Arguments> rowsAndWays() {
        return Stream.of(rows(), timeouts(), twice())
                .flatMap(Function.identity())
                .flatMap(row -> Arrays.stream(Protocol.values()).map(way -> Arguments.of(row, way)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rowsAndWays")
    void createRefusesAndClosesTheSocket(Row row, Protocol way) throws Exception {
        for (SocketKind kind : SocketKind.values()) {
            try (CountedPair pair = CountedPair.of(kind)) {
                Throwable thrown = catchThrowable(() ->
                        application.get(Contexts.class).creator(way).create(pair.near(), row.type(), row.initargs()));

                assertThat(thrown).hasToString(row.thrown());
                pair.assertClosedOnce();
                assertThat(pair.far().getInputStream().read()).as("bytes sent").isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rowsAndWays")
    void openRefusesAndDoesNotConnect(Row row, Protocol way) throws Exception {
        try (ServerSocketChannel listening = listening()) {
            int port = listening.socket().getLocalPort();
            Throwable thrown = catchThrowable(() ->
                    application.get(Contexts.class).connector(way).open("127.0.0.1", port, row.type(), row.initargs()));

            assertThat(thrown).hasToString(row.thrown());
            assertThat(listening.accept()).as("connected").isNull();
        }
    }

    private static ServerSocketChannel listening() throws Exception {
        ServerSocketChannel listening =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listening.configureBlocking(false);
        return listening;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            null      | 1     | java.lang.NullPointerException: host
            ' '       | 1     | java.lang.IllegalArgumentException: host must not be blank
            localhost | 0     | java.lang.IllegalArgumentException: port must be between 1 and 65535, but is 0
            localhost | -1    | java.lang.IllegalArgumentException: port must be between 1 and 65535, but is -1
            localhost | 65536 | java.lang.IllegalArgumentException: port must be between 1 and 65535, but is 65536
            """)
    void openToNoAddressIsRefused(String host, int port, String expected) {
        for (Protocol way : Protocol.values()) {
            assertThat(catchThrowable(
                            () -> application.get(Contexts.class).connector(way).open(host, port, SocketStream.class)))
                    .hasToString(expected);
        }
    }

    /** Problems that are found only when the engine is created, after the socket was connected. */
    static Stream<Arguments> ofTheContext() {
        return Stream.of(
                Arguments.of(
                        "server name that is none",
                        new Initarg[] {Initarg.sslSide(SslSide.CLIENT), Initarg.serverName("a_b.example.")},
                        "the initarg 'serverName' is 'a_b.example.', which is not a host name. Pass a DNS name"),
                Arguments.of(
                        "context configurer for a named context",
                        new Initarg[] {Initarg.contextConfigurer(context -> {})},
                        "the initarg 'contextConfigurer' does not apply to context 'tls13'. Use it only with"
                                + " SslContextSpecifier.defaults() or protocol(), which make a context for the call"),
                Arguments.of(
                        "engine configurer for a given engine",
                        new Initarg[] {
                            Initarg.sslContext(SslContextSpecifier.of(Protocol.TLS13.engineWithoutKey())),
                            Initarg.engineConfigurer(engine -> {})
                        },
                        "the initarg 'engineConfigurer' does not apply to the given SSLEngine, which is used unchanged. Configure the engine"
                                + " yourself"),
                Arguments.of(
                        "side that is not the given engine's",
                        new Initarg[] {
                            Initarg.sslContext(SslContextSpecifier.of(Protocol.TLS13.engineWithoutKey())),
                            Initarg.sslSide(SslSide.CLIENT)
                        },
                        "the given SSLEngine is set up for the side SERVER, but the call is for the side CLIENT. Pass the"
                                + " initarg 'sslSide', or another engine"),
                Arguments.of(
                        "context configurer for no TLS",
                        new Initarg[] {
                            Initarg.sslContext(SslContextSpecifier.plain()), Initarg.contextConfigurer(context -> {})
                        },
                        "initarg 'contextConfigurer' does not apply: the plain context is plaintext. Omit it, or use a context with TLS"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheContext")
    void createRefusesWhatDoesNotApplyAndClosesTheSocket(String name, Initarg[] initargs, String message)
            throws Exception {
        try (CountedPair pair = CountedPair.of(SocketKind.SOCKET)) {
            Throwable thrown = catchThrowable(() -> application
                    .get(Contexts.class)
                    .creator(Protocol.TLS13)
                    .create(pair.near(), SocketStream.class, initargs));

            assertThat(thrown)
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            pair.assertClosedOnce();
            assertThat(pair.far().getInputStream().read()).as("bytes sent").isEqualTo(-1);
        }
    }

    /** The same for a connector, whose connection ends without a byte. */
    static Stream<Arguments> ofTheContextForClients() {
        return Stream.of(
                Arguments.of(
                        "server name that is none",
                        new Initarg[] {Initarg.serverName("a_b.example.")},
                        "the initarg 'serverName' is 'a_b.example.', which is not a host name. Pass a DNS name"),
                Arguments.of(
                        "context configurer for a given context",
                        new Initarg[] {
                            Initarg.sslContext(Protocol.TLS13.specifier()), Initarg.contextConfigurer(context -> {})
                        },
                        "the initarg 'contextConfigurer' does not apply to the given SSLContext. Use it only with"
                                + " SslContextSpecifier.defaults() or protocol(), which make a context for the call"),
                Arguments.of(
                        "server name for a given engine",
                        new Initarg[] {
                            Initarg.sslContext(SslContextSpecifier.of(Protocol.TLS13.engineWithoutKey())),
                            Initarg.serverName("localhost")
                        },
                        "the initarg 'serverName' does not apply to the given SSLEngine, which is used unchanged. Configure the engine yourself"),
                Arguments.of(
                        "side that is not the given engine's",
                        new Initarg[] {Initarg.sslContext(SslContextSpecifier.of(Protocol.TLS13.engineWithoutKey()))},
                        "the given SSLEngine is set up for the side SERVER, but the call is for the side CLIENT. Pass the"
                                + " initarg 'sslSide', or another engine"),
                Arguments.of(
                        "engine configurer for no TLS",
                        new Initarg[] {
                            Initarg.sslContext(SslContextSpecifier.plain()), Initarg.engineConfigurer(engine -> {})
                        },
                        "initarg 'engineConfigurer' does not apply: the plain context is plaintext. Omit it, or use a context with TLS"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTheContextForClients")
    void openRefusesWhatDoesNotApplyAndEndsTheConnection(String name, Initarg[] initargs, String message)
            throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Throwable thrown = catchThrowable(() -> application
                    .get(Contexts.class)
                    .connector(Protocol.TLS13)
                    .open("127.0.0.1", listening.getLocalPort(), SocketStream.class, initargs));

            assertThat(thrown)
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
            try (Socket accepted = listening.accept()) {
                accepted.setSoTimeout(5_000);
                assertThat(accepted.getInputStream().read()).as("bytes sent").isEqualTo(-1);
            }
        }
    }

    static Stream<Row> ofOneSideAlone() {
        return Stream.of(
                        Initarg.connectTimeout(Duration.ofSeconds(1)),
                        Initarg.localAddress(new InetSocketAddress(0)),
                        Initarg.keepAlive(true),
                        Initarg.noDelay(true),
                        Initarg.addressPreference(AddressPreference.IPV4))
                .map(initarg -> initargs(
                        initarg.name(),
                        illegal(
                                "initarg '" + initarg.name()
                                        + "' is for connectors only: the socket passed to a creator is already connected. Omit it"),
                        initarg));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofOneSideAlone")
    void createRefusesWhatIsTheConnectors(Row row) throws Exception {
        createRefusesAndClosesTheSocket(row, Protocol.TLS13);
    }

    @Test
    void engineGivenASecondTimeIsRefused() throws Exception {
        SslContextSpecifier once = SslContextSpecifier.of(Protocol.TLS13.engineWithoutKey());
        try (CountedPair first = CountedPair.of(SocketKind.SOCKET);
                CountedPair second = CountedPair.of(SocketKind.SOCKET)) {
            PeerBehaviour.CLOSES_AT_ONCE.start(first.far(), Protocol.TLS13);
            application
                    .get(Contexts.class)
                    .creator(Protocol.TLS13)
                    .create(first.near(), SocketStream.class, Initarg.sslContext(once));

            assertThat(catchThrowable(() -> application
                            .get(Contexts.class)
                            .creator(Protocol.TLS13)
                            .create(second.near(), SocketStream.class, Initarg.sslContext(once))))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("the given SSLEngine was used before. An engine serves one connection, so pass a new"
                            + " one");
            second.assertClosedOnce();
        }
    }

    @Test
    void timeoutsBetweenReadsAreChecked() throws Exception {
        try (CountedPair pair = CountedPair.of(SocketKind.SOCKET);
                SocketStream stream = application
                        .get(Contexts.class)
                        .creator(Protocol.PLAIN)
                        .create(pair.near(), SocketStream.class)
                        .orElseThrow()) {
            Duration negative = Duration.ofMillis(-1);
            assertThat(catchThrowable(() -> stream.readTimeout(negative)))
                    .hasToString(
                            "java.lang.IllegalArgumentException: readTimeout must not be negative, but is PT-0.001S");
            assertThat(catchThrowable(() -> stream.writeTimeout(negative)))
                    .hasToString(
                            "java.lang.IllegalArgumentException: writeTimeout must not be negative, but is PT-0.001S");
            assertThat(catchThrowable(() -> stream.readTimeout(null)))
                    .hasToString("java.lang.NullPointerException: readTimeout");
            assertThat(catchThrowable(() -> stream.writeTimeout(null)))
                    .hasToString("java.lang.NullPointerException: writeTimeout");
            stream.readTimeout(Duration.ZERO);
            assertThat(stream.readTimeout()).isZero();
            assertThat(stream.isOpen()).isTrue();
        }
    }
}
