package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.context.SslContextException;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.CallerKind;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ChildJvm;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the rules about clients are configured, and which of them are problems. */
class AllowRulesReadingTest {

    private static final String P = "sluice.ssl.web.";
    private static final String ALLOW = P + "client-auth.allow.";
    private static final String FROM = " (from " + TestConfig.SOURCE + "): ";
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");

    private final Problems problems = new Problems();

    private static Map<String, String> server(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>(Map.of(
                P + "key-store.pem.0.cert",
                SERVER.pem(),
                P + "key-store.pem.0.key",
                SERVER.keyPem(),
                P + "trust-store.pem.certs",
                AUTHORITY.pem(),
                P + "client-auth",
                "need"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(P + keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    private AllowSettings allow(Config config) {
        SluiceConfiguration configuration = SluiceConfiguration.of(config);
        configuration.reportUnknownKeys(problems);
        return ConfiguredContexts.settings(configuration, "web", problems)
                .map(ContextSettings::allow)
                .orElseThrow();
    }

    private static List<String> patterns(AllowSettings allow) {
        return allow.rules().stream()
                .map(rule -> rule.kind().key() + " " + rule.pattern().value())
                .toList();
    }

    @Test
    void listsOfAllKinds() {
        AllowSettings allow = allow(TestConfig.of(server(
                "client-auth.allow.dns", "*.a.test, b.test",
                "client-auth.allow.uri[0]", "urn:a",
                "client-auth.allow.uri[1]", "urn:b,c",
                "client-auth.allow.email", "ann@example.com",
                "client-auth.allow.cn", "Example\\, Inc.,Ann",
                "client-auth.allow.ou", "Devices",
                "client-auth.allow.spki", "sha256:" + "0".repeat(64))));

        assertThat(problems.errors()).isEmpty();
        assertThat(patterns(allow))
                .containsExactly(
                        "uri urn:a",
                        "uri urn:b,c",
                        "dns *.a.test",
                        "dns b.test",
                        "email ann@example.com",
                        "cn Example, Inc.",
                        "cn Ann",
                        "spki sha256:" + "0".repeat(64),
                        "ou Devices");
        assertThat(allow.rules()).extracting(rule -> rule.pattern().property()).contains(ALLOW + "dns");
    }

    /** A distinguished name has commas, so that a property is one name. */
    @Test
    void subjects() {
        AllowSettings one = allow(TestConfig.of(server("client-auth.allow.subject", "CN=Smith\\, Ann,O=Example")));
        AllowSettings two = allow(TestConfig.of(
                server("client-auth.allow.subject[0]", "CN=a,O=x", "client-auth.allow.subject[1]", "CN=b,O=x")));

        assertThat(problems.errors()).isEmpty();
        assertThat(patterns(one)).containsExactly("subject CN=Smith\\, Ann,O=Example");
        assertThat(patterns(two)).containsExactly("subject CN=a,O=x", "subject CN=b,O=x");
    }

    @Test
    void yaml() throws Exception {
        YamlConfigSource source = new YamlConfigSource("application.yaml", """
                sluice:
                  ssl:
                    web:
                      trust-store:
                        pem:
                          certs: /none.crt
                      client-auth:
                        ~: need
                        allow:
                          dns: ["*.a.test", b.test]
                          subject:
                            - CN=a,O=x
                """, 200);
        AllowSettings allow =
                allow(new SmallRyeConfigBuilder().withSources(source).build());

        assertThat(problems.errors()).isEmpty();
        assertThat(patterns(allow)).containsExactly("subject CN=a,O=x", "dns *.a.test", "dns b.test");
    }

    /** Prints the rules that the environment sets. */
    static final class Report {
        private Report() {}

        public static void main(String[] arguments) {
            Problems problems = new Problems();
            System.out.println(ConfiguredContexts.settings(SluiceConfiguration.current(), "my-app", problems)
                    .map(settings -> patterns(settings.allow()))
                    .orElseThrow());
            problems.errors().stream().map(Problem::message).forEach(System.out::println);
        }
    }

    @Test
    void environment() throws Exception {
        String output = ChildJvm.of(Report.class)
                .environment("SLUICE_SSL_MY_APP_CLIENT_AUTH", "need")
                .environment("SLUICE_SSL_MY_APP_CLIENT_AUTH_ALLOW_SUBJECT", "CN=a,O=x")
                .environment("SLUICE_SSL_MY_APP_CLIENT_AUTH_ALLOW_DNS_0_", "*.a.test")
                .environment("SLUICE_SSL_MY_APP_CLIENT_AUTH_ALLOW_URI", "urn:a,urn:b")
                .environment("SLUICE_SSL_MY_APP_CLIENT_AUTH_ALLOW_CN", "")
                .run("my-app");

        assertThat(output).isEqualTo("""
                        [subject CN=a,O=x, uri urn:a, uri urn:b, dns *.a.test]
                        sluice.ssl.my-app.client-auth.allow.cn (from EnvConfigSource): it is set but empty. Give it a value,\
                         or remove the property from that source.
                        """);
    }

    private static Arguments bad(String what, Map<String, String> properties, String... messages) {
        return Arguments.of(what, properties, List.of(messages));
    }

    private static Map<String, String> without(Map<String, String> properties, String... keys) {
        Arrays.stream(keys).forEach(key -> properties.remove(P + key));
        return properties;
    }

    static Stream<Arguments> problems() {
        String dns = ALLOW + "dns" + FROM;
        String[] rule = {"client-auth.allow.dns", "a.test"};
        Map<String, String> wanted = server(rule);
        wanted.put(P + "client-auth", "want");
        Map<String, String> everybody = without(server(rule), "trust-store.pem.certs");
        everybody.put(P + "trust-all", "true");
        return Stream.of(
                bad(
                        "certificates that are not needed",
                        wanted,
                        dns + "a client needs no certificate, because " + P
                                + "client-auth is want, so the rule keeps nobody" + " out. Set " + P
                                + "client-auth=need, or remove the rule."),
                bad(
                        "certificates that are not requested",
                        without(server(rule), "client-auth"),
                        dns + "a client needs no certificate, because " + P
                                + "client-auth is not set, so the rule keeps" + " nobody out. Set " + P
                                + "client-auth=need, or remove the rule."),
                bad(
                        "trust in everybody",
                        everybody,
                        dns + P + "trust-all accepts every certificate, so anybody can have the names of the rule."
                                + " Configure the authorities to trust with " + P
                                + "trust-store.pem.certs, or remove the rule."),
                bad(
                        "trust in public authorities",
                        without(server(rule), "trust-store.pem.certs"),
                        dns
                                + "every public authority may issue certificates with the names of the rule, because no trust"
                                + " is configured. Name the authorities to trust with " + P
                                + "trust-store.pem.certs."),
                bad(
                        "rules that can match nothing",
                        server("client-auth.allow.dns", "a..test,b.test", "client-auth.allow.spki", "abc"),
                        dns
                                + "the rule can match nothing: 'a..test' has an empty label, which no DNS name has. Write it as"
                                + " web.example.com or *.example.com.",
                        ALLOW + "spki" + FROM
                                + "the rule can match nothing: 'abc' is not the hash of a key. Write sha256/"
                                + " and the 44 characters of base64, or sha256: and 64 hexadecimal digits. The message"
                                + " about a refused client shows the hash of its key."),
                bad(
                        "a list of nothing",
                        server("client-auth.allow.dns", " , "),
                        dns + "the list is empty, so the rule can match nothing. Add a name, or remove it."),
                bad(
                        "an empty value",
                        server("client-auth.allow.dns", ""),
                        dns + "it is set but empty. Give it a value, or remove the property from that source."),
                bad(
                        "a kind that does not exist",
                        server("client-auth.allow.dsn", "a.test"),
                        ALLOW + "dsn" + FROM + "there is no key 'client-auth.allow.dsn' (did you mean"
                                + " client-auth.allow.dns?). Correct the name, or remove the property."),
                bad(
                        "a kind in the wrong place",
                        server("allow.dns", "a.test"),
                        P + "allow.dns" + FROM + "there is no key 'allow.dns' (did you mean client-auth.allow.dns?)."
                                + " Correct the name, or remove the property."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void problems(String what, Map<String, String> properties, List<String> messages) {
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(properties));
        configuration.reportUnknownKeys(problems);
        List<String> found =
                new ArrayList<>(problems.errors().stream().map(Problem::message).toList());
        try {
            ConfiguredContexts.source(configuration, "web").load(new LoadAttempt());
        } catch (SslContextException e) {
            found.addAll(e.problems());
        }

        assertThat(found).containsExactlyElementsOf(messages);
    }

    /** The server decides whom its own context trusts. */
    @Test
    void managedContext() {
        allow(TestConfig.of(
                P + "managed.elytron", "web", P + "client-auth", "need", P + "client-auth.allow.dns", "a.test"));

        assertThat(problems.errors())
                .extracting(Problem::property, Problem::fault)
                .containsExactly(tuple(
                        ALLOW + "dns",
                        "the server decides whom this context trusts, so Sluice cannot enforce the rule"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"trust-store.jdk", "trust-store.include-default"})
    void trustThatIncludesTheJdkIsTheOperatorsDecision(String key) throws Exception {
        Map<String, String> properties = server("client-auth.allow.dns", "a.test", key, "true");
        if (key.equals("trust-store.jdk")) {
            properties.remove(P + "trust-store.pem.certs");
        }

        assertThat(ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.of(properties)), "web")
                        .load(new LoadAttempt())
                        .callers()
                        .isEmpty())
                .isFalse();
    }

    /** Sessions can be resumed only in the same SSLContext. */
    @Test
    void changeOfTheRulesEndsResumption() throws Exception {
        Map<String, String> properties = server("client-auth.allow.dns", "a.test");
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.live(properties));
        ReloadableContext context =
                new ReloadableContext(new ContextName("web"), ConfiguredContexts.source(configuration, "web"));
        SSLContext first = context.load().sslContext();

        context.reload();
        assertThat(context.load().sslContext()).isSameAs(first);

        properties.put(ALLOW + "dns", "a.test,b.test");
        context.reload();
        assertThat(context.load().sslContext()).isNotSameAs(first);
        assertThat(context.load().callers().isEmpty()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"subject", "uri", "dns", "email", "cn", "spki", "ou"})
    void everyKindIsAKnownList(String key) {
        assertThat(Arrays.stream(CallerKind.values()).map(CallerKind::key)).contains(key);
        assertThat(ContextKeys.KEYS.isList("client-auth.allow." + key)).isTrue();
        assertThat(ContextKeys.KEYS.isKnown("client-auth.allow." + key + "[0]")).isTrue();
    }
}
