package io.sluice.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.internal.context.ContextRegistry;
import io.sluice.internal.context.ContextSource;
import io.sluice.internal.context.Engines;
import io.sluice.internal.context.Loopback;
import io.sluice.internal.context.NamedContexts;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.settings.ContextName;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyManagementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSSE objects of a named context. */
class NamedSslContextTest {
    private static final TestChain CHAIN = TestAuthority.create("authority").issue("localhost");

    private final ReloadableContext context = NamedContexts.web(
            "key-store.pem.0.cert",
            CHAIN.pem(),
            "key-store.pem.0.key",
            CHAIN.keyPem(),
            "trust-store.pem.certs",
            CHAIN.issuerPem(),
            "protocols",
            "TLSv1.2",
            "cipher-suites",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "client-auth",
            "need",
            "alpn",
            "mllp",
            "hostname-verification-algorithm",
            "LDAPS",
            "handshake-timeout",
            "3s",
            "close-timeout",
            "PT0.5S");

    @Test
    void viewsAreTheSameAtEachCall() {
        assertThat(context.sslContext()).isSameAs(context.sslContext());
        assertThat(context.socketFactory()).isSameAs(context.socketFactory());
        assertThat(context.serverSocketFactory()).isSameAs(context.serverSocketFactory());
        assertThat(context.sslContext().getSocketFactory()).isSameAs(context.socketFactory());
        assertThat(context.sslContext().getServerSocketFactory()).isSameAs(context.serverSocketFactory());
    }

    @Test
    void viewsReadNothingBeforeTheyAreUsed() {
        ReloadableContext bad = NamedContexts.web("trust-store.pem.certs", "/none.pem");

        bad.sslContext();
        bad.socketFactory();
        bad.serverSocketFactory();

        assertThatIllegalStateException()
                .isThrownBy(() -> bad.sslContext().createSSLEngine())
                .withMessageContaining("the file '/none.pem' does not exist")
                .withCauseInstanceOf(SslContextException.class);
        assertThatThrownBy(() -> bad.socketFactory().createSocket())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the file '/none.pem' does not exist");
        assertThatThrownBy(() -> bad.serverSocketFactory().createServerSocket())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the file '/none.pem' does not exist");
    }

