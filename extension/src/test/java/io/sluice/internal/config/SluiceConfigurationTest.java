package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.internal.context.ContextSource;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.internal.settings.TrustStoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SluiceConfigurationTest {
    private static final ContextCallbacks PASSWORDS = new ContextCallbacks(
            Optional.of(new LazyCallback<>(() -> "the test's callback", () -> request -> new char[0])),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ContextCallbacks.NONE.contexts());

    private static final String W = "sluice.ssl.web.";

    private static ContextSettings web(String... namesAndValues) {
        Problems problems = new Problems();
        Optional<ContextSettings> settings =
                ConfiguredContexts.settings(SluiceConfiguration.of(TestConfig.of(namesAndValues)), "web", problems);
        assertThat(problems.errors()).isEmpty();
        return settings.orElseThrow();
    }

    private static Setting setting(String key, String value) {
        return new Setting(W + key, TestConfig.SOURCE, value, key.endsWith("password"));
    }

    @Test
    void settingsOfANameWithoutPropertiesAreEmpty() {
        Problems problems = new Problems();
        SluiceConfiguration configuration =
                SluiceConfiguration.of(TestConfig.of("sluice.ssl.api.protocols", "TLSv1.3"));

        assertThat(ConfiguredContexts.settings(configuration, "web", problems)).isEmpty();
        assertThat(problems.hasErrors()).isFalse();
    }

    @Test
    void settingsCountAnEmptyValueAsNone() {
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(W + "alpn", ""));

        assertThat(ConfiguredContexts.settings(configuration, "web", new Problems()))
                .isEmpty();
    }

    @Test
    void settingsHoldEveryParameter() {
        ContextSettings web = web(
                W + "protocols", "TLSv1.3",
                W + "cipher-suites", "TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384",
                W + "client-auth", "Need",
                W + "alpn", "mllp",
                W + "hostname-verification-algorithm", "none",
                W + "handshake-timeout", "PT3S",
                W + "close-timeout", "500ms",
                W + "trust-store.jdk", "true");

        assertThat(web.parameters().protocols()).contains(setting("protocols", "TLSv1.3"));
        assertThat(web.parameters().cipherSuites().orElseThrow().list())
                .containsExactly("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384");
        assertThat(web.parameters().clientAuth()).contains(ClientAuth.NEED);
        assertThat(web.parameters().alpn().orElseThrow().list()).containsExactly("mllp");
        assertThat(web.parameters().hostnameVerification())
                .contains(setting("hostname-verification-algorithm", "NONE"));
        assertThat(web.parameters().handshakeTimeout()).contains(Duration.ofSeconds(3));
        assertThat(web.parameters().closeTimeout()).contains(Duration.ofMillis(500));
        assertThat(web.trustStore())
                .isEqualTo(new TrustStoreSettings.Jdk(Optional.of(setting("trust-store.jdk", "true"))));
        assertThat(web.keyStore()).isEmpty();
    }

    @Test
    void settingsHoldPemPairsInTheOrderOfTheirNumbers() {
        assertThat(pairs(
                        W + "key-store.pem.10.cert",
                        "c",
                        W + "key-store.pem.10.key",
                        "k",
                        W + "key-store.pem.2.cert",
                        "c",
                        W + "key-store.pem.2.key",
                        "k",
                        W + "key-store.pem.rsa.cert",
                        "c",
                        W + "key-store.pem.rsa.key",
                        "k"))
                .containsExactly(W + "key-store.pem.2", W + "key-store.pem.10", W + "key-store.pem.rsa");
    }

    @Test
    void settingsHoldPemPairsInTheOrderThatIsConfigured() {
        assertThat(pairs(
                        W + "key-store.pem.order",
                        "rsa,ec",
                        W + "key-store.pem.ec.cert",
                        "c",
                        W + "key-store.pem.ec.key",
                        "k",
                        W + "key-store.pem.rsa.cert",
                        "c",
                        W + "key-store.pem.rsa.key",
                        "k"))
                .containsExactly(W + "key-store.pem.rsa", W + "key-store.pem.ec");
    }

    private static List<String> pairs(String... namesAndValues) {
        return ((KeyStoreSettings.Pem) web(namesAndValues).keyStore().orElseThrow())
                .pairs().stream().map(KeyStoreSettings.Pair::prefix).toList();
    }

    @ParameterizedTest
    @CsvSource({"p12,PKCS12", "jks,JKS"})
    void settingsHoldAStore(String kind, String type) {
        String prefix = "key-store." + kind;
        ContextSettings web = web(
                W + prefix + ".path", "a-path",
                W + prefix + ".password", "a-secret",
                W + prefix + ".alias", "an-alias",
                W + prefix + ".alias-password", "another-secret",
                W + "key-store.sni", "true");

        assertThat(web.keyStore())
                .contains(new KeyStoreSettings.Store(new StoreSettings(
                        W + prefix,
                        setting(prefix + ".path", type),
                        Optional.empty(),
                        Optional.of(setting(prefix + ".path", "a-path")),
                        Optional.of(setting(prefix + ".password", "a-secret")),
                        Optional.of(setting(prefix + ".alias", "an-alias")),
                        Optional.of(setting(prefix + ".alias-password", "another-secret")))));
        assertThat(web.sni().choice()).contains(setting("key-store.sni", "true"));
    }

    @Test
    void settingsHoldAStoreOfAnyType() {
        String prefix = "trust-store.other";
        ContextSettings web = web(
                W + prefix + ".type", "DKS",
                W + prefix + ".provider", "SUN",
                W + "trust-store.include-default", "true");

        assertThat(web.trustStore())
                .isEqualTo(new TrustStoreSettings.Store(
                        new StoreSettings(
                                W + prefix,
                                setting(prefix + ".type", "DKS"),
                                Optional.of(setting(prefix + ".provider", "SUN")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        true));
    }

    @ParameterizedTest
    @CsvSource({"close-timeout, 1s, 1", "trust-store.jdk, true, 0"})
    void loadWarnsOfClientAuthWithoutTrust(String key, String value, int warnings) throws Exception {
        ContextSnapshot loaded = ConfiguredContexts.source(web(W + "client-auth", "want", W + key, value))
                .load(new LoadAttempt());

        assertThat(loaded.warnings())
                .hasSize(warnings)
                .allSatisfy(warning -> assertThat(warning.message())
                        .isEqualTo(
                                "sluice.ssl.web.trust-store.pem.certs (not set): clients are asked for a certificate, and"
                                        + " certificates of every public authority are accepted. Name the certificates to trust, or set"
                                        + " sluice.ssl.web.trust-store.jdk=true if this is intended."));
    }

    @Test
    void sourceReadsTheSettingsAnewAtEachReload() throws Exception {
        Map<String, String> live = new ConcurrentHashMap<>(Map.of(W + "protocols", "TLSv1.3"));
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.live(live));
        ReloadableContext context =
                new ReloadableContext(new ContextName("web"), ConfiguredContexts.source(configuration, "web"));
        live.put(W + "protocols", "TLSv1.2");
        assertThat(context.parameters().getProtocols()).containsExactly("TLSv1.3");

        context.reload();
        assertThat(context.parameters().getProtocols()).containsExactly("TLSv1.2");

        live.put(W + "protocols", "TLSv9");
        live.put(W + "client-auth", "maybe");
        assertThatThrownBy(context::reload)
                .isInstanceOf(SslContextException.class)
                .hasMessageStartingWith("context 'web' cannot be loaded: sluice.ssl.web.client-auth (from live):"
                        + " 'maybe' is not valid. Use one of none, want, need.");
        assertThat(context.parameters().getProtocols()).containsExactly("TLSv1.2");
    }

    @Test
    void reloadWithoutASingleSettingLeftFailsAndKeepsTheContext() throws Exception {
        Map<String, String> live = new ConcurrentHashMap<>(Map.of(W + "protocols", "TLSv1.2"));
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.live(live));
        ReloadableContext context =
                new ReloadableContext(new ContextName("web"), ConfiguredContexts.source(configuration, "web"));
        ContextSnapshot before = context.load();
        live.clear();

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(context::reload)
                    .isInstanceOf(SslContextException.class)
                    .hasMessageMatching("context 'web' was configured, but none of its properties is set now\\."
                            + " Set sluice\\.ssl\\.web\\.… again \\(the material loaded at \\S+Z stays in use\\)");
        }
        assertThat(context.load()).isSameAs(before);

        live.put(W + "protocols", "TLSv1.3");
        context.reload();
        assertThat(context.parameters().getProtocols()).containsExactly("TLSv1.3");
    }

    /** A context with callbacks is not loaded at deployment: its errors are first reported when it is used. */
    @Test
    void settingsThatWereWrongAndVanishedAreNotTheJdksDefaults() throws Exception {
        Map<String, String> live = new ConcurrentHashMap<>(Map.of(W + "client-auth", "maybe"));
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.live(live));
        ReloadableContext context = new ReloadableContext(
                new ContextName("web"), ConfiguredContexts.source(configuration, "web", PASSWORDS));
        assertThatThrownBy(context::load).hasMessageContaining("'maybe' is not valid");
        live.clear();

        assertThatThrownBy(context::load)
                .isInstanceOf(SslContextException.class)
                .hasMessage("context 'web' was configured, but none of its properties is set now."
                        + " Set sluice.ssl.web.… again");

        live.put(W + "protocols", "TLSv1.3");
        assertThat(context.load().clientParameters().getProtocols()).containsExactly("TLSv1.3");
    }

    @Test
    void settingsThatWereWrongAtDeploymentAreReadAgainAtTheFirstUse() throws Exception {
        Map<String, String> live =
                new ConcurrentHashMap<>(Map.of(W + "protocols", "TLSv1.3", W + "client-auth", "maybe"));
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.live(live));
        ContextSource source = ConfiguredContexts.source(configuration, "web", PASSWORDS);
        live.remove(W + "client-auth");

        assertThat(source.load(new LoadAttempt()).clientParameters().getProtocols())
                .containsExactly("TLSv1.3");
    }

    @Test
    void settingsOfAContextWithoutCallbacksAreReadOnceForDeployment() {
        Map<String, String> live = new ConcurrentHashMap<>(Map.of(W + "client-auth", "maybe"));
        ContextSource source = ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.live(live)), "web");
        live.clear();

        assertThatThrownBy(() -> source.load(new LoadAttempt())).hasMessageContaining("'maybe' is not valid");
    }

    @Test
    void nameThatWasNeverConfiguredIsTheJdksAtEachReload() throws Exception {
        ContextName name = ContextName.DEFAULT;
        assertThat(SluiceConfiguration.of(TestConfig.of()).read(name).isConfigured())
                .isFalse();
        ReloadableContext context = new ReloadableContext(name, ContextSource.jdkDefault());
        context.load();
        context.reload();

        assertThat(context.load().sslContext()).isSameAs(javax.net.ssl.SSLContext.getDefault());
    }

    @Test
    void settingsShowNoSecret() {
        String secret = "s3cret-Pa55word";
        ContextSettings stores = web(
                W + "key-store.jks.path",
                "a",
                W + "key-store.jks.password",
                secret,
                W + "key-store.jks.alias-password",
                secret,
                W + "trust-store.p12.path",
                "b",
                W + "trust-store.p12.password",
                secret);
        ContextSettings pem = web(
                W + "key-store.pem.0.cert",
                "c",
                W + "key-store.pem.0.key",
                "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----",
                W + "key-store.pem.0.password",
                secret);
        ContextSettings base64 = web(W + "key-store.pem.0.cert", "c", W + "key-store.pem.0.key", "base64:" + secret);

        assertThat(stores.toString()).doesNotContain(secret).contains("password=********");
        assertThat(pem.toString()).doesNotContain(secret).contains("inline PEM (69 characters)");
        assertThat(base64.toString()).doesNotContain(secret).contains("inline base64 (22 characters)");
    }

    @Test
    void configuredNamesAreThoseOfPropertiesAndOfTheList() {
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(
                "sluice.ssl.web.protocols", "TLSv1.3",
                "sluice.ssl.my-app.key-store.p12.path", "x",
                "sluice.contexts", "from-env,other",
                "sluice.ssl.Bad.protocols", "TLSv1.3",
                "sluice.ssl.none.protocols", "TLSv1.3",
                "sluice.other", "x"));

        assertThat(configuration.configuredNames()).containsExactly("from-env", "my-app", "other", "web");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sluice.ssl.web.protocls                | there is no key 'protocls' (did you mean protocols?). Correct the name, or remove the property.
            sluice.ssl.web.key-store.p12.pasword   | there is no key 'key-store.p12.pasword' (did you mean key-store.p12.password?). Correct the name, or remove the property.
            sluice.ssl.web.key-store.pem.0.crt     | there is no key 'key-store.pem.0.crt' (did you mean key-store.pem.0.cert?). Correct the name, or remove the property.
            sluice.ssl.web.trust-store.certs       | there is no key 'trust-store.certs' (did you mean trust-store.pem.certs?). Correct the name, or remove the property.
            sluice.ssl.web.unheard-of              | there is no key 'unheard-of'. Correct the name, or remove the property.
            sluice.ssl.Web.protocols               | 'Web' cannot be the name of a context. Use lower-case letters and digits, with single hyphens between them, such as my-app.
            sluice.ssl.my--app.protocols           | 'my--app' cannot be the name of a context. Use lower-case letters and digits, with single hyphens between them, such as my-app.
            sluice.ssl.none.protocols              | context 'none' is plaintext and has no settings. Give the context another name.
            sluice.ssl.protocols                   | the name has no context or no key. Write sluice.ssl.<name>.<key>, such as sluice.ssl.web.protocols.
            """)
    void reportUnknownKeysNamesTheKey(String property, String message) {
        Problems problems = new Problems();
        SluiceConfiguration.of(TestConfig.of(property, "x")).reportUnknownKeys(problems);

        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly(property + " (from " + TestConfig.SOURCE + "): " + message);
    }

    @Test
    void reportUnknownKeysTellsOfNamesInTheListThatCannotBe() {
        Problems problems = new Problems();
        SluiceConfiguration.of(TestConfig.of("sluice.contexts", "web,MyApp")).reportUnknownKeys(problems);

        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly("sluice.contexts (from " + TestConfig.SOURCE
                        + "): 'MyApp' cannot be the name of a context."
                        + " Use lower-case letters and digits, with single hyphens between them, such as my-app.");
    }

    @ParameterizedTest
    @CsvSource({
        "10s,PT10S",
        "500ms,PT0.5S",
        "2m,PT2M",
        "1h,PT1H",
        "30d,P30D",
        "P30D,P30D",
        "PT1.5S,PT1.5S",
        "' 3 s ',PT3S",
        "0s,PT0S",
        "PT0S,PT0S"
    })
    void durationsHaveSeveralForms(String text, Duration expected) {
        assertThat(PropertyReader.parseDuration(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "-1s", "PT-1S", "1 day", "s", "99999999999s"})
    void durationsThatAreNoneAreEmpty(String text) {
        assertThat(PropertyReader.parseDuration(text)).isEmpty();
    }
}
