package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.context.ContextSnapshot;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.TrustStoreSettings;
import io.sluice.server.SocketEndpoint;
import io.sluice.stream.proxy.ProxyProtocol;
import io.sluice.stream.proxy.ProxyVersion;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ChildJvm;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and pairs with one property per element, as YAML sources give them. */
class IndexedKeysTest {
    private static final String P = "sluice.ssl.web.";
    private static final String E = "sluice.endpoint.web.";
    private static final String FROM = " (from " + TestConfig.SOURCE + "): ";

    private final Problems problems = new Problems();

    @SocketEndpoint(value = "web", port = 0)
    static void serve() {}

    private Optional<ContextSettings> settings(Config config) {
        SluiceConfiguration configuration = SluiceConfiguration.of(config);
        configuration.reportUnknownKeys(problems);
        configuration.reportUnknownEndpointKeys(Set.of("web"), problems);
        return ConfiguredContexts.settings(configuration, "web", problems);
    }

    private List<String> messages() {
        return problems.errors().stream().map(Problem::message).toList();
    }

    @Test
    void yamlOfAContextAndAnEndpointIsRead() throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        TestChain rsa = authority.issue("localhost");
        TestChain ec = authority.issue(CertificateProfile.of("localhost").keyAlgorithm(KeyAlgorithm.EC));
        Config config = yaml("""
                sluice:
                  contexts: [web, other]
                  ssl:
                    web:
                      protocols: [TLSv1.3, TLSv1.2]
                      cipher-suites:
                        - TLS_AES_256_GCM_SHA384
                        - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
                      alpn: ["a,b", mllp]
                      key-store:
                        pem:
                          - cert: |
                %s
                            key: |
                %s
                          - cert: |
                %s
                            key: |
                %s
                      trust-store:
                        pem:
                          certs:
                            - |
                %s
                            - |
                %s
                  endpoint:
                    web:
                      port: 0
                      proxy-protocol: v2
                      trusted-proxies:
                        - 10.0.0.0/8
                        - "::1"
                """.formatted(
                        block(rsa.pem()),
                        block(rsa.keyPem()),
                        block(ec.pem()),
                        block(ec.keyPem()),
                        block(authority.pem()),
                        block(ec.pem())));

        ContextSettings settings = settings(config).orElseThrow();
        ContextSnapshot loaded = ConfiguredContexts.source(settings).load(new LoadAttempt());

