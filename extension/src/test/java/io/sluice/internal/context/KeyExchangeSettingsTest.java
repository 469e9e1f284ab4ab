package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.source.ApplicationContextSource;
import io.sluice.internal.jsse.KeyExchange;
import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.testing.TestCertificate;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The groups and signature schemes of a context are those of its engines, or a problem. What an engine can is found out by asking it. */
class KeyExchangeSettingsTest {

    private static final TestCertificate EC = TestCertificate.ec("localhost");
    private static final String GROUPS = "key-exchange-groups";
    private static final String SCHEMES = "signature-schemes";
    private static final String FROM = " (from " + TestConfig.SOURCE + "): ";
    private static final String BC = "BCJSSE";

    @BeforeAll
    static void register() {
        Security.addProvider(new BouncyCastleJsseProvider(new BouncyCastleProvider()));
    }

    @AfterAll
    static void unregister() {
        Security.removeProvider(BC);
    }

    private static String[] properties(String provider, String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "key-store.pem.0.cert",
                EC.certificatePem(),
                "key-store.pem.0.key",
                EC.keyPem(),
                "protocols",
                "TLSv1.3"));
        if (!provider.isEmpty()) {
            properties.addAll(List.of("provider", provider));
        }
        properties.addAll(List.of(more));
        return properties.toArray(String[]::new);
    }

    private static KeyExchange loaded(String provider, String... more) throws SslContextException {
        return NamedContexts.web(properties(provider, more)).load().parameters().keyExchange();
    }

    private static List<String> errors(String provider, String... more) {
        try {
            loaded(provider, more);
            return List.of();
        } catch (SslContextException e) {
            return e.problems();
        }
    }

    private static void assumeTheListsOfTheJdkCanBeSet(boolean can) {
        Assumptions.assumeTrue(KeyExchange.parametersHaveGroups() == can, "this JDK is another one");
    }

    @ParameterizedTest
    @CsvSource({
        "x25519, x25519",
        "'X25519,secp256r1', 'x25519,secp256r1'",
        "'X25519MLKEM768?,secp384r1,x25519', 'secp384r1,x25519'",
        "'nonsense?,x25519', x25519",
        "'nonsense?', ''"
    })
    void groupsOfTheJdkReachItsEngines(String configured, String expected) throws Exception {
        assumeTheListsOfTheJdkCanBeSet(true);
        ReloadableContext web = NamedContexts.web(properties("", GROUPS, configured));
        for (SslSide side : List.of(SslSide.CLIENT, SslSide.SERVER)) {
            List<String> groups = KeyExchange.of(web.engine(EngineRequest.of(side, "localhost", 1)))
                    .groups();
            assertThat(String.join(",", groups))
                    .isEqualTo(
                            expected.isEmpty()
                                    ? String.join(
                                            ",",
                                            KeyExchange.of(web.sslContext().createSSLEngine())
                                                    .groups())
                                    : expected);
        }
    }

    /** The JDK's engine accepts any name and reports it, but offers only what it knows. */
    @Test
    void groupThatTheJdkLacksIsAProblem() {
        assumeTheListsOfTheJdkCanBeSet(true);

        assertThat(errors("", GROUPS, "X25519MLKEM768x,x25519"))
                .singleElement()
                .asString()
                .startsWith("sluice.ssl.web.key-exchange-groups" + FROM
                        + "the engine of SunJSSE has no group 'X25519MLKEM768x'")
                .contains(". Use one of ", "x25519, secp256r1, ", ", or write 'X25519MLKEM768x?' to omit it")
                .endsWith(", or use engine=boringssl with the jar io.sluice:sluice-boringssl, or provider=BCJSSE.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key-exchange-groups | x25519 | the key exchange groups of the engine of SunJSSE cannot be set in this JVM. Use engine=boringssl with the jar io.sluice:sluice-boringssl, provider=BCJSSE, or JDK 20 or later, or mark each group as optional (x25519?).
            signature-schemes   | ecdsa_secp256r1_sha256 | the signature schemes of the engine of SunJSSE cannot be set in this JVM. Use provider=BCJSSE, or JDK 19 or later, or mark each signature scheme as optional (ecdsa_secp256r1_sha256?).
            """)
    void listsOfAnOlderJdkCannotBeSet(String key, String value, String message) throws Exception {
        assumeTheListsOfTheJdkCanBeSet(false);

        assertThat(errors("", key, value)).containsExactly("sluice.ssl.web." + key + FROM + message);
        assertThat(loaded("", key, value + "?")).isEqualTo(KeyExchange.DEFAULT);
    }

    @Test
    void schemesOfTheJdkReachItsEngines() throws Exception {
        assumeTheListsOfTheJdkCanBeSet(true);
        ReloadableContext web = NamedContexts.web(properties("", SCHEMES, "ed448?,ECDSA_secp256r1_sha256,none?"));

        assertThat(KeyExchange.of(web.engine(EngineRequest.of(SslSide.SERVER, "localhost", 1)))
                        .signatureSchemes())
                .containsExactly("ed448", "ecdsa_secp256r1_sha256");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key-exchange-groups | x25519,secp256r1                | x25519,secp256r1
            key-exchange-groups | X25519MLKEM768,x25519,secp256r1 | X25519MLKEM768,x25519,secp256r1
            key-exchange-groups | nonsense?,secp256r1             | secp256r1
            signature-schemes   | ed25519,ecdsa_secp256r1_sha256  | ed25519,ecdsa_secp256r1_sha256
            """)
    void listsOfBouncyCastleCanBeSetOnEveryJdk(String key, String configured, String expected) throws Exception {
        ReloadableContext web = NamedContexts.web(properties(BC, key, configured));

        for (SslSide side : List.of(SslSide.CLIENT, SslSide.SERVER)) {
            KeyExchange set = KeyExchange.of(web.engine(EngineRequest.of(side, "localhost", 1)));
            assertThat(String.join(",", key.equals(GROUPS) ? set.groups() : set.signatureSchemes()))
                    .isEqualTo(expected);
        }
        assertThat(web.socketFactory().createSocket()).isNotNull();
    }

    @Test
    void bouncyCastlePrefersTheHybridGroup() throws Exception {
        assertThat(loaded(BC).groups()).startsWith("X25519MLKEM768", "x25519").contains("secp256r1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3,TLSv1.2", "TLSv1.2,TLSv1.3"})
    void hybridGroupsAloneAreAProblemWithTls12(String protocols) {
        assertThat(errors(BC, GROUPS, "X25519MLKEM768", "protocols", protocols))
                .contains("sluice.ssl.web.key-exchange-groups" + FROM
                        + "its groups belong to TLSv1.3, so TLSv1.2, which is enabled, cannot exchange keys."
                        + " Set protocols=TLSv1.3, or add a group such as x25519.");
    }

    /** The handshake in memory finds that no key fits. */
    @Test
    void schemesThatNoKeyHasAreAProblem() {
        assertThat(errors(BC, SCHEMES, "ed25519"))
                .singleElement()
                .asString()
                .contains("no handshake can be completed with its keys (EC: ");
    }

    @Test
    void lostSchemesAreWarnedOf() throws Exception {
        TestCertificate rsa = TestCertificate.rsa("localhost");
        ReloadableContext web = NamedContexts.web(
                "key-store.pem.0.cert",
                rsa.certificatePem(),
                "key-store.pem.0.key",
                rsa.keyPem(),
                "provider",
                BC,
                GROUPS,
                "X25519MLKEM768,x25519");

        assertThat(web.load().warnings())
                .extracting(Problem::message)
                .containsExactly("sluice.ssl.web.key-exchange-groups" + FROM
                        + "with these groups, the engine of BCJSSE accepts no certificates with the signature schemes"
                        + " ecdsa_secp256r1_sha256, ecdsa_secp384r1_sha384, ecdsa_secp521r1_sha512."
                        + " Add the groups of these curves (secp256r1, secp384r1, secp521r1), or use RSA or Ed25519"
                        + " certificates on both sides.");
    }

    @ParameterizedTest
    @CsvSource({"session.tickets, false", "session.tickets, true", "session.ticket-keys, /etc/ticket.keys"})
    void ticketsOfJsseAreAProblem(String key, String value) {
        assertThat(errors("", key, value))
                .containsExactly("sluice.ssl.web." + key + FROM
                        + "only the engine boringssl has settings for tickets."
                        + " Set engine=boringssl and add the jar io.sluice:sluice-boringssl, or remove this property.");
    }

    /** What is negotiated applies to an application's own context too. */
    @Test
    void groupsReachAnApplicationsOwnContext() throws Exception {
        assumeTheListsOfTheJdkCanBeSet(true);
        assertThat(ofApplication("x25519").load().parameters().keyExchange().groups())
                .containsExactly("x25519");
        assertThatThrownBy(() -> ofApplication("nonsense").load())
                .isInstanceOf(SslContextException.class)
                .hasMessageContaining("the engine of SunJSSE has no group 'nonsense'");
    }

    private static ReloadableContext ofApplication(String groups) {
        ContextSettings settings = ConfiguredContexts.settings(
                        SluiceConfiguration.of(TestConfig.of("sluice.ssl.web." + GROUPS, groups)),
                        "web",
                        new Problems())
                .orElseThrow();
        Supplier<Object> maker = () -> SslContextSpecifier.of(EC.context());
        return new ReloadableContext(
                new ContextName("web"),
                new ApplicationContextSource(
                        new ContextName("web"), maker, settings.parameters(), settings.engine(), AllowSettings.NONE));
    }

    @Test
    void clientSendsTheSharesThatServersNeed() {
        assertThat(Stream.of("X25519MLKEM768,x448,x25519", "x25519,X25519MLKEM768", "X25519MLKEM768")
                        .map(list -> new KeyExchange(List.of(list.split(",")), List.of()).keyShares()))
                .containsExactly(List.of("X25519MLKEM768", "x448"), List.of(), List.of("X25519MLKEM768"));
    }
}
