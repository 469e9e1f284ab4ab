package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContextException;
import io.sluice.context.SslSide;
import io.sluice.context.callback.PeerVerdict.Result;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.jsse.JsseProviders;
import io.sluice.internal.settings.ContextName;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.TestChain;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configured contexts with the engine of a named provider, which is the last one of the JVM. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsseProvidersTest {

    private static final String BC = "BCJSSE";
    private static final String CONSCRYPT = "Conscrypt";
    private static final String JDK = "SunJSSE";
    private static final String HYBRID = "X25519MLKEM768";

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TestCertificate RSA = TestCertificate.rsa("localhost");
    private static final TestChain CLIENT = AUTHORITY.issue("client");
    private static final List<Provider> PROVIDERS = List.of(
            new BouncyCastleJsseProvider(new BouncyCastleProvider()),
            Conscrypt.newProviderBuilder()
                    .setName(CONSCRYPT)
                    .provideTrustManager(false)
                    .build());

    @BeforeAll
    static void register() {
        PROVIDERS.forEach(Security::addProvider);
    }

    @AfterAll
    static void unregister() {
        PROVIDERS.forEach(provider -> Security.removeProvider(provider.getName()));
    }

    private static ReloadableContext context(TestChain chain, String provider, String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "key-store.pem.0.cert",
                chain.pem(),
                "key-store.pem.0.key",
                chain.keyPem(),
                "trust-store.pem.certs",
                AUTHORITY.pem()));
        properties.addAll(Arrays.asList(more));
        return context(provider, properties);
    }

    private static ReloadableContext context(String provider, List<String> properties) {
        if (!provider.equals(JDK)) {
            properties.addAll(List.of("provider", provider));
        }
        for (int i = 0; i < properties.size(); i += 2) {
            properties.set(i, "sluice.ssl.web." + properties.get(i));
        }
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(properties.toArray(String[]::new)));
        return new ReloadableContext(new ContextName("web"), ConfiguredContexts.source(configuration, "web"));
    }

    /** The sessions of the server and of the client in each of two connections. */
    private static List<List<TlsSession>> connectTwice(ReloadableContext server, ReloadableContext client)
            throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<List<TlsSession>> sessions = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Socket far = new Socket(listening.getInetAddress(), listening.getLocalPort());
                Socket near = listening.accept();
                FutureTask<TlsSession> served =
                        new FutureTask<>(() -> ConfiguredSide.talk(near, server, SslSide.SERVER));
                new Thread(served).start();
                TlsSession asked = ConfiguredSide.talk(far, client, SslSide.CLIENT);
                sessions.add(List.of(served.get(20, TimeUnit.SECONDS), asked));
            }
            return sessions;
        }
    }

    static Stream<Arguments> pairs() {
        return Stream.of(BC, CONSCRYPT)
                .flatMap(provider ->
                        Stream.of(List.of(provider, provider), List.of(provider, JDK), List.of(JDK, provider)))
                .flatMap(pair -> Stream.of("TLSv1.2", "TLSv1.3")
                        .flatMap(version -> Stream.of("none", "need")
                                .map(auth -> Arguments.of(pair.get(0), pair.get(1), version, auth))));
    }

    /**
     * Sessions of TLS 1.3 are resumed only by Conscrypt as a client, of the servers here. Conscrypt shows its trust manager another engine than
     * the one that it makes, so the verdict on it cannot be found.
     */
    @ParameterizedTest
    @MethodSource("pairs")
    void eachProviderIsServerAndClientAndResumesSessions(String server, String client, String version, String auth)
            throws Exception {
        ReloadableContext serving = context(SERVER, server, "protocols", version, "client-auth", auth);
        ReloadableContext asking = context(CLIENT, client, "protocols", version);

        List<List<TlsSession>> connections = connectTwice(serving, asking);

        for (List<TlsSession> sessions : connections) {
            assertThat(sessions).extracting(TlsSession::protocol).containsOnly(version);
            assertThat(sessions).extracting(TlsSession::engineProvider).containsExactly(server, client);
            assertThat(sessions.get(1).peerCertificates()).hasSize(2);
            assertThat(sessions.get(0).peerCertificates()).hasSize(auth.equals("need") ? 2 : 0);
        }
        assertThat(connections.get(0)).extracting(TlsSession::resumed).containsOnly(false);
        boolean resumed = version.equals("TLSv1.2") || server.equals(JDK) && client.equals(CONSCRYPT);
        assertThat(connections.get(1)).extracting(TlsSession::resumed).containsOnly(resumed);
        assertThat(connections.get(0).get(1).verification().result())
                .isEqualTo(client.equals(CONSCRYPT) ? Result.ACCEPTED_BY_ENGINE : Result.VERIFIED);
    }

    @ParameterizedTest
    @CsvSource({BC + ", SunJSSE", BC + "," + BC, CONSCRYPT + ", SunJSSE", CONSCRYPT + "," + CONSCRYPT})
    void clientChecksTheNameOfTheHost(String client, String server) {
        ReloadableContext serving = context(AUTHORITY.issue("other.example"), server);
        ReloadableContext asking = context(CLIENT, client);

        assertThatThrownBy(() -> connectTwice(serving, asking))
                .isInstanceOfSatisfying(
                        SocketStreamException.class,
                        failure -> assertThat(failure.kind())
                                .isEqualTo(SocketStreamException.Kind.CERTIFICATE_WRONG_HOST));
    }

    @ParameterizedTest
    @ValueSource(strings = {BC, CONSCRYPT})
    void clientChecksTheAuthority(String client) {
        ReloadableContext serving = context(TestAuthority.create("stranger").issue("localhost"), JDK);
        ReloadableContext asking = context(CLIENT, client);

        assertThatThrownBy(() -> connectTwice(serving, asking)).isInstanceOf(SocketStreamException.class);
    }

    @Test
    void unknownProviderIsReported() {
        ReloadableContext web = context(SERVER, "BCJSE");

        assertThatThrownBy(web::load)
                .isInstanceOf(SslContextException.class)
                .hasMessageContaining("sluice.ssl.web.provider (from " + TestConfig.SOURCE
                        + "): this JVM has no provider 'BCJSE' for TLS (did you mean BCJSSE?). Use one of "
                        + String.join(", ", JsseProviders.names())
                        + ", or register the provider in java.security or with Security.addProvider.");
    }

    /** Post-quantum key exchange on every JDK. Bouncy Castle verifies a signature with a curve only if the curve is a group too. */
    @ParameterizedTest
    @CsvSource({
        "'', '', X25519MLKEM768",
        "X25519MLKEM768, X25519MLKEM768, X25519MLKEM768",
        "'', X25519MLKEM768, X25519MLKEM768",
        "X25519MLKEM768, '', X25519MLKEM768",
        "X25519MLKEM768, 'x25519,X25519MLKEM768', X25519MLKEM768",
        "'secp256r1?,x25519', '', x25519",
        "SecP256r1MLKEM768, 'X25519MLKEM768,SecP256r1MLKEM768', SecP256r1MLKEM768"
    })
    void bouncyCastleExchangesKeysInHybridGroups(String ofServer, String ofClient, String group) throws Exception {
        ReloadableContext serving = rsa(BC, groups(ofServer));
        ReloadableContext asking = rsa(BC, groups(ofClient));

        assertThat(connectTwice(serving, asking).get(0))
                .extracting(TlsSession::group)
                .containsOnly(Optional.of(group));
    }

    /** A certificate that both sides trust, and that no signature with a curve leads to. */
    private static ReloadableContext rsa(String provider, String... more) {
        String pem = RSA.certificatePem();
        List<String> properties = new ArrayList<>(List.of(
                "key-store.pem.0.cert", pem, "key-store.pem.0.key", RSA.keyPem(), "trust-store.pem.certs", pem));
        properties.addAll(Arrays.asList(more));
        return context(provider, properties);
    }

    private static String named(String groups) {
        return groups.startsWith(HYBRID) ? HYBRID : "x25519, secp256r1";
    }

    private static String[] groups(String list) {
        return list.isEmpty()
                ? new String[] {"protocols", "TLSv1.3"}
                : new String[] {"protocols", "TLSv1.3", "key-exchange-groups", list};
    }

    @ParameterizedTest
    @CsvSource({
        BC + ", X25519MLKEM768, " + BC + ", 'x25519,secp256r1'",
        BC + ", X25519MLKEM768, SunJSSE, ''",
        "SunJSSE, '', " + BC + ", X25519MLKEM768"
    })
    void hybridGroupAdmitsNothingElse(String server, String ofServer, String client, String ofClient) throws Exception {
        ReloadableContext serving = rsa(server, groups(ofServer));
        ReloadableContext asking = rsa(client, groups(ofClient));

        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket far = new Socket(listening.getInetAddress(), listening.getLocalPort())) {
            Socket near = listening.accept();
            FutureTask<TlsSession> asked = new FutureTask<>(() -> ConfiguredSide.talk(far, asking, SslSide.CLIENT));
            new Thread(asked).start();

            assertThatThrownBy(() -> ConfiguredSide.talk(near, serving, SslSide.SERVER))
                    .isInstanceOf(SocketStreamException.class)
                    .hasMessageMatching("(?s).*; this side has TLSv1.3 with .* and key exchange in " + named(ofServer)
                            + ".*, the peer TLSv1.3 with .* and key exchange in " + named(ofClient) + ".*");
            assertThatThrownBy(() -> asked.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(SocketStreamException.class);
        }
    }
}
