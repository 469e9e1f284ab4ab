package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.TrustStoreSettings;
import io.sluice.server.SocketEndpoint;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that is not set has the effect of its declared default, and another value has another effect. */
class KeyDefaultsTest {

    private static final String CONTEXT = "sluice.ssl.web.";
    private static final String ENDPOINT = "sluice.endpoint.web.";
    private static final String CLIENT = "sluice.client.web.";

    private static TestChain chain;

    @SocketEndpoint("web")
    static void serve() {}

    /** A context as it is configured, and as it is loaded. */
    record Loaded(ContextSettings settings) {
        ContextSnapshot snapshot() throws SslContextException {
            return ConfiguredContexts.source(settings).load(new LoadAttempt());
        }
    }

    interface Look {
        Object at(Loaded context) throws SslContextException;
    }

    /** What a key of a context does. */
    record Effect(Key key, String other, Look look, String... needed) {
        @Override
        public String toString() {
            return key.name();
        }
    }

    static List<Effect> effects() {
        return List.of(
                new Effect(KeyStoreKeys.SNI, "true", it -> it.settings().sni().byName()),
                new Effect(
                        KeyStoreKeys.SNI_UNMATCHED,
                        "refuse",
                        it -> it.settings().sni().refuseUnmatched().isPresent(),
                        "key-store.sni",
                        "true"),
                new Effect(
                        KeyStoreKeys.SNI_MISSING,
                        "refuse",
                        it -> it.settings().sni().refuseMissing().isPresent(),
                        "key-store.sni",
                        "true"),
                new Effect(
                        TrustStoreKeys.INCLUDE_DEFAULT,
                        "true",
                        it -> ((TrustStoreSettings.Pem) it.settings().trustStore()).includeDefault(),
                        "trust-store.pem.certs",
                        "ca.pem"),
                new Effect(
                        TrustStoreKeys.ALL, "true", it -> it.settings().trustStore() instanceof TrustStoreSettings.All),
                new Effect(
                        TrustStoreKeys.SOFT_FAIL,
                        "true",
                        it -> it.settings().revocation().softFail(),
                        "revocation",
                        "ocsp"),
                new Effect(
                        TrustStoreKeys.ONLY_END_ENTITY,
                        "true",
                        it -> it.settings().revocation().onlyEndEntity(),
                        "revocation",
                        "ocsp"),
                new Effect(
                        RotationKeys.RELOAD_PERIOD,
                        "5m",
                        it -> it.settings().rotation().reloadPeriod()),
                new Effect(
                        RotationKeys.EXPIRY_WARNING,
                        "5%",
                        it -> it.settings().rotation().expiryWarnings()),
                new Effect(
                        RotationKeys.OWN_KEYS,
                        "reject",
                        it -> it.settings().rotation().ownKeys()),
                new Effect(
                        RotationKeys.TRUST,
                        "ignore",
                        it -> it.settings().rotation().trust()),
                new Effect(
                        ParameterKeys.PROTOCOLS,
                        "TLSv1.3",
                        it -> List.of(it.snapshot().serverParameters().getProtocols())),
                new Effect(
                        ParameterKeys.CLIENT_AUTH,
                        "need",
                        it -> List.of(
                                it.snapshot().serverParameters().getWantClientAuth(),
                                it.snapshot().serverParameters().getNeedClientAuth())),
                new Effect(
                        ParameterKeys.HOSTNAME_VERIFICATION,
                        "LDAPS",
                        it -> it.snapshot().clientParameters().getEndpointIdentificationAlgorithm()),
                new Effect(
                        ParameterKeys.HANDSHAKE_TIMEOUT,
                        "3s",
                        it -> it.snapshot().timeouts().handshake()),
                new Effect(
                        ParameterKeys.CLOSE_TIMEOUT,
                        "3s",
                        it -> it.snapshot().timeouts().close()),
                new Effect(
                        ParameterKeys.SESSION_TICKETS,
                        "false",
                        it -> it.settings().sessions().sendsTickets()),
                new Effect(
                        ParameterKeys.ENGINE,
                        "auto",
                        it -> it.settings().engine().kind()),
                new Effect(
                        ParameterKeys.WARM_UP, "3", it -> it.settings().engine().warmUp()));
    }

    static Stream<Key> endpointKeysWithDefault() {
        return EndpointKeys.TABLE.keys().filter(KeyDefaultsTest::hasDefault);
    }

    static Stream<Key> clientKeysWithDefault() {
        return ClientKeys.TABLE.keys().filter(KeyDefaultsTest::hasDefault);
    }

    private static boolean hasDefault(Key key) {
        return key.unset().value().isPresent();
    }

    @BeforeAll
    static void issue() throws Exception {
        chain = TestAuthority.create("authority").issue("localhost");
    }

