package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.ReferenceCounted;
import io.sluice.context.ContextSnapshot;
import io.sluice.context.EngineRequest;
import io.sluice.context.NamedSslContext;
import io.sluice.context.ServerKey;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.context.TlsTimeouts;
import io.sluice.internal.context.NamedContexts;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.EngineRelease;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.Transport;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.SocketKind;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EngineReleaseTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("CA");

    @Test
    void aGivenEngineThatIsCountedIsUsedUpByItsConnection() throws Exception {
        HandshakeSide side = HandshakeSide.showing(AUTHORITY.issue("localhost")).speaking("TLSv1.3");
        SSLEngine engine = side.opensslEngine(false, AUTHORITY);
        ConnectionPlan upgrade = new ConnectionPlan(SslContextSpecifier.of(engine), Initargs.of(), SslSide.SERVER);
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            RawSocket raw = RawSocket.take(sockets.near());
            Transport transport = upgrade.transport(raw, upgrade.label(raw));
            assertThat(((ReferenceCounted) engine).refCnt()).isEqualTo(1);

            transport.close();
            transport.close();
            assertThat(((ReferenceCounted) engine).refCnt()).isZero();
            assertThatIllegalStateException()
                    .isThrownBy(() -> upgrade.transport(raw, upgrade.label(raw)))
                    .withMessageContaining("the given SSLEngine was used before");
        }
    }

    @Test
    void aGivenEngineThatIsCountedIsUsedUpByAFailedHandshakeToo() throws Exception {
        HandshakeSide side = HandshakeSide.showing(AUTHORITY.issue("localhost")).speaking("TLSv1.3");
        SSLEngine engine = side.opensslEngine(false, AUTHORITY);
        ConnectionPlan upgrade = new ConnectionPlan(SslContextSpecifier.of(engine), Initargs.of(), SslSide.SERVER);
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            RawSocket raw = RawSocket.take(sockets.near());
            Transport transport = upgrade.transport(raw, upgrade.label(raw));
            sockets.far().getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            sockets.far().shutdownOutput();
            assertThatExceptionOfType(TransportException.class).isThrownBy(transport::handshake);
            assertThat(((ReferenceCounted) engine).refCnt()).isZero();
        }
    }

    @Test
    void aGivenEngineThatIsRefusedStaysItsOwners() throws Exception {
        HandshakeSide side = HandshakeSide.showing(AUTHORITY.issue("localhost")).speaking("TLSv1.3");
        SSLEngine engine = side.opensslEngine(false, AUTHORITY);
        SslContextSpecifier given = SslContextSpecifier.of(engine);
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            RawSocket raw = RawSocket.take(sockets.near());
            ConnectionPlan asClient = new ConnectionPlan(given, Initargs.of(), SslSide.CLIENT);
            assertThatIllegalArgumentException().isThrownBy(() -> asClient.transport(raw, asClient.label(raw)));
            assertThat(((ReferenceCounted) engine).refCnt()).isEqualTo(1);

            ConnectionPlan asServer = new ConnectionPlan(given, Initargs.of(), SslSide.SERVER);
            asServer.transport(raw, asServer.label(raw)).close();
            assertThat(((ReferenceCounted) engine).refCnt()).isZero();
        }
    }

    static Stream<Arguments> faults() {
        Consumer<SSLEngine> undecided = engine -> engine.setUseClientMode(false);
        return Stream.of(
                Arguments.of("the configurer throws", SslSide.SERVER, (Consumer<SSLEngine>) engine -> {
                    throw new IllegalStateException("no configuration");
                }),
                Arguments.of("there is no key for the side that the configurer chose", SslSide.BOTH, undecided));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void anEngineThatCannotBeSetUpIsReleased(String what, SslSide side, Consumer<SSLEngine> configurer)
            throws Exception {
        SSLEngine engine = HandshakeSide.showing(AUTHORITY.issue("localhost"))
                .speaking("TLSv1.3")
                .opensslEngine(false, AUTHORITY);
        ContextSnapshot snapshot = ContextSnapshot.of(
                new OneEngine(engine),
                EngineParameters.protocol(AUTHORITY.trustingContext(), "TLSv1.3"),
                side == SslSide.BOTH ? ServerKey.missing("add one") : ServerKey.assumed());
        EngineRequest request = EngineRequest.of(side, "localhost", 0).withEngineConfigurer(configurer);

        assertThatThrownBy(() -> snapshot.engine(request, "the context"));

        assertThat(((ReferenceCounted) engine).refCnt()).isZero();
    }

    @Test
    void anEngineWhoseTransportCannotBeMadeIsReleasedAndNotCounted() throws Exception {
        ReloadableContext web = NamedContexts.web("trust-store.pem.certs", AUTHORITY.pem());
        NamedSslContext faulty = new WithoutTimeouts(web);
        ConnectionPlan plan = new ConnectionPlan(faulty, Initargs.of(), SslSide.CLIENT);
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            RawSocket raw = RawSocket.take(sockets.near());
            assertThatIllegalStateException()
                    .isThrownBy(() -> plan.transport(raw, plan.label(raw)))
                    .withMessage("no timeouts");
        }
        assertThat(web.generation().orElseThrow().connections()).isZero();
    }

    /** A named context of the application's own that stands on another one. */
    private record WithoutTimeouts(NamedSslContext other) implements NamedSslContext {

        @Override
        public TlsTimeouts timeouts() {
            throw new IllegalStateException("no timeouts");
        }

        @Override
        public SSLEngine engine(EngineRequest request) throws SslContextException {
            return other.engine(request);
        }

        @Override
        public String name() {
            return other.name();
        }

        @Override
        public String description() {
            return other.description();
        }

        @Override
        public SSLContext sslContext() {
            return other.sslContext();
        }

        @Override
        public SSLSocketFactory socketFactory() {
            return other.socketFactory();
        }

        @Override
        public SSLServerSocketFactory serverSocketFactory() {
            return other.serverSocketFactory();
        }

        @Override
        public SSLParameters parameters() {
            return other.parameters();
        }
    }

    /** A context that makes one given engine. */
    private static final class OneEngine extends SSLContext {

        OneEngine(SSLEngine engine) throws Exception {
            super(new Spi(engine), AUTHORITY.trustingContext().getProvider(), "TLS");
        }

        private static final class Spi extends SSLContextSpi {

            private final SSLEngine engine;

            Spi(SSLEngine engine) {
                this.engine = engine;
            }

            @Override
            protected SSLEngine engineCreateSSLEngine() {
                return engine;
            }

            @Override
            protected SSLEngine engineCreateSSLEngine(String host, int port) {
                return engine;
            }

            @Override
            protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

            @Override
            protected SSLSocketFactory engineGetSocketFactory() {
                throw new UnsupportedOperationException();
            }

            @Override
            protected SSLServerSocketFactory engineGetServerSocketFactory() {
                throw new UnsupportedOperationException();
            }

            @Override
            protected SSLSessionContext engineGetServerSessionContext() {
                throw new UnsupportedOperationException();
            }

            @Override
            protected SSLSessionContext engineGetClientSessionContext() {
                throw new UnsupportedOperationException();
            }
        }
    }

    @Test
    void anEngineOfTheJdkNeedsNoRelease() throws Exception {
        SSLEngine engine = HandshakeSide.showing(null).speaking("TLSv1.3").jdkEngine(true, AUTHORITY);
        EngineRelease.of(engine).run();
        assertThat(engine.isOutboundDone()).isFalse();
    }
}
