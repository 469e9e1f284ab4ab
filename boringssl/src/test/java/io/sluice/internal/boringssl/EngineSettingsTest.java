package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.it.support.Application;
import io.sluice.it.support.HandshakePair;
import io.sluice.stream.Initarg;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.LogCapture;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that BoringSSL cannot honour, and what the engine {@code auto} makes of them. */
class EngineSettingsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    /** Those that the JDK's engine honours. */
    static Stream<Arguments> honouredByTheJdk() {
        return Stream.of(
                Arguments.of(
                        "cipher-suites",
                        "TLS_AES_128_GCM_SHA256",
                        "BoringSSL cannot use only some of the cipher suites of TLSv1.3"),
                Arguments.of(
                        "cipher-suites",
                        "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                        "BoringSSL does not have TLS_DHE_RSA_WITH_AES_128_GCM_SHA256"));
    }

    static Stream<Arguments> refusedByBoth() {
        return Stream.of(
                Arguments.of(
                        "key-exchange-groups",
                        "x25519,ffdhe2048,x448",
                        "BoringSSL does not have the groups ffdhe2048, x448"),
                Arguments.of("key-exchange-groups", "ffdhe2048?", "BoringSSL has none of the groups"),
                Arguments.of(
                        "signature-schemes",
                        "ecdsa_secp256r1_sha256",
                        "the signature schemes of BoringSSL cannot be set"));
    }

    @ParameterizedTest
    @MethodSource({"honouredByTheJdk", "refusedByBoth"})
    void settingThatCannotBeHonouredIsAProblem(String key, String value, String fault) {
        TestContexts contexts = TestContexts.of(AUTHORITY).with("web." + key, value);
        assertThatThrownBy(contexts::start)
                .hasMessageContaining("sluice.ssl.web." + key
                        + " (from PropertiesConfigSource[source=the test's properties]): " + fault);
    }

    @ParameterizedTest
    @MethodSource("honouredByTheJdk")
    void autoSaysWhyNot(String key, String value, String fault) throws Exception {
        try (LogCapture log = LogCapture.of("io.sluice.internal.engine.EngineChoice", record -> true);
                Application application = TestContexts.of(AUTHORITY)
                        .engines("auto", "jdk")
                        .with("web." + key, value)
                        .start();
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            assertThat(met.server().findStream()).isPresent();
            assertThat(LiveObjects.ENGINES).hasValue(0);
            assertThat(log.records())
                    .extracting(LogRecord::getMessage)
                    .singleElement()
                    .asString()
                    .contains("context 'web' uses engines of JSSE, because sluice.ssl.web." + key + ": " + fault);
        }
    }

    /** Has an object of JSSE, which is made beside BoringSSL's engines. */
    @ApplicationScoped
    public static class UserOfJsse {
        @Inject
        @SslContext("web")
        SSLContext context;
    }

    @Test
    void injectedObjectOfJsseNeedsSettingsThatItHonours() throws Exception {
        TestContexts contexts = TestContexts.of(AUTHORITY).with("web.session.tickets", "false");
        assertThatThrownBy(() -> contexts.start(UserOfJsse.class))
                .hasMessageContaining("this object of JSSE does not honour a setting of context 'web'")
                .hasMessageContaining("sluice.ssl.web.session.tickets");
        contexts.start().close();
        TestContexts.of(AUTHORITY).start(UserOfJsse.class).close();
    }

    @Test
    void autoSaysThatItUsesBoringSsl() throws Exception {
        try (LogCapture log = LogCapture.of("io.sluice.internal.engine.EngineChoice", record -> true);
                Application application =
                        TestContexts.of(AUTHORITY).engines("auto", "jdk").start();
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            assertThat(met.server().findStream()).isPresent();
            assertThat(LiveObjects.ENGINES).hasValue(1);
            assertThat(log.records())
                    .extracting(LogRecord::getMessage)
                    .singleElement()
                    .asString()
                    .contains("context 'web' uses BoringSSL for the connections that Sluice makes");
        }
    }

    /** BoringSSL could use such a key, but Netty does not choose it. */
    @Test
    void keyOfAnotherTypeIsAProblem() {
        TestContexts contexts = TestContexts.of(
                AUTHORITY, AUTHORITY.issue(CertificateProfile.of("localhost").keyAlgorithm(KeyAlgorithm.ED25519)));
        assertThatThrownBy(contexts::start)
                .hasMessageContaining("sluice.ssl.web.engine")
                .hasMessageContaining("no handshake can be completed with its keys and boringssl (EdDSA: ")
                .hasMessageContaining("Use RSA or EC keys, or engine=jdk");
    }

    /** Netty asks a key manager for none of this type. */
    @Test
    void clientKeyOfAnotherTypeIsAProblem() {
        var chain = AUTHORITY.issue(CertificateProfile.of("client").keyAlgorithm(KeyAlgorithm.ED25519));
        TestContexts contexts = TestContexts.of(AUTHORITY)
                .with("peer.client-key-store.pem.0.cert", chain.pem())
                .with("peer.client-key-store.pem.0.key", chain.keyPem());
        assertThatThrownBy(contexts::start)
                .hasMessageContaining("sluice.ssl.peer.engine")
                .hasMessageContaining("a client with boringssl cannot use keys of the type EdDSA")
                .hasMessageContaining("Use keys of the types EC, RSA, or use engine=jdk");
    }

    @Test
    void ticketsWithALimitAreAProblem() {
        TestContexts contexts =
                TestContexts.of(AUTHORITY).with("web.session.tickets", "true").with("web.session.timeout", "10m");
        assertThatThrownBy(contexts::start)
                .hasMessageContaining("sluice.ssl.web.session.tickets")
                .hasMessageContaining("BoringSSL does not apply session.timeout to tickets of TLS 1.3");
    }

    @Test
    void oldCipherSuitesAreUsedOnlyIfConfigured() throws Exception {
        String suite = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA";
        TestContexts contexts = TestContexts.of(AUTHORITY).protocol("TLSv1.2").with("peer.cipher-suites", suite);
        try (Application application = contexts.start();
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            assertThat(met.server().findStream()).isEmpty();
        }
        try (Application application = contexts.with("web.cipher-suites", suite).start();
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            assertThat(met.server().orElseThrow().tls().orElseThrow().cipherSuite())
                    .isEqualTo(suite);
        }
        assertThat(Suites.of(ParameterSettings.NONE).names()).noneMatch(name -> name.startsWith("TLS_RSA_"));
    }

    @ParameterizedTest
    @CsvSource({
        "'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "'TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,TLS_CHACHA20_POLY1305_SHA256', TLSv1.3, ",
    })
    void cipherSuitesDecideTheVersion(String suites, String protocol, String suite) throws Exception {
        try (Application application = TestContexts.of(AUTHORITY)
                        .engines("boringssl", "jdk")
                        .with("web.cipher-suites", suites)
                        .start();
                HandshakePair met = HandshakePair.of(application, "web", "peer")) {
            var session = met.server().orElseThrow().tls().orElseThrow();
            assertThat(session.protocol()).isEqualTo(protocol);
            if (suite != null) {
                assertThat(session.cipherSuite()).isEqualTo(suite);
            }
        }
    }

    @Test
    void sideThatIsChosenLaterIsRefused() throws Exception {
        try (Application application = TestContexts.of(AUTHORITY).start()) {
            assertThatThrownBy(() -> HandshakePair.of(
                            application,
                            "web",
                            List.of(),
                            "peer",
                            List.of(Initarg.sslSide(io.sluice.context.SslSide.BOTH))))
                    .hasMessageContaining("'sslSide' must be CLIENT or SERVER");
        }
    }
}