    @Test
    void everyDefaultOfAContextIsCompared() {
        assertThat(effects().stream().map(effect -> effect.key().name()))
                .containsExactlyInAnyOrderElementsOf(ContextKeys.TABLES.stream()
                        .flatMap(KeyTable::keys)
                        .filter(KeyDefaultsTest::hasDefault)
                        .map(Key::name)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("effects")
    void aKeyOfAContextHasItsDefault(Effect effect) throws Exception {
        Object unset = effect.look().at(context(effect, Optional.empty()));

        assertThat(effect.look().at(context(effect, effect.key().unset().value())))
                .isEqualTo(unset);
        assertThat(effect.look().at(context(effect, Optional.of(effect.other()))))
                .isNotEqualTo(unset);
    }

    private static Loaded context(Effect effect, Optional<String> value) throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put(CONTEXT + "key-store.pem.0.cert", chain.pem());
        properties.put(CONTEXT + "key-store.pem.0.key", chain.keyPem());
        for (int i = 0; i < effect.needed().length; i += 2) {
            properties.put(CONTEXT + effect.needed()[i], effect.needed()[i + 1]);
        }
        value.ifPresent(text -> properties.put(CONTEXT + effect.key().name(), text));
        Problems problems = new Problems();
        ContextSettings settings = ConfiguredContexts.settings(
                        SluiceConfiguration.of(TestConfig.of(properties)), "web", problems)
                .orElseThrow();
        assertThat(problems.errors()).isEmpty();
        return new Loaded(settings);
    }

    @Test
    void theDefaultsOfTheJdkAreAsDescribed() throws Exception {
        Effect none = new Effect(ParameterKeys.SESSION_TIMEOUT, "", it -> "");
        ContextSnapshot loaded = context(none, Optional.empty()).snapshot();

        assertThat(loaded.sslContext().getServerSessionContext().getSessionTimeout())
                .isEqualTo(24 * 60 * 60);
        assertThat(ParameterKeys.SESSION_TIMEOUT.unset().words()).contains("the JDK's: `1d`");
        assertThat(ParameterKeys.SESSION_CACHE_SIZE.unset().words())
                .contains("the JDK's: "
                        + loaded.sslContext().getServerSessionContext().getSessionCacheSize());
    }

    @ParameterizedTest
    @MethodSource("endpointKeysWithDefault")
    void aKeyOfAnEndpointHasItsDefault(Key key) throws Exception {
        Optional<EndpointSettings> unset = endpoint(key, Optional.empty());

        assertThat(endpoint(key, key.unset().value())).isEqualTo(unset);
        assertThat(endpoint(key, Optional.of(other(key)))).isNotEqualTo(unset);
    }

    @ParameterizedTest
    @MethodSource("clientKeysWithDefault")
    void aKeyOfAClientHasItsDefault(Key key) throws Exception {
        Optional<ClientSettings> unset = client(key, Optional.empty());

        assertThat(unset).isPresent();
        assertThat(client(key, key.unset().value())).isEqualTo(unset);
        assertThat(client(key, Optional.of(other(key)))).isNotEqualTo(unset);
    }

    private static Optional<ClientSettings> client(Key key, Optional<String> value) throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put(CLIENT + ClientKeys.ADDRESSES.name(), "lab:2575");
        value.ifPresent(text -> properties.put(CLIENT + key.name(), text));
        Problems problems = new Problems();
        Optional<ClientSettings> read =
                SluiceConfiguration.of(TestConfig.of(properties)).client("web", problems);
        assertThat(problems.errors()).isEmpty();
        return read;
    }

    /** A value that the key allows, other than its default. */
    private static String other(Key key) {
        String value = key.unset().value().orElseThrow();
        return switch (key.type()) {
            case TRUTH -> String.valueOf(!Boolean.parseBoolean(value));
            case NUMBER -> "7";
            case CHOICE ->
                key.allowed().words().stream()
                        .filter(word -> !word.equals(value))
                        .findFirst()
                        .orElseThrow();
            default -> "3s";
        };
    }

    private static Optional<EndpointSettings> endpoint(Key key, Optional<String> value) throws Exception {
        Map<String, String> properties = new HashMap<>();
        properties.put(ENDPOINT + EndpointKeys.PORT.name(), "0");
        properties.put(ENDPOINT + EndpointKeys.TRUSTED_PROXIES.name(), "10.0.0.0/8");
        value.ifPresent(text -> properties.put(ENDPOINT + key.name(), text));
        Config config = TestConfig.of(properties);
        SocketEndpoint declared =
                KeyDefaultsTest.class.getDeclaredMethod("serve").getAnnotation(SocketEndpoint.class);
        return SluiceConfiguration.of(config).endpoint(declared, new Problems());
    }

    @ParameterizedTest
    @MethodSource("endpointKeysWithDefault")
    void theDefaultIsAllowed(Key key) {
        assertThat(key.allowed().words().isEmpty()
                        || key.allowed().words().contains(key.unset().value().orElseThrow()))
                .as(Arrays.toString(key.allowed().words().toArray()))
                .isTrue();
    }
}