    @Test
    void parametersAreAFreshCopyWithHostIdentification() {
        SSLParameters parameters = context.parameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});

        assertThat(context.parameters()).isNotSameAs(parameters);
        assertThat(context.parameters().getProtocols()).containsExactly("TLSv1.2");
        assertThat(context.parameters().getEndpointIdentificationAlgorithm()).isEqualTo("LDAPS");
        assertThat(context.parameters().getApplicationProtocols()).containsExactly("mllp");
    }

    @Test
    void timeoutsAreThoseConfigured() {
        assertThat(context.timeouts()).hasToString("TlsTimeouts[handshake=PT3S, close=PT0.5S]");
        assertThat(NamedContexts.web("protocols", "TLSv1.3").timeouts())
                .hasToString("TlsTimeouts[handshake=PT10S, close=PT2S]");
    }

    @Test
    void sslContextCannotBeInitialisedAgain() {
        assertThatThrownBy(() -> context.sslContext().init(null, null, null))
                .isInstanceOf(KeyManagementException.class)
                .hasMessage(
                        "context 'web' takes its keys and trust from its configuration and cannot be initialised again."
                                + " Make your own SSLContext with SSLContext.getInstance");
    }

    @Test
    void engineOfTheSslContextChecksNamesOnceItIsAClient() {
        SSLEngine engine = context.sslContext().createSSLEngine("peer.example", 1);
        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isNull();
        assertThat(engine.getNeedClientAuth()).isTrue();

        engine.setUseClientMode(true);
        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("LDAPS");
        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.2");
        assertThat(engine.getEnabledCipherSuites()).containsExactly("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        assertThat(engine.getSSLParameters().getApplicationProtocols()).containsExactly("mllp");
        assertThat(engine.getPeerHost()).isEqualTo("peer.example");

        engine.setUseClientMode(false);
        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEmpty();
        assertThat(engine.getNeedClientAuth()).isTrue();
    }

    @Test
    void engineOfTheSslContextKeepsWhatItsUserSets() {
        SSLEngine engine = context.sslContext().createSSLEngine("peer.example", 1);
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});

        engine.setUseClientMode(true);

        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTPS", ""})
    void engineOfTheSslContextKeepsTheIdentificationThatItsUserSets(String algorithm) {
        SSLEngine engine = context.sslContext().createSSLEngine("peer.example", 1);
        SSLParameters own = engine.getSSLParameters();
        own.setEndpointIdentificationAlgorithm(algorithm);
        engine.setSSLParameters(own);

        for (boolean client : new boolean[] {true, false, true}) {
            engine.setUseClientMode(client);
            assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                    .isEqualTo(client ? algorithm : "");
        }
    }

    @Test
    void engineOfTheSslContextChecksNamesThoughItsUserGaveBackWhatItHadAsAServer() {
        SSLEngine engine = context.sslContext().createSSLEngine("peer.example", 1);
        engine.setUseClientMode(false);
        engine.setSSLParameters(engine.getSSLParameters());

        engine.setUseClientMode(true);

        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("LDAPS");
    }

    @Test
    void enginesOfTheSslContextShakeHands() throws Exception {
        SSLEngine server = context.sslContext().createSSLEngine();
        server.setUseClientMode(false);
        SSLEngine client = context.sslContext().createSSLEngine("localhost", 1);
        client.setUseClientMode(true);

        Engines.handshake(client, server);

        assertThat(client.getSession().getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        assertThat(server.getSession().getPeerPrincipal()).hasToString("CN=localhost");
        assertThat(client.getApplicationProtocol()).isEqualTo("mllp");
    }

    @Test
    void parametersOfTheSslContextAreThoseConfigured() {
        assertThat(context.sslContext().getDefaultSSLParameters().getProtocols())
                .containsExactly("TLSv1.2");
        assertThat(context.sslContext().getSupportedSSLParameters().getProtocols())
                .contains("TLSv1.3", "TLSv1.2");
        assertThat(context.socketFactory().getDefaultCipherSuites())
                .containsExactly("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
        assertThat(context.serverSocketFactory().getDefaultCipherSuites())
                .containsExactly("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    }

    interface Creation {
        Socket socket(NamedSslContext context, ServerSocket server) throws IOException;
    }

    static Stream<Arguments> creations() {
        InetAddress local = InetAddress.getLoopbackAddress();
        return Stream.of(
                creation("unconnected", (context, server) -> {
                    Socket socket = context.socketFactory().createSocket();
                    socket.connect(server.getLocalSocketAddress());
                    return socket;
                }),
                creation(
                        "by name",
                        (context, server) -> context.socketFactory().createSocket("localhost", server.getLocalPort())),
                creation(
                        "by name from an address",
                        (context, server) ->
                                context.socketFactory().createSocket("localhost", server.getLocalPort(), local, 0)),
                creation(
                        "by address",
                        (context, server) -> context.socketFactory().createSocket(local, server.getLocalPort())),
                creation(
                        "by address from an address",
                        (context, server) ->
                                context.socketFactory().createSocket(local, server.getLocalPort(), local, 0)),
                creation(
                        "layered",
                        (context, server) -> context.socketFactory()
                                .createSocket(new Socket(local, server.getLocalPort()), "localhost", 1, true)));
    }

    private static Arguments creation(String name, Creation creation) {
        return Arguments.of(name, creation);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("creations")
    void everySocketOfTheFactoryHasTheParametersOfAClient(String name, Creation creation) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                SSLSocket socket = (SSLSocket) creation.socket(context, server)) {
            assertThat(socket.getEnabledProtocols()).containsExactly("TLSv1.2");
            assertThat(socket.getEnabledCipherSuites()).containsExactly("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
            assertThat(socket.getSSLParameters().getEndpointIdentificationAlgorithm())
                    .isEqualTo("LDAPS");
            assertThat(socket.getUseClientMode()).isTrue();
        }
    }

    @Test
    void socketWithConsumedBytesIsTheServerSide() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(10_000);
            CompletableFuture<Loopback.Connection> answered = CompletableFuture.supplyAsync(() -> {
                try (Socket rawSocket = server.accept();
                        SSLSocket socket = (SSLSocket) context.socketFactory()
                                .createSocket(
                                        rawSocket,
                                        new ByteArrayInputStream(
                                                rawSocket.getInputStream().readNBytes(3)),
                                        true)) {
                    return Loopback.answer(socket);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (SSLSocket client =
                    (SSLSocket) context.socketFactory().createSocket("localhost", server.getLocalPort())) {
                assertThat(Loopback.ask(client).failure()).isEmpty();
            }
            Loopback.Connection served = answered.get(10, TimeUnit.SECONDS);
            assertThat(served.session().orElseThrow().getPeerPrincipal()).hasToString("CN=localhost");
        }
    }

    @Test
    void serverSocketWithoutAKeyIsNeverBound() {
        ReloadableContext keyless = NamedContexts.web("protocols", "TLSv1.3");

        assertThatThrownBy(() -> keyless.serverSocketFactory().createServerSocket(0))
                .isInstanceOf(IOException.class)
                .hasMessage("context 'web' has no key, so it cannot be the server side: set"
                        + " sluice.ssl.web.key-store.p12.path and .password, or"
                        + " sluice.ssl.web.key-store.pem.0.cert and .key");
    }

    @Test
    void plainContextHasNoViews() {
        NamedSslContext none = new ContextRegistry(java.util.Map.of()).get("none");

        assertThat(none.isPlain()).isTrue();
        assertThat(none.name()).isEqualTo("none");
        assertThat(none.description()).isEqualTo("context 'none'");
        Stream.<Runnable>of(none::sslContext, none::socketFactory, none::serverSocketFactory, none::parameters)
                .forEach(view -> assertThatIllegalStateException()
                        .isThrownBy(view::run)
                        .withMessageMatching(
                                "context 'none' is plaintext and has no SSL\\w+\\. Name another context for TLS"));
    }

    @Test
    void contextOfTheJdkTrustsWhatTheJdkTrusts() throws Exception {
        ReloadableContext jdk = new ReloadableContext(new ContextName("default"), ContextSource.jdkDefault());

        assertThat(jdk.load().sslContext()).isSameAs(SSLContext.getDefault());
        assertThat(jdk.parameters().getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    }
}
