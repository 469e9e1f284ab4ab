package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.proxy.ProxyProtocol;
import io.sluice.stream.proxy.ProxyVersion;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitargTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ProxyProtocol BALANCED = ProxyProtocol.from(ProxyVersion.ANY, "127.0.0.1");

    static Stream<Named<Function<Duration, Initarg>>> timeouts() {
        return Stream.of(
                Named.of("readTimeout", Initarg::readTimeout),
                Named.of("writeTimeout", Initarg::writeTimeout),
                Named.of("handshakeTimeout", Initarg::handshakeTimeout),
                Named.of("closeTimeout", Initarg::closeTimeout),
                Named.of("connectTimeout", Initarg::connectTimeout));
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void aTimeoutMustNotBeNegative(Function<Duration, Initarg> factory) {
        String name = factory.apply(Duration.ofSeconds(1)).name();
        String rule = name.equals("closeTimeout") ? " must be positive, but is " : " must not be negative, but is ";
        Initarg initarg = factory.apply(Duration.ofMillis(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(initarg))
                .withMessage(name + rule + "PT-0.001S. Omit it to use the default");
        assertThat(initarg).hasToString(name + " (invalid)");
        assertThat(initarg.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("timeouts")
    void zeroMeansWithoutLimitButForAClose(Function<Duration, Initarg> factory) {
        Initarg initarg = factory.apply(Duration.ZERO);
        if (initarg.name().equals("closeTimeout")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Initargs.of(initarg))
                    .withMessage("closeTimeout must be positive, but is PT0S. Omit it to use the default");
        } else {
            assertThat(Initargs.of(initarg)).isNotNull();
        }
    }

    @Test
    void aLibraryNameIsReserved() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.of("readTimeout", 5)))
                .withMessage("'readTimeout' is reserved: use Initarg.readTimeout(…)");
    }

    @Test
    void twiceTheSameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.of("user", "a"), Initarg.of("user", "b")))
                .withMessage("initarg 'user' was passed twice. Pass it once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.errorp(true), Initarg.errorp(true)))
                .withMessage("initarg 'errorp' was passed twice. Pass it once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.errorp(true), null))
                .withMessage("initarg 2 of 2 is null");
    }

    static Stream<Arguments> every() {
        return Stream.of(
                of("sslContext", () -> Initarg.sslContext(SslContextSpecifier.plain()), () -> Initarg.sslContext(null)),
                of("sslSide", () -> Initarg.sslSide(SslSide.BOTH), () -> Initarg.sslSide(null)),
                of("serverName", () -> Initarg.serverName("a.example"), () -> Initarg.serverName(null)),
                of("alpn", () -> Initarg.alpn("h2"), () -> Initarg.alpn((String[]) null)),
                of("readTimeout", () -> Initarg.readTimeout(SECOND), () -> Initarg.readTimeout(null)),
                of("writeTimeout", () -> Initarg.writeTimeout(SECOND), () -> Initarg.writeTimeout(null)),
                of("handshakeTimeout", () -> Initarg.handshakeTimeout(SECOND), () -> Initarg.handshakeTimeout(null)),
                of("closeTimeout", () -> Initarg.closeTimeout(SECOND), () -> Initarg.closeTimeout(null)),
                of("connectTimeout", () -> Initarg.connectTimeout(SECOND), () -> Initarg.connectTimeout(null)),
                of("handshake", () -> Initarg.handshake(Handshake.LAZY), () -> Initarg.handshake(null)),
                of("direction", () -> Initarg.direction(Direction.INPUT), () -> Initarg.direction(null)),
                of("charset", () -> Initarg.charset(StandardCharsets.UTF_8), () -> Initarg.charset(null)),
                of(
                        "contextConfigurer",
                        () -> Initarg.contextConfigurer(c -> {}),
                        () -> Initarg.contextConfigurer(null)),
                of("engineConfigurer", () -> Initarg.engineConfigurer(e -> {}), () -> Initarg.engineConfigurer(null)),
                of(
                        "localAddress",
                        () -> Initarg.localAddress(new InetSocketAddress(0)),
                        () -> Initarg.localAddress(null)),
                of(
                        "addressPreference",
                        () -> Initarg.addressPreference(AddressPreference.SYSTEM),
                        () -> Initarg.addressPreference(null)),
                of("keepAlive", () -> Initarg.keepAlive(true), null),
                of("noDelay", () -> Initarg.noDelay(true), null),
                of("errorp", () -> Initarg.errorp(true), null),
                of("proxyProtocol", () -> Initarg.proxyProtocol(BALANCED), () -> Initarg.proxyProtocol(null)),
                of(
                        "proxyProtocol",
                        () -> Initarg.proxyProtocol(BALANCED, header -> {}),
                        () -> Initarg.proxyProtocol(BALANCED, null)),
                of("the value of initarg 'user'", () -> Initarg.of("user", "a"), () -> Initarg.of("user", null)));
    }

    private static Arguments of(String name, Supplier<Initarg> good, @Nullable Supplier<Initarg> ofNull) {
        return Arguments.of(name, good, ofNull);
    }

    @Test
    void everyLibraryInitargIsInTheTable() {
        assertThat(every().map(row -> (String) row.get()[0])).containsAll(InitargKey.names());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("every")
    void nullAndTwiceAreRefusedByName(String name, Supplier<Initarg> good, @Nullable Supplier<Initarg> ofNull) {
        Initarg initarg = good.get();
        if (ofNull != null) {
            Initarg nothing = ofNull.get();
            String message = (name.contains(" ") ? name : "initarg '" + name + "'")
                    + " is null. Pass a value, or omit the initarg";
            assertThatNullPointerException()
                    .isThrownBy(() -> Initargs.of(nothing))
                    .withMessage(message);
            assertThatNullPointerException().isThrownBy(nothing::value).withMessage(message);
            assertThat(nothing.name()).isEqualTo(initarg.name());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(initarg, good.get()))
                .withMessage("initarg '" + initarg.name() + "' was passed twice. Pass it once");
    }

    @Test
    void valuesThatMeanNothingAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.serverName(" ")))
                .withMessage("serverName must not be blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.alpn()))
                .withMessage("alpn needs at least one protocol name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.alpn("h2", null)))
                .withMessage("alpn contains a null or empty name: [h2, null]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.of(" ", "a")))
                .withMessage("the name of an initarg must not be blank");
        Charset readOnly = Charset.availableCharsets().values().stream()
                .filter(charset -> !charset.canEncode())
                .findFirst()
                .orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.charset(readOnly)))
                .withMessage("charset " + readOnly + " can only decode. Use a charset that can encode");
    }

    @Test
    void toStringShowsNoValue() {
        assertThat(Initarg.of("password", "s3cret")).hasToString("password (String)");
    }

    @Test
    void whatIsTheConnectorsIsRefusedByACreator() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Initargs.of(Initarg.noDelay(true)).forCreator())
                .withMessage(
                        "initarg 'noDelay' is for connectors only: the socket passed to a creator is already connected. Omit it");
    }
}
