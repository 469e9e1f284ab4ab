package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.source.ApplicationContextSource;
import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.TestChain;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A context that the application supplies, with the configured parameters. */
class ApplicationContextSourceTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    private static ParameterSettings configured(String... keysAndValues) {
        return ConfiguredContexts.settings(
                        SluiceConfiguration.of(TestConfig.of(NamedContexts.properties(keysAndValues))),
                        "web",
                        new Problems())
                .orElseThrow()
                .parameters();
    }

    private static ReloadableContext web(SslContextSpecifier specifier, ParameterSettings parameters) {
        return new ReloadableContext(
                new ContextName("web"),
                new ApplicationContextSource(
                        new ContextName("web"), () -> specifier, parameters, EngineSettings.NONE, AllowSettings.NONE));
    }

    @Test
    void engineHasTheApplicationsKeyAndTheConfiguredParameters() throws Exception {
        ReloadableContext web = web(
                SslContextSpecifier.of(CERTIFICATE.context()),
                configured("protocols", "TLSv1.2", "client-auth", "want", "close-timeout", "1s"));

        SSLEngine server = web.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));
        SSLEngine client = web.engine(EngineRequest.of(SslSide.CLIENT, "localhost", 1));
        Engines.handshake(client, server);

        assertThat(client.getSession().getPeerCertificates()).contains(CERTIFICATE.certificate());
        assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.2");
        assertThat(server.getSession().getPeerCertificates()).contains(CERTIFICATE.certificate());
        assertThat(client.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
        assertThat(web.timeouts()).hasToString("TlsTimeouts[handshake=PT10S, close=PT1S]");
    }

    static Stream<SslContextSpecifier> specifiers() {
        return Stream.of(
                SslContextSpecifier.of(CERTIFICATE.context()),
                SslContextSpecifier.of(CERTIFICATE.context(), new javax.net.ssl.SSLParameters()),
                SslContextSpecifier.defaults(),
                SslContextSpecifier.protocol("TLSv1.3"),
                NamedContexts.web("trust-store.pem.certs", CERTIFICATE.certificatePem()));
    }

    @ParameterizedTest
    @MethodSource("specifiers")
    void configuredParametersApplyToEverySpecifier(SslContextSpecifier specifier) throws Exception {
        ReloadableContext web = web(specifier, configured("alpn", "mllp", "handshake-timeout", "7s"));

        SSLEngine client = web.engine(EngineRequest.of(SslSide.CLIENT, "localhost", 1));

        assertThat(client.getSSLParameters().getApplicationProtocols()).containsExactly("mllp");
        assertThat(web.timeouts()).hasToString("TlsTimeouts[handshake=PT7S, close=PT2S]");
        assertThat(web.isPlain()).isFalse();
    }

    @Test
    void contextThatStandsOnAnotherFollowsItsReload(@TempDir Path directory) throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        authority.issue("before").write(directory, "a");
        ReloadableContext other = NamedContexts.web(
                "key-store.pem.0.cert", directory + "/a.crt", "key-store.pem.0.key", directory + "/a.key");
        ReloadableContext web = web(other, configured("hostname-verification-algorithm", "NONE"));
        assertThat(shown(web, authority)).isEqualTo("CN=before");

        authority.issue("after").write(directory, "a");
        other.reload();

        assertThat(shown(web, authority)).isEqualTo("CN=after");
    }

    /** The other context as an injection point may hold it. */
    static Stream<Function<ReloadableContext, Object>> views() {
        return Stream.of(other -> other, ReloadableContext::sslContext);
    }

    @ParameterizedTest
    @MethodSource("views")
    void contextThatStandsOnAnotherFollowsItsParametersAndCountsItsGenerations(Function<ReloadableContext, Object> view)
            throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        TestChain before = authority.issue("before.example");
        TestChain after = authority.issue("after.example");
        Map<String, String> properties = new HashMap<>(NamedContexts.properties(
                "key-store.pem.0.cert", before.pem(),
                "key-store.pem.0.key", before.keyPem(),
                "key-store.sni", "true",
                "key-store.sni-unmatched", "refuse",
                "trust-store.pem.certs", authority.pem()));
        ReloadableContext other = NamedContexts.live(properties);
        ReloadableContext web = new ReloadableContext(
                new ContextName("web"),
                new ApplicationContextSource(
                        new ContextName("web"),
                        () -> view.apply(other),
                        configured("alpn", "mllp"),
                        EngineSettings.NONE,
                        AllowSettings.NONE));
        SSLEngine old = web.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));
        assertThat(EngineOrigins.of(old).orElseThrow().number()).isEqualTo(1);

        properties.putAll(NamedContexts.properties(
                "key-store.pem.0.cert",
                after.pem(),
                "key-store.pem.0.key",
                after.keyPem(),
                "client-auth",
                "need",
                "protocols",
                "TLSv1.3"));
        other.reload();

        HeldEngine held = HeldEngine.of(web, EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));
        SSLParameters parameters = held.engine().getSSLParameters();
        assertThat(parameters.getNeedClientAuth()).isTrue();
        assertThat(parameters.getProtocols()).containsExactly("TLSv1.3");
        assertThat(parameters.getApplicationProtocols()).containsExactly("mllp");
        assertThat(parameters.getSNIMatchers()).singleElement().satisfies(names -> {
            assertThat(names.matches(new SNIHostName("after.example"))).isTrue();
            assertThat(names.matches(new SNIHostName("before.example"))).isFalse();
        });
        assertThat(EngineOrigins.of(held.engine()).orElseThrow().number()).isEqualTo(2);
        assertThat(web.describe().connections()).containsExactly(Map.entry(2L, 1));
        held.release();
        assertThat(web.describe().connections()).isEmpty();
        assertThatThrownBy(web::reload)
                .hasMessageStartingWith("context 'web' is the application's own and is obtained only once");
    }

    private static String shown(ReloadableContext serving, TestAuthority authority) throws Exception {
        SSLEngine client = NamedContexts.web(
                        "trust-store.pem.certs", authority.pem(), "hostname-verification-algorithm", "NONE")
                .engine(EngineRequest.of(SslSide.CLIENT, "localhost", 1));
        Engines.handshake(client, serving.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1)));
        return client.getSession().getPeerPrincipal().getName();
    }

    @Test
    void contextThatStandsOnAnotherChecksNamesAsItIsConfiguredItself() throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        TestChain elsewhere = authority.issue("elsewhere.example");
        ReloadableContext server =
                NamedContexts.web("key-store.pem.0.cert", elsewhere.pem(), "key-store.pem.0.key", elsewhere.keyPem());
        ReloadableContext other = NamedContexts.web("trust-store.pem.certs", authority.pem());
        ReloadableContext web = web(other, configured("hostname-verification-algorithm", "NONE"));
        try (Loopback loopback = new Loopback(server.serverSocketFactory())) {
            assertThat(loopback.connect(other.socketFactory(), "localhost").isConnected())
                    .isFalse();
            assertThat(loopback.connect(web.socketFactory(), "localhost").isConnected())
                    .isTrue();
        }
    }

    @Test
    void contextThatStandsOnAnotherWithoutAKeyCannotServe() {
        ReloadableContext web = web(NamedContexts.web("protocols", "TLSv1.3"), ParameterSettings.NONE);

        assertThatThrownBy(() -> web.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1)))
                .isInstanceOf(SslContextException.class)
                .hasMessageStartingWith("context 'web' has no key, so it cannot be the server side: ");
    }

    @Test
    void plainSpecifierMakesThePlainContext() {
        ReloadableContext web = web(SslContextSpecifier.plain(), ParameterSettings.NONE);

        assertThat(web.isPlain()).isTrue();
        assertThatThrownBy(() -> web.sslContext().createSSLEngine()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void specifierOfAnEngineThrowsException() {
        ReloadableContext web =
                web(SslContextSpecifier.of(CERTIFICATE.context().createSSLEngine()), ParameterSettings.NONE);

        assertThatThrownBy(web::load)
                .isInstanceOf(SslContextException.class)
                .hasMessage("the application's context 'web' is a specifier of one SSLEngine, which cannot be a named"
                        + " context. Make the bean or producer of @SslContext(\"web\") return an SSLContext");
    }

    @Test
    void nullThrowsException() {
        assertThatThrownBy(web(null, ParameterSettings.NONE)::load)
                .isInstanceOf(SslContextException.class)
                .hasMessageStartingWith("the application's context 'web' is null, which cannot be a named context");
    }

    @Test
    void nullInThePlaceOfAnSslContextThrowsExceptionAndIsAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        ReloadableContext web = new ReloadableContext(
                new ContextName("web"),
                new ApplicationContextSource(
                        new ContextName("web"),
                        () -> {
                            asked.incrementAndGet();
                            return null;
                        },
                        ParameterSettings.NONE,
                        EngineSettings.NONE,
                        AllowSettings.NONE));

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(web::load)
                    .isInstanceOf(SslContextException.class)
                    .hasMessage("the application's context 'web' is null, which cannot be a named context."
                            + " Make the bean or producer of @SslContext(\"web\") return an SSLContext");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void applicationIsAskedOnceThoughEachLoadFails() {
        AtomicInteger asked = new AtomicInteger();
        ReloadableContext web = new ReloadableContext(
                new ContextName("web"),
                new ApplicationContextSource(
                        new ContextName("web"),
                        () -> {
                            asked.incrementAndGet();
                            return CERTIFICATE.context();
                        },
                        configured("protocols", "TLSv9"),
                        EngineSettings.NONE,
                        AllowSettings.NONE));

        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(web::load)
                    .isInstanceOf(SslContextException.class)
                    .hasMessageContaining("there is no protocol 'TLSv9'");
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void reloadThrowsExceptionAndKeepsTheContext() throws Exception {
        ReloadableContext web = web(SslContextSpecifier.of(CERTIFICATE.context()), ParameterSettings.NONE);
        ContextSnapshot before = web.load();

        assertThatThrownBy(web::reload)
                .isInstanceOf(SslContextException.class)
                .hasMessageStartingWith(
                        "context 'web' is the application's own and is obtained only once, so it cannot be reloaded");
        assertThat(web.load()).isSameAs(before);
    }

    @Test
    void protocolThatTheApplicationsContextDoesNotKnowThrowsException() {
        ReloadableContext web = web(SslContextSpecifier.of(CERTIFICATE.context()), configured("protocols", "TLSv9"));

        assertThatThrownBy(web::load)
                .isInstanceOf(SslContextException.class)
                .hasMessageContaining("sluice.ssl.web.protocols")
                .hasMessageContaining("there is no protocol 'TLSv9'");
    }
}
