package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.context.callback.KeyChoice;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.internal.settings.ContextName;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.SocketKind;
import java.io.IOException;
import java.net.Socket;
import java.security.KeyStore;
import java.security.Provider;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The messages of both sides if a server requires a client certificate and the client sends none: the accepted issuers,
 * and the reason.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class MissingClientCertificateTest {

    private static final TestAuthority TRUSTED = TestAuthority.create("Trusted CA");
    private static final TestAuthority STRANGE = TestAuthority.create("Strange CA");
    private static final TestChain SERVER = TRUSTED.issue("localhost");

    /** Referenced, so that its level is not lost. */
    private static final Logger BOUNCY_CASTLE = Logger.getLogger("org.bouncycastle.jsse");

    @BeforeAll
    static void silence() {
        BOUNCY_CASTLE.setLevel(Level.OFF);
    }

    @AfterAll
    static void restore() {
        BOUNCY_CASTLE.setLevel(null);
    }

    private static ReloadableContext context(String name, String protocol, String... more) {
        Map<String, String> properties = properties(name, protocol, more);
        return new ReloadableContext(
                new ContextName(name),
                ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.of(properties)), name));
    }

    private static Map<String, String> properties(String name, String protocol, String... more) {
        Map<String, String> properties = new HashMap<>();
        String prefix = "sluice.ssl." + name + ".";
        properties.put(prefix + "protocols", protocol);
        properties.put(prefix + "trust-store.pem.certs", TRUSTED.pem());
        for (int i = 0; i < more.length; i += 2) {
            properties.put(prefix + more[i], more[i + 1]);
        }
        return properties;
    }

    private static String[] key(String name, TestChain chain) {
        return new String[] {
            "key-store.pem." + name + ".cert", chain.pem(), "key-store.pem." + name + ".key", chain.keyPem()
        };
    }

    private static ReloadableContext server(String protocol, String trusted) {
        return context(
                "server",
                protocol,
                "key-store.pem.0.cert",
                SERVER.pem(),
                "key-store.pem.0.key",
                SERVER.keyPem(),
                "client-auth",
                "need",
                "trust-store.pem.certs",
                trusted);
    }

    private record Conditions(SocketStreamException server, SocketStreamException client) {

        static Conditions of(SslContextSpecifier server, SslContextSpecifier client) throws Exception {
            try (SocketPair sockets = SocketKind.SOCKET.pair()) {
                FutureTask<SocketStreamException> served =
                        new FutureTask<>(() -> condition(sockets.near(), server, SslSide.SERVER));
                Thread thread = new Thread(served, "server");
                thread.setDaemon(true);
                thread.start();
                SocketStreamException asked = condition(sockets.far(), client, SslSide.CLIENT);
                return new Conditions(served.get(30, TimeUnit.SECONDS), asked);
            }
        }

        /** In TLS 1.3 the client's handshake completes before the server misses the certificate. */
        private static SocketStreamException condition(Socket socket, SslContextSpecifier context, SslSide side) {
            try (SocketStream stream = TestStreams.open(socket, context, side)) {
                int first = stream.input().read();
                throw new AssertionError(side + ": no failure, the first read gave " + first);
            } catch (SocketStreamException e) {
                return e;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        void assertClient(String protocol, String why) {
            assertThat(client.kind()).isEqualTo(Kind.REJECTED_BY_PEER);
            assertThat(client)
                    .hasMessageContaining(protocol.equals("TLSv1.3") ? ": read: " : ": handshake: ")
                    .hasMessageContaining("the peer sent the TLS alert ")
                    .hasMessageEndingWith(". The peer requested a client certificate, but none was sent: " + why);
        }

        void assertServer(String issuers) {
            assertThat(server.kind()).isEqualTo(Kind.CLIENT_CERTIFICATE_MISSING);
            assertThat(server)
                    .hasMessageEndingWith(
                            ". Configure the client with a certificate of an authority that this side trusts: "
                                    + issuers);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientWithoutAKey(String protocol) throws Exception {
        Conditions conditions = Conditions.of(server(protocol, TRUSTED.pem()), context("client", protocol));

        conditions.assertServer("'CN=Trusted CA'");
        conditions.assertClient(
                protocol,
                "context 'client' has no key. To send a certificate, set sluice.ssl.client.key-store.p12.path and"
                        + " .password, or sluice.ssl.client.key-store.pem.0.cert and .key");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, 1", "TLSv1.3, 1", "TLSv1.2, 5", "TLSv1.3, 5"})
    void clientWhoseKeyIsOfAForeignIssuer(String protocol, int authorities) throws Exception {
        String trusted = authorities == 1
                ? TRUSTED.pem()
                : IntStream.rangeClosed(1, authorities)
                        .mapToObj(i -> TestAuthority.create("CA " + i).pem())
                        .collect(Collectors.joining());
        ReloadableContext client = context("client", protocol, key("own", STRANGE.issue("client")));

        Conditions conditions = Conditions.of(server(protocol, trusted), client);

        conditions.assertServer(authorities == 1 ? "'CN=Trusted CA'" : "'CN=CA 1', 'CN=CA 2', 'CN=CA 3' and 2 more");
        assertThat(conditions.client().kind()).isEqualTo(Kind.REJECTED_BY_PEER);
        if (authorities == 1) {
            conditions.assertClient(
                    protocol,
                    "no key of context 'client' is issued by an authority that the server accepts ('CN=Trusted CA')."
                            + " Key 'own' is issued by 'CN=Strange CA'."
                            + " Configure a key of an authority that the server accepts");
        } else {
            assertThat(conditions.client())
                    .hasMessageContaining(" is issued by an authority that the server accepts ('CN=CA ")
                    .hasMessageContaining("' and 2 more). Key 'own' is issued by 'CN=Strange CA'.");
        }
    }

    /** The engine of JDK 17 cannot restrict the types of keys. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientWhoseKeyIsOfAnotherType(String protocol) throws Exception {
        TestChain rsa = TRUSTED.issue(CertificateProfile.of("client").keyAlgorithm(KeyAlgorithm.RSA));

        Conditions conditions = Conditions.of(
                SslContextSpecifier.of(engineThatTakesEcKeysOnly(protocol)),
                context("client", protocol, key("own", rsa)));

        conditions.assertClient(
                protocol,
                "no key of context 'client' is of a type that the server accepts (EC)."
                        + " Key 'own' is of type RSA. Configure a key of a type that the server accepts");
    }

    private static SSLEngine engineThatTakesEcKeysOnly(String protocol) throws Exception {
        Provider provider = new BouncyCastleJsseProvider(new BouncyCastleProvider());
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX", provider);
        keys.init(SERVER.keyStore("PKCS12", "own", "secret"), "secret".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", TRUSTED.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", provider);
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS", provider);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        SSLEngine engine = context.createSSLEngine("client", 1);
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {protocol});
        engine.setNeedClientAuth(true);
        BCSSLEngine own = (BCSSLEngine) engine;
        BCSSLParameters parameters = own.getParameters();
        parameters.setSignatureSchemes(new String[] {"ecdsa_secp256r1_sha256"});
        own.setParameters(parameters);
        return engine;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientWhoseCallbackChoosesNone(String protocol) throws Exception {
        ContextCallbacks callbacks = new ContextCallbacks(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new LazyCallback<>(() -> "the test's callback", () -> request -> KeyChoice.none())),
                ContextCallbacks.NONE.contexts());
        ReloadableContext client = new ReloadableContext(
                new ContextName("client"),
                ConfiguredContexts.source(
                        SluiceConfiguration.of(
                                TestConfig.of(properties("client", protocol, key("own", TRUSTED.issue("client"))))),
                        "client",
                        callbacks));

        Conditions.of(server(protocol, TRUSTED.pem()), client)
                .assertClient(protocol, "the test's callback chose no key that the server accepts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientThatSentACertificateIsToldNothingOfIt(String protocol) throws Exception {
        TestChain expired = TRUSTED.issue(CertificateProfile.of("client").expired());

        Conditions conditions =
                Conditions.of(server(protocol, TRUSTED.pem()), context("client", protocol, key("own", expired)));

        assertThat(conditions.server().kind()).isEqualTo(Kind.CERTIFICATE_EXPIRED);
        assertThat(conditions.client().kind()).isEqualTo(Kind.REJECTED_BY_PEER);
        assertThat(conditions.client().getMessage()).doesNotContain("none was sent");
    }
}
