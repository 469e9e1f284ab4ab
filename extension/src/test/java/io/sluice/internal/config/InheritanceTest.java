package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.ClientAuth;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.ManagedSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.internal.settings.TrustStoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A context inherits the settings of another one, key by key, but never mixes two stores. */
class InheritanceTest {
    private static final String FROM = " (from " + TestConfig.SOURCE + "): ";

    private final Problems problems = new Problems();

    /** Reads {@code web} from properties such as {@code web.protocols=TLSv1.3}. */
    private Optional<ContextSettings> web(String... properties) {
        Map<String, String> all = new HashMap<>();
        Arrays.stream(properties)
                .map(property -> property.split("=", 2))
                .forEach(parts -> all.put("sluice.ssl." + parts[0], parts[1]));
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(all));
        configuration.reportUnknownKeys(problems);
        return ConfiguredContexts.settings(configuration, "web", problems);
    }

    private List<String> messages() {
        return problems.errors().stream().map(Problem::message).toList();
    }

    @Test
    void ownSettingsWinKeyByKey() {
        ContextSettings web = web(
                        "base.protocols=TLSv1.2",
                        "base.client-auth=need",
                        "base.alpn=mllp",
                        "base.handshake-timeout=3s",
                        "base.session.timeout=1h",
                        "web.inherits=base",
                        "web.protocols[0]=TLSv1.3",
                        "web.alpn=",
                        "web.handshake-timeout=5s")
                .orElseThrow();

        assertThat(messages()).isEmpty();
        assertThat(web.parameters().protocols().map(Setting::list)).contains(List.of("TLSv1.3"));
        assertThat(web.parameters().clientAuth()).contains(ClientAuth.NEED);
        assertThat(web.parameters().alpn().map(Setting::value)).contains("mllp");
        assertThat(web.parameters().handshakeTimeout()).contains(Duration.ofSeconds(5));
        assertThat(web.sessions().timeout()).contains(Duration.ofHours(1));
        assertThat(web.inherits()).extracting(Setting::property).containsExactly("sluice.ssl.web.inherits");
    }

    @Test
    void contextThatOnlyInheritsIsConfigured() {
        ContextSettings web = web("base.protocols=TLSv1.3", "web.inherits=middle", "middle.inherits=base")
                .orElseThrow();

        assertThat(messages()).isEmpty();
        assertThat(web.name().value()).isEqualTo("web");
        assertThat(web.parameters().protocols().map(Setting::property)).contains("sluice.ssl.base.protocols");
        assertThat(web.inherits())
                .extracting(Setting::property)
                .containsExactly("sluice.ssl.web.inherits", "sluice.ssl.middle.inherits");
        assertThat(SluiceConfiguration.of(TestConfig.of("sluice.ssl.web.inherits", "base"))
                        .configuredNames())
                .containsExactly("web");
    }

    @Test
    void keysForClientsAreAGroupOfTheirOwn() {
        ContextSettings web = web(
                        "base.key-store.p12.path=a",
                        "base.client-key-store.p12.path=b",
                        "base.client-key-store.p12.password=x",
                        "web.inherits=base",
                        "web.key-store.jks.path=c",
                        "web.client-key-store.p12.alias=d")
                .orElseThrow();

        assertThat(messages()).isEmpty();
        assertThat(web.keyStore().map(InheritanceTest::properties)).contains("web.jks.path");
        assertThat(web.clientKeyStore().map(InheritanceTest::properties))
                .contains("base.client-p12.path base.client-p12.password web.client-p12.alias");
    }

    /** What each context sets, and the properties of the key store that result, without the beginning of their names. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            base.p12.path base.p12.password                                  | base.p12.path base.p12.password
            base.p12.path base.p12.password web.p12.password-file            | base.p12.path web.p12.password-file
            base.p12.path base.p12.password-file web.p12.password            | base.p12.path web.p12.password
            base.p12.path base.p12.password web.p12.alias                    | base.p12.path base.p12.password web.p12.alias
            base.p12.path base.p12.password web.p12.password                 | base.p12.path web.p12.password
            base.p12.path base.p12.password base.p12.alias web.p12.path      | web.p12.path
            base.p12.path base.p12.password web.jks.path web.jks.password    | web.jks.path web.jks.password
            base.p12.path base.pem.0.cert base.kind=p12 base.p12.password    | base.p12.path base.p12.password
            base.p12.path base.pem.0.cert base.pem.0.key base.kind=p12 web.kind=pem | base.pem.0.cert base.pem.0.key
            base.p12.path base.kind=p12 web.pem.0.cert web.pem.0.key         | web.pem.0.cert web.pem.0.key
            base.p12.path web.kind=none                                      |
            base.pem.0.cert base.pem.0.key base.pem.1.cert base.pem.1.key    | base.pem.0.cert base.pem.0.key base.pem.1.cert base.pem.1.key
            base.pem.0.cert base.pem.0.key base.pem.1.cert base.pem.1.key web.pem.a.cert web.pem.a.key | web.pem.a.cert web.pem.a.key
            base.pem[0].cert base.pem[0].key web.pem.0.password              | base.pem[0].cert base.pem[0].key web.pem.0.password
            base.pem.0.cert base.pem.0.key base.pem.1.cert base.pem.1.key web.pem.order=1,0 | base.pem.1.cert base.pem.1.key base.pem.0.cert base.pem.0.key
            base.other.type=DKS base.other.password web.other.alias          | base.other.type base.other.password web.other.alias
            base.other.type=DKS base.other.password web.other.type=BKS       | web.other.type
            base.other.type=DKS base.other.password web.p12.path             | web.p12.path
            root.p12.path root.p12.password base.p12.alias                   | root.p12.path root.p12.password base.p12.alias
            root.p12.path root.p12.password root.p12.alias base.p12.path web.p12.alias | base.p12.path web.p12.alias
            root.p12.path base.jks.path web.p12.alias web.p12.path           | web.p12.path web.p12.alias
            """)
    void storesAreNotMixed(String given, String expected) {
        List<String> properties = new ArrayList<>(List.of("web.inherits=base", "base.inherits=root", "root.alpn=x"));
        for (String property : given.split(" ")) {
            String name = property.replaceFirst("\\.", ".key-store.");
            properties.add(name.contains("=") ? name : name + "=" + property);
        }

        Optional<KeyStoreSettings> store =
                web(properties.toArray(String[]::new)).orElseThrow().keyStore();

        assertThat(messages()).isEmpty();
        assertThat(store.map(InheritanceTest::properties).orElse("")).isEqualTo(expected == null ? "" : expected);
    }

    private static String properties(KeyStoreSettings settings) {
        Stream<Setting> all = settings instanceof KeyStoreSettings.Pem pem
                ? pem.pairs().stream()
                        .flatMap(pair ->
                                Stream.concat(Stream.of(pair.certificate(), pair.key()), pair.password().stream()))
                : properties(((KeyStoreSettings.Store) settings).store());
        return all.map(Setting::property)
                .map(name -> name.replace("sluice.ssl.", "").replace("key-store.", ""))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static Stream<Setting> properties(StoreSettings store) {
        Optional<Setting> type = store.location().isPresent() ? Optional.empty() : Optional.of(store.type());
        return Stream.of(type, store.location(), store.password(), store.alias())
                .flatMap(Optional::stream);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            base.trust-store.pem.certs=a                                                     | base.trust-store.pem.certs
            base.trust-store.pem.certs=a base.trust-store.include-default=true               | base.trust-store.pem.certs and the JDK's
            base.trust-store.pem.certs=a web.trust-store.include-default=true                | base.trust-store.pem.certs and the JDK's
            base.trust-store.pem.certs=a base.trust-store.include-default=true web.trust-store.p12.path=b | web.trust-store.p12.path
            base.trust-store.pem.certs[0]=a base.trust-store.pem.certs[1]=b web.trust-store.pem.certs=c | web.trust-store.pem.certs
            base.trust-store.pem.certs=a web.trust-store.jdk=true                            | web.trust-store.jdk
            base.trust-store.pem.certs=a web.trust-store.kind=jdk                            | web.trust-store.kind
            base.trust-store.jdk=true web.trust-store.pem.certs=a                            | web.trust-store.pem.certs
            base.trust-store.jdk=false web.trust-store.pem.certs=a                           | web.trust-store.pem.certs
            base.trust-all=true                                                              | base.trust-all
            base.trust-all=true web.trust-all=false                                          | nothing
            base.trust-all=true web.trust-store.pem.certs=a                                  | web.trust-store.pem.certs
            base.trust-store.pem.certs=a web.trust-all=true                                  | web.trust-all
            """)
    void trustIsNotMixed(String given, String expected) {
        List<String> properties = new ArrayList<>(List.of(given.split(" ")));
        properties.add("web.inherits=base");

        TrustStoreSettings trust =
                web(properties.toArray(String[]::new)).orElseThrow().trustStore();

        assertThat(messages()).isEmpty();
        assertThat(described(trust)).isEqualTo(expected);
    }

    private static String described(TrustStoreSettings trust) {
        String described;
        if (trust instanceof TrustStoreSettings.Pem pem) {
            described = pem.certificates().property() + (pem.includeDefault() ? " and the JDK's" : "");
        } else if (trust instanceof TrustStoreSettings.Store store) {
            described = store.store().location().orElseThrow().property()
                    + (store.includeDefault() ? " and the JDK's" : "");
        } else if (trust instanceof TrustStoreSettings.All all) {
            described = all.setting().property();
        } else {
            described = ((TrustStoreSettings.Jdk) trust)
                    .setting()
                    .map(Setting::property)
                    .orElse("nothing");
        }
        return described.replace("sluice.ssl.", "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            base.client-auth.allow.dns=a                                | base.client-auth.allow.dns
            base.client-auth.allow.dns=a web.client-auth.allow.cn=b     | web.client-auth.allow.cn
            base.client-auth.allow.dns=a web.client-auth=need           | base.client-auth.allow.dns
            base.client-auth.allow.dns=a web.client-auth=none           |
            """)
    void rulesAboutClientsAreNotMixed(String given, String expected) {
        List<String> properties = new ArrayList<>(List.of(given.split(" ")));
        properties.addAll(List.of("web.inherits=base", "base.client-auth=need", "base.trust-store.pem.certs=a"));

        List<String> rules = web(properties.toArray(String[]::new)).orElseThrow().allow().rules().stream()
                .map(rule -> rule.pattern().property().replace("sluice.ssl.", ""))
                .toList();

        assertThat(messages()).isEmpty();
        assertThat(rules).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void contextOfTheServersIsInherited() {
        assertThat(web("base.managed.jndi=java:global/a", "web.inherits=base")
                        .orElseThrow()
                        .managed()
                        .map(ManagedSettings::reference)
                        .map(Setting::property))
                .contains("sluice.ssl.base.managed.jndi");
        assertThat(web(
                                "base.managed.jndi=java:global/a",
                                "web.inherits=base",
                                "web.managed.kind=none",
                                "web.key-store.p12.path=a")
                        .orElseThrow()
                        .managed())
                .isEmpty();
        assertThat(messages()).isEmpty();

        web("base.managed.jndi=java:global/a", "web.inherits=base", "web.trust-store.pem.certs=a");
        assertThat(messages())
                .containsExactly("sluice.ssl.web.trust-store.pem.certs" + FROM
                        + "the server manages the keys, trust and sessions of this context"
                        + " (sluice.ssl.base.managed.jndi), so this property has no effect. Remove one of the two"
                        + " properties, or set sluice.ssl.web.managed.kind to select one.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            web.inherits=web                                     | web.inherits  | context 'web' inherits from itself (web, web). Break the cycle.
            web.inherits=a a.inherits=b b.inherits=web           | b.inherits    | context 'web' inherits from itself (web, a, b, web). Break the cycle.
            web.inherits=a a.inherits=b b.inherits=a             | b.inherits    | context 'a' inherits from itself (a, b, a). Break the cycle.
            web.inherits=bsae base.alpn=x                        | web.inherits  | nothing configures context 'bsae' (did you mean base?). Name a context that is configured, or remove this property.
            web.inherits=default                                 | web.inherits  | nothing configures context 'default'. Name a context that is configured, or remove this property.
            web.inherits=none                                    | web.inherits  | context 'none' is plaintext and has no settings to inherit. Name another context, or remove this property.
            web.inherits=Base base.alpn=x                        | web.inherits  | 'Base' cannot be the name of a context (did you mean base?). Use lower-case letters and digits, with single hyphens between them, such as my-app.
            web.inherits=                                        | web.inherits  | it is set but empty. Give it a value, or remove the property from that source.
            web.inherit=base                                     | web.inherit   | there is no key 'inherit' (did you mean inherits?). Correct the name, or remove the property.
            web.inherits=base base.client-auth=ned               | base.client-auth | 'ned' is not valid (did you mean need?). Use one of none, want, need.
            web.inherits=base base.protocols=                    | base.protocols | it is set but empty. Give it a value, or remove the property from that source.
            web.inherits=base base.key-store.p12.password=x      | base.key-store.p12.path | the store has no path. Set it, or remove the other properties of this store.
            web.inherits=base base.key-store.p12.path=x web.key-store.kind=jks | web.key-store.kind | it selects jks, but no property of that kind is set. Set sluice.ssl.web.key-store.jks.…, or select another kind.
            """)
    void problemNamesThePropertyThatCausesIt(String given, String property, String message) {
        web(given.split(" "));

        String source = message.startsWith("the store has no path") ? " (not set): " : FROM;
        assertThat(messages()).containsExactly("sluice.ssl." + property + source + message);
    }

    @Test
    void missingPasswordOfAnInheritedStoreIsThatOfItsContext() {
        KeyStoreSettings store = web("web.inherits=base", "base.key-store.p12.path=a", "web.key-store.p12.alias=b")
                .orElseThrow()
                .keyStore()
                .orElseThrow();

        assertThat(((KeyStoreSettings.Store) store).store().prefix()).isEqualTo("sluice.ssl.base.key-store.p12");
    }
}
