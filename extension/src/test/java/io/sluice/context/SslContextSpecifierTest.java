package io.sluice.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.internal.context.Engines;
import io.sluice.internal.context.NamedContexts;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.context.StrictContext;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.TestChain;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SslContextSpecifierTest {
    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");
    private static final EngineRequest CLIENT = EngineRequest.of(SslSide.CLIENT, "peer.example", 5432);
    private static final EngineRequest SERVER = EngineRequest.of(SslSide.SERVER, "192.0.2.1", 40000);

    @Test
    void plainHasNoEngine() {
        assertThat(SslContextSpecifier.plain().isPlain()).isTrue();
        assertThat(SslContextSpecifier.plain().description()).isEqualTo("the plain context");
        assertThatIllegalStateException()
                .isThrownBy(() -> SslContextSpecifier.plain().engine(CLIENT))
                .withMessage("plaintext has no SSLEngine. Call isPlain() first");
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                Arguments.of("the protocol is null. Pass a version such as TLSv1.3", (Runnable)
                        () -> SslContextSpecifier.protocol(null)),
                Arguments.of(
                        "the SSLContext is null. Pass a context, or use SslContextSpecifier.plain() for none",
                        (Runnable) () -> SslContextSpecifier.of((SSLContext) null)),
                Arguments.of(
                        "the SSLContext is null. Pass a context, or use SslContextSpecifier.plain() for none",
                        (Runnable) () -> SslContextSpecifier.of(null, new SSLParameters())),
                Arguments.of("the SSLParameters are null. Pass parameters, or omit the argument", (Runnable)
                        () -> SslContextSpecifier.of(CERTIFICATE.context(), null)),
                Arguments.of(
                        "the SSLEngine is null. Pass an engine, or use SslContextSpecifier.plain() for none",
                        (Runnable) () -> SslContextSpecifier.of((SSLEngine) null)));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void factoryOfNullThrowsException(String message, Runnable factory) {
        assertThatNullPointerException().isThrownBy(factory::run).withMessage(message);
    }

    @Test
    void protocolThatNobodyKnowsThrowsException() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SslContextSpecifier.protocol("TLS1.3"))
                .withMessage("there is no protocol 'TLS1.3' (did you mean TLSv1.3?). Use one of TLS, TLSv1.2, TLSv1.3");
    }

    @Test
    void protocolThatIsDisabledThrowsException() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SslContextSpecifier.protocol("TLSv1.1"))
                .withMessage("the protocol 'TLSv1.1' is disabled in this JVM (jdk.tls.disabledAlgorithms)."
                        + " Use TLSv1.3 or TLSv1.2");
    }

    static Stream<SslContextSpecifier> clients() {
        return Stream.of(
                SslContextSpecifier.defaults(),
                SslContextSpecifier.protocol("TLS"),
                SslContextSpecifier.protocol("TLSv1.2"),
                SslContextSpecifier.of(CERTIFICATE.context()),
                NamedContexts.web("trust-store.pem.certs", CERTIFICATE.certificatePem()));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void engineOfAClientKnowsItsPeerAndChecksItsName(SslContextSpecifier specifier) throws Exception {
        SSLEngine engine = specifier.engine(CLIENT.withServerName("localhost").withAlpn(List.of("mllp")));

        assertThat(engine.getUseClientMode()).isTrue();
        assertThat(engine.getPeerHost()).isEqualTo("localhost");
        assertThat(specifier.engine(CLIENT).getPeerHost()).isEqualTo("peer.example");
        assertThat(engine.getPeerPort()).isEqualTo(5432);
        SSLParameters parameters = engine.getSSLParameters();
        assertThat(parameters.getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
        assertThat(parameters.getServerNames()).containsExactly(new SNIHostName("localhost"));
        assertThat(parameters.getApplicationProtocols()).containsExactly("mllp");
    }

    static Stream<SslContextSpecifier> servers() {
        SSLParameters checking = new SSLParameters();
        checking.setEndpointIdentificationAlgorithm("HTTPS");
        return Stream.of(
                SslContextSpecifier.of(CERTIFICATE.context()),
                SslContextSpecifier.of(CERTIFICATE.context(), checking),
                serverContext());
    }

    private static ReloadableContext serverContext(String... more) {
        TestChain chain = TestAuthority.create("authority").issue("localhost");
        return NamedContexts.web(Stream.concat(
                        Stream.of("key-store.pem.0.cert", chain.pem(), "key-store.pem.0.key", chain.keyPem()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void engineOfAServerDoesNotCheckNames(SslContextSpecifier specifier) throws Exception {
        SSLEngine engine = specifier.engine(SERVER);

        assertThat(engine.getUseClientMode()).isFalse();
        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isNull();
        assertThat(engine.getPeerHost()).isEqualTo("192.0.2.1");
    }

    static Stream<Arguments> keyless() {
        return Stream.of(
                Arguments.of(
                        SslContextSpecifier.defaults(),
                        "the JDK's default context has no key, so it cannot be the server side: name a key store with the"
                                + " system property javax.net.ssl.keyStore (and keyStorePassword, keyStoreType), or use a"
                                + " context with a key"),
                Arguments.of(
                        SslContextSpecifier.protocol("TLSv1.3"),
                        "the TLSv1.3 context has no key, so it cannot be the server side: name a key store with the"
                                + " system property javax.net.ssl.keyStore (and keyStorePassword, keyStoreType), or use a"
                                + " context with a key"),
                Arguments.of(
                        NamedContexts.web("protocols", "TLSv1.3"),
                        "context 'web' has no key, so it cannot be the server side: set"
                                + " sluice.ssl.web.key-store.p12.path and .password, or"
                                + " sluice.ssl.web.key-store.pem.0.cert and .key"));
    }

    @ParameterizedTest
    @MethodSource("keyless")
    void engineOfAServerWithoutAKeyThrowsException(SslContextSpecifier specifier, String message) {
        assertThatThrownBy(() -> specifier.engine(SERVER))
                .isInstanceOf(SslContextException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @MethodSource("keyless")
    void engineOfBothSidesWithoutAKeyMayBecomeAClient(SslContextSpecifier specifier, String message) throws Exception {
        EngineRequest both = EngineRequest.of(SslSide.BOTH, "peer.example", 1);

        SSLEngine engine = specifier.engine(both.withEngineConfigurer(chosen -> chosen.setUseClientMode(true)));

        assertThat(engine.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isEqualTo("HTTPS");
        assertThatThrownBy(() -> specifier.engine(both))
                .isInstanceOf(SslContextException.class)
                .hasMessage(message);
    }

    @Test
    void engineOfAProtocolHasThatProtocolAlone() throws Exception {
        assertThat(SslContextSpecifier.protocol("TLSv1.2").engine(CLIENT).getEnabledProtocols())
                .containsExactly("TLSv1.2");
        assertThat(SslContextSpecifier.protocol("TLSv1.3").engine(CLIENT).getEnabledProtocols())
                .containsExactly("TLSv1.3");
    }

    @Test
    void engineOfGivenParametersHasThemAndNoChangesMadeLater() throws Exception {
        SSLParameters given = new SSLParameters();
        given.setProtocols(new String[] {"TLSv1.2"});
        given.setApplicationProtocols(new String[] {"mllp"});
        SslContextSpecifier specifier = SslContextSpecifier.of(CERTIFICATE.context(), given);
        given.setProtocols(new String[] {"TLSv1.3"});

        SSLParameters parameters = specifier.engine(CLIENT).getSSLParameters();

        assertThat(parameters.getProtocols()).containsExactly("TLSv1.2");
        assertThat(parameters.getApplicationProtocols()).containsExactly("mllp");
        assertThat(parameters.getEndpointIdentificationAlgorithm()).isNull();
    }

    @Test
    void engineConfigurerRunsLastAndOnce() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        SSLEngine engine = SslContextSpecifier.of(CERTIFICATE.context())
                .engine(SERVER.withEngineConfigurer(configured -> {
                    runs.incrementAndGet();
                    configured.setEnabledProtocols(new String[] {"TLSv1.2"});
                }));

        assertThat(runs).hasValue(1);
        assertThat(engine.getEnabledProtocols()).containsExactly("TLSv1.2");
    }

    @Test
    void contextConfigurerRunsOnAContextOfItsOwn() throws Exception {
        for (SslContextSpecifier specifier :
                List.of(SslContextSpecifier.defaults(), SslContextSpecifier.protocol("TLSv1.3"))) {
            SSLContext[] configured = new SSLContext[1];

            specifier.engine(CLIENT.withContextConfigurer(context -> configured[0] = context));

            assertThat(configured[0]).isNotNull().isNotSameAs(SSLContext.getDefault());
        }
    }

    static Stream<Arguments> foreign() {
        return Stream.of(
                Arguments.of(SslContextSpecifier.of(CERTIFICATE.context()), "the given SSLContext"),
                Arguments.of(serverContext(), "context 'web'"));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void contextConfigurerOfAContextThatIsNotTheCallsThrowsException(
            SslContextSpecifier specifier, String description) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> specifier.engine(SERVER.withContextConfigurer(context -> {})))
                .withMessage("the initarg 'contextConfigurer' does not apply to " + description + ". Use it only with"
                        + " SslContextSpecifier.defaults() or protocol(), which make a context for the call");
    }

    @Test
    void givenEngineIsHandedOutAsItIsAndOnce() throws Exception {
        SSLEngine engine = CERTIFICATE.context().createSSLEngine();
        SslContextSpecifier specifier = SslContextSpecifier.of(engine);

        assertThat(specifier.engine(SERVER)).isSameAs(engine);
        assertThatIllegalStateException()
                .isThrownBy(() -> specifier.engine(SERVER))
                .withMessage("the given SSLEngine was used before. An engine serves one connection, so pass a new one");
    }

    /** Before its handshake begins, an engine does not show that a connection uses it. */
    @Test
    void givenEngineIsHandedOutOnceHoweverOftenItIsGiven() throws Exception {
        SSLEngine engine = CERTIFICATE.context().createSSLEngine();
        SslContextSpecifier first = SslContextSpecifier.of(engine);
        SslContextSpecifier second = SslContextSpecifier.of(engine);

        assertThat(second.engine(SERVER)).isSameAs(engine);
        assertThatIllegalStateException()
                .isThrownBy(() -> first.engine(SERVER))
                .withMessage("the given SSLEngine was used before. An engine serves one connection, so pass a new one");
    }

    @Test
    void givenContextAndParametersStayAsTheyWere() throws Exception {
        SSLContext context = CERTIFICATE.context();
        SSLParameters given = context.getDefaultSSLParameters();
        String contextBefore = all(context);
        String parametersBefore = all(given);
        for (SslContextSpecifier specifier :
                List.of(SslContextSpecifier.of(context), SslContextSpecifier.of(context, given))) {
            SSLEngine client = specifier.engine(CLIENT.withServerName("localhost")
                    .withAlpn(List.of("mllp"))
                    .withEngineConfigurer(engine -> engine.setEnabledProtocols(new String[] {"TLSv1.2"})));
            SSLEngine server = specifier.engine(
                    SERVER.withAlpn(List.of("mllp")).withEngineConfigurer(engine -> engine.setWantClientAuth(true)));
            Engines.handshake(client, server);
            client.closeOutbound();
            server.closeOutbound();
        }

        assertThat(all(context)).isEqualTo(contextBefore);
        assertThat(all(given)).isEqualTo(parametersBefore);
        Engines.handshake(
                SslContextSpecifier.of(context).engine(CLIENT.withServerName("localhost")),
                SslContextSpecifier.of(context).engine(SERVER));
    }

    @Test
    void engineOfAContextThatIsStricterThanItsEnginesIsAsStrict() throws Exception {
        String suite = "TLS_AES_256_GCM_SHA384";
        SslContextSpecifier specifier = SslContextSpecifier.of(new StrictContext(CERTIFICATE.context(), suite));
        for (EngineRequest request : List.of(CLIENT, SERVER, CLIENT.withServerName("localhost"))) {
            assertThat(specifier.engine(request).getEnabledCipherSuites())
                    .as(request.side() + " " + request.serverName())
                    .containsExactly(suite);
        }
    }

    private static String all(SSLContext context) {
        return Stream.of(context.getClientSessionContext(), context.getServerSessionContext())
                        .map(sessions -> sessions.getSessionCacheSize() + " " + sessions.getSessionTimeout())
                        .toList()
                + all(context.getDefaultSSLParameters())
                + all(context.getSupportedSSLParameters());
    }

    private static String all(SSLParameters parameters) {
        return Arrays.asList(parameters.getProtocols())
                + " " + Arrays.asList(parameters.getCipherSuites())
                + " " + Arrays.asList(parameters.getApplicationProtocols())
                + " " + parameters.getServerNames()
                + " " + parameters.getSNIMatchers()
                + " " + parameters.getEndpointIdentificationAlgorithm()
                + " " + parameters.getNeedClientAuth() + parameters.getWantClientAuth()
                + parameters.getUseCipherSuitesOrder() + parameters.getEnableRetransmissions()
                + " " + parameters.getMaximumPacketSize();
    }

    @Test
    void givenEngineThatHasBegunThrowsException() throws Exception {
        SSLEngine engine = CERTIFICATE.context().createSSLEngine();
        engine.setUseClientMode(true);
        engine.beginHandshake();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SslContextSpecifier.of(engine))
                .withMessage("the given SSLEngine has begun its handshake. Pass an unused engine");
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("engineConfigurer", SERVER.withEngineConfigurer(engine -> {})),
                Arguments.of("contextConfigurer", SERVER.withContextConfigurer(context -> {})),
                Arguments.of("serverName", SERVER.withServerName("localhost")),
                Arguments.of("alpn", SERVER.withAlpn(List.of("mllp"))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void givenEngineWithSettingsThrowsException(String initarg, EngineRequest request) {
        SslContextSpecifier specifier =
                SslContextSpecifier.of(CERTIFICATE.context().createSSLEngine());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> specifier.engine(request))
                .withMessage("the initarg '" + initarg
                        + "' does not apply to the given SSLEngine, which is used unchanged. Configure the"
                        + " engine yourself");
    }

    @Test
    void serverNameThatIsNoneThrowsException() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SslContextSpecifier.defaults().engine(CLIENT.withServerName("not a name")))
                .withMessage("the initarg 'serverName' is 'not a name', which is not a host name. Pass a DNS name");
    }

    @Test
    void clientsResumeTheirSessions() throws Exception {
        ReloadableContext server = serverContext("protocols", "TLSv1.2");
        ReloadableContext client = NamedContexts.web("trust-all", "true", "protocols", "TLSv1.2");
        SSLEngine first = client.engine(CLIENT);
        Engines.handshake(first, server.engine(SERVER));
        SSLEngine second = client.engine(CLIENT);
        Engines.handshake(second, server.engine(SERVER));

        assertThat(second.getSession().getCreationTime())
                .isEqualTo(first.getSession().getCreationTime());
        assertThat(second.getSession().getId()).isEqualTo(first.getSession().getId());
    }
}