        assertThat(messages()).isEmpty();
        assertThat(SluiceConfiguration.of(config).configuredNames()).containsExactly("other", "web");
        assertThat(settings.parameters().protocols().map(Setting::list)).contains(List.of("TLSv1.3", "TLSv1.2"));
        assertThat(settings.parameters().cipherSuites().map(Setting::list))
                .contains(List.of("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"));
        assertThat(settings.parameters().alpn().map(Setting::list)).contains(List.of("a,b", "mllp"));
        assertThat(((KeyStoreSettings.Pem) settings.keyStore().orElseThrow()).pairs())
                .extracting(KeyStoreSettings.Pair::prefix)
                .containsExactly(P + "key-store.pem.0", P + "key-store.pem.1");
        assertThat(loaded.sslContext()).isNotNull();
        assertThat(SluiceConfiguration.of(config)
                        .endpoint(
                                IndexedKeysTest.class.getDeclaredMethod("serve").getAnnotation(SocketEndpoint.class),
                                problems)
                        .orElseThrow()
                        .server()
                        .proxyProtocol())
                .contains(ProxyProtocol.from(ProxyVersion.V2, "10.0.0.0/8", "::1"));
    }

    private static String block(String pem) {
        return pem.strip().indent(22).stripTrailing();
    }

    private static Config yaml(String text) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new YamlConfigSource("application.yaml", text, 110))
                .build();
    }

    @Test
    void emptyListOfYamlIsReported() {
        settings(yaml("sluice: {ssl: {web: {protocols: [], trust-store: {pem: {certs: []}}}}}"));

        assertThat(problems.errors())
                .extracting(problem -> problem.property() + ": " + problem.fault())
                .containsExactlyInAnyOrder(
                        P + "protocols: it is set but empty", P + "trust-store.pem.certs: it is set but empty");
    }

    /** As in a source of Helidon, which lists no name without a number. */
    @ParameterizedTest
    @ValueSource(strings = {"[%s]", ".%s"})
    void everyListIsReadByItsElements(String form) {
        Config config = TestConfig.of(
                P + "protocols" + form.formatted(0), "TLSv1.3",
                P + "protocols" + form.formatted(1), "TLSv1.2",
                P + "cipher-suites" + form.formatted(0), "TLS_AES_256_GCM_SHA384",
                P + "alpn" + form.formatted(0), "h2",
                P + "trust-store.pem.certs" + form.formatted(0), "/a,b/c.pem",
                P + "trust-store.pem.certs" + form.formatted(1), "d.pem",
                P + "trust-store.revocation-lists" + form.formatted(0), "a.crl",
                P + "key-store.pem.order" + form.formatted(0), "1",
                P + "key-store.pem.order" + form.formatted(1), "0",
                P + "key-store.pem" + form.formatted(0) + ".cert", "c0",
                P + "key-store.pem" + form.formatted(0) + ".key", "k0",
                P + "key-store.pem" + form.formatted(0) + ".password", "p0",
                P + "key-store.pem" + form.formatted(1) + ".cert", "c1",
                P + "key-store.pem" + form.formatted(1) + ".key", "k1",
                "sluice.contexts" + form.formatted(0), "other");

        ContextSettings settings = settings(config).orElseThrow();

        assertThat(messages()).isEmpty();
        assertThat(SluiceConfiguration.of(config).configuredNames()).containsExactly("other", "web");
        assertThat(settings.parameters().protocols())
                .contains(Setting.of(P + "protocols", TestConfig.SOURCE, "TLSv1.3,TLSv1.2"));
        assertThat(settings.parameters().cipherSuites().map(Setting::list)).contains(List.of("TLS_AES_256_GCM_SHA384"));
        assertThat(settings.parameters().alpn().map(Setting::list)).contains(List.of("h2"));
        assertThat(((TrustStoreSettings.Pem) settings.trustStore())
                        .certificates()
                        .list())
                .containsExactly("/a,b/c.pem", "d.pem");
        assertThat(settings.revocation().lists().map(Setting::list)).contains(List.of("a.crl"));
        assertThat(((KeyStoreSettings.Pem) settings.keyStore().orElseThrow()).pairs())
                .extracting(
                        pair -> pair.certificate().value(),
                        pair -> pair.key().value(),
                        pair -> pair.password().map(Setting::value).orElse("none"))
                .containsExactly(tuple("c1", "k1", "none"), tuple("c0", "k0", "p0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            protocols[1]=TLSv1.3                               | protocols[1] | its source does not set sluice.ssl.web.protocols[0]. Number the elements from 0 without a gap.
            protocols[0]=TLSv1.3;protocols[2]=TLSv1.2          | protocols[2] | its source does not set sluice.ssl.web.protocols[1]. Number the elements from 0 without a gap.
            protocols[0]=TLSv1.3;protocols[1]=                 | protocols[1] | it is set but empty. Give it a value, or remove the property from that source.
            protocols[0]=TLSv1.3;protocols=TLSv1.2             | protocols | the list is also set element by element (sluice.ssl.web.protocols[0]), with different elements. Keep one of the two.
            protocols[0]=TLSv1.3;protocols.0=TLSv1.2           | protocols.0 | it is also set as sluice.ssl.web.protocols[0], with a different value. Keep one of the two.
            key-store.pem[0].cert=a;key-store.pem[0].key=b;key-store.pem.0.cert=c | key-store.pem[0].cert | it is also set as sluice.ssl.web.key-store.pem.0.cert, with a different value. Keep one of the two.
            """)
    void listThatContradictsItselfIsReported(String properties, String key, String message) {
        settings(TestConfig.of(Arrays.stream(properties.split(";"))
                .flatMap(property -> Arrays.stream((P + property).split("=", 2)))
                .toArray(String[]::new)));

        assertThat(messages()).containsExactly(P + key + FROM + message);
    }

    @Test
    void gapInTheNumbersOfPairsIsReported() {
        settings(TestConfig.of(
                P + "key-store.pem[0].cert", "c",
                P + "key-store.pem[0].key", "k",
                P + "key-store.pem[2].cert", "c",
                P + "key-store.pem[2].key", "k"));

        assertThat(messages())
                .containsExactly(P + "key-store.pem[1].cert (not set): there is a pair " + P
                        + "key-store.pem[2], but no pair with this number. Number the pairs from 0 without a gap.");
    }

    @Test
    void bothFormsOfOneListMayAgree() {
        assertThat(protocols(source(
                        100, "protocols", "TLSv1.3, TLSv1.2", "protocols[0]", "TLSv1.3", "protocols.1", "TLSv1.2")))
                .containsExactly("TLSv1.3", "TLSv1.2");
        assertThat(messages()).isEmpty();
    }

    /** Trust that another source removed must not return as the rest of a longer list. */
    @Test
    void listOfTheHigherSourceReplacesTheWholeList() {
        ConfigSource low = source(100, "protocols[0]", "a", "protocols[1]", "b", "protocols[2]", "c");

        assertThat(protocols(low, source(200, "protocols[0]", "x"))).containsExactly("x");
        assertThat(protocols(low, source(200, "protocols.0", "x", "protocols.1", "y")))
                .containsExactly("x", "y");
        assertThat(protocols(low, source(200, "protocols", "x,y"))).containsExactly("x", "y");
        assertThat(protocols(source(100, "protocols", "a,b"), source(200, "protocols[0]", "x")))
                .containsExactly("x");
        assertThat(messages()).isEmpty();
    }

    @Test
    void emptyListOfTheHigherSourceStaysAnError() {
        assertThat(protocols(source(100, "protocols[0]", "a"), source(200, "protocols", "")))
                .isEmpty();
        assertThat(messages())
                .containsExactly(P
                        + "protocols (from PropertiesConfigSource[source=of 200]): it is set but empty. Give it a value, or remove the property"
                        + " from that source.");
    }

    @Test
    void pairsMayComeFromSeveralSources() {
        Problems found = new Problems();
        ContextSettings settings = ConfiguredContexts.settings(
                        SluiceConfiguration.of(config(
                                source(100, "key-store.pem[0].cert", "c", "key-store.pem[0].key", "old"),
                                source(200, "key-store.pem.0.key", "k"))),
                        "web",
                        found)
                .orElseThrow();

        assertThat(found.errors()).isEmpty();
        assertThat(((KeyStoreSettings.Pem) settings.keyStore().orElseThrow()).pairs())
                .singleElement()
                .satisfies(pair -> assertThat(pair.key())
                        .isEqualTo(
                                Setting.of(P + "key-store.pem.0.key", "PropertiesConfigSource[source=of 200]", "k")));
    }

    /** A source may not list the names of its properties. */
    @Test
    void elementsOfASourceThatListsNoNamesAreFound() {
        Map<String, String> hidden = Map.of(P + "protocols[0]", "TLSv1.3", P + "protocols[1]", "TLSv1.2");

        assertThat(protocols(new ConfigSource() {
                    @Override
                    public Set<String> getPropertyNames() {
                        return Set.of();
                    }

                    @Override
                    public String getValue(String name) {
                        return hidden.get(name);
                    }

                    @Override
                    public String getName() {
                        return "hidden";
                    }
                }))
                .containsExactly("TLSv1.3", "TLSv1.2");
    }

    private List<String> protocols(ConfigSource... sources) {
        return settings(config(sources))
                .flatMap(settings -> settings.parameters().protocols())
                .map(Setting::list)
                .orElse(List.of());
    }

    private static Config config(ConfigSource... sources) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(sources)
                .build();
    }

    private static ConfigSource source(int ordinal, String... keysAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(P + keysAndValues[i], keysAndValues[i + 1]);
        }
        return new PropertiesConfigSource(properties, "of " + ordinal, ordinal);
    }

    /** Prints the lists of a context from the environment, and all problems. */
    static final class Report {
        private Report() {}

        public static void main(String[] arguments) {
            Problems problems = new Problems();
            SluiceConfiguration configuration = SluiceConfiguration.current();
            configuration.reportUnknownKeys(problems);
            ContextSettings settings =
                    ConfiguredContexts.settings(configuration, "web", problems).orElseThrow();
            System.out.println(configuration.configuredNames());
            System.out.println(settings.parameters().protocols().map(Setting::list));
            settings.keyStore()
                    .map(KeyStoreSettings.Pem.class::cast)
                    .ifPresent(pem -> System.out.println(pem.pairs().stream()
                            .map(pair ->
                                    pair.prefix() + "=" + pair.certificate().value())
                            .toList()));
            System.out.println(problems);
        }
    }

    @Test
    void environmentGivesElementsAndPairsOfAnyNumber() throws Exception {
        String output = ChildJvm.of(Report.class)
                .environment("SLUICE_CONTEXTS_0_", "web")
                .environment("SLUICE_SSL_WEB_PROTOCOLS_0_", "TLSv1.3")
                .environment("SLUICE_SSL_WEB_PROTOCOLS_1", "TLSv1.2")
                .environment("SLUICE_SSL_WEB_KEY_STORE_PEM_3_CERT", "c3")
                .environment("SLUICE_SSL_WEB_KEY_STORE_PEM_3_KEY", "k3")
                .environment("SLUICE_SSL_WEB_KEY_STORE_PEM_0__CERT", "c0")
                .environment("SLUICE_SSL_WEB_KEY_STORE_PEM_0__KEY", "k0")
                .environment("SLUICE_SERVICE_HOST", "10.0.0.1")
                .run();

        assertThat(output).isEqualTo("""
                [web]
                Optional[[TLSv1.3, TLSv1.2]]
                [sluice.ssl.web.key-store.pem.0=c0, sluice.ssl.web.key-store.pem.3=c3]

                """);
    }

    @Test
    void gapInTheElementsOfTheEnvironmentIsReported() throws Exception {
        String output = ChildJvm.of(Report.class)
                .environment("SLUICE_SSL_WEB_PROTOCOLS_0_", "TLSv1.3")
                .environment("SLUICE_SSL_WEB_PROTOCOLS_2_", "TLSv1.2")
                .run();

        assertThat(output)
                .endsWith("sluice.ssl.web.protocols[2] (from EnvConfigSource): its source does not set"
                        + " sluice.ssl.web.protocols[1]. Number the elements from 0 without a gap.\n");
    }
}
