package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.ManagedSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.TrustStoreSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A source cannot remove what one of lower priority configures, but {@code kind} can ignore it. */
class StoreKindTest {
    private static final String P = "sluice.ssl.web.";

    private static final Map<String, String> EVERYTHING = Map.ofEntries(
            Map.entry(P + "key-store.pem.0.cert", "c"),
            Map.entry(P + "key-store.pem[0].key", "k"),
            Map.entry(P + "key-store.p12.path", "k.p12"),
            Map.entry(P + "key-store.jks.path", "k.jks"),
            Map.entry(P + "key-store.other.type", "PKCS11"),
            Map.entry(P + "client-key-store.pem.0.cert", "c"),
            Map.entry(P + "client-key-store.pem[0].key", "k"),
            Map.entry(P + "client-key-store.p12.path", "k.p12"),
            Map.entry(P + "client-key-store.jks.path", "k.jks"),
            Map.entry(P + "client-key-store.other.type", "PKCS11"),
            Map.entry(P + "trust-store.pem.certs", "c"),
            Map.entry(P + "trust-store.p12.path", "t.p12"),
            Map.entry(P + "trust-store.jks.path", "t.jks"),
            Map.entry(P + "trust-store.other.type", "BCFKS"),
            Map.entry(P + "trust-store.jdk", "true"),
            Map.entry(P + "trust-all", "true"));

    private final Problems problems = new Problems();

    private Optional<ContextSettings> settings(Map<String, String> properties, String... more) {
        Map<String, String> all = new HashMap<>(properties);
        for (int i = 0; i < more.length; i += 2) {
            all.put(P + more[i], more[i + 1]);
        }
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(all));
        configuration.reportUnknownKeys(problems);
        return ConfiguredContexts.settings(configuration, "web", problems);
    }

    @ParameterizedTest
    @CsvSource({
        "pem, pem, PEM, PEM",
        "p12, p12, PKCS12, PKCS12",
        "JKS, JKS, JKS, JKS",
        "other, other, PKCS11, BCFKS",
        "none, jdk, none, JDK",
        "pem, all, PEM, everybody"
    })
    void onlyTheSelectedKindIsRead(String keyKind, String trustKind, String key, String trust) {
        ContextSettings settings = settings(
                        EVERYTHING,
                        "key-store.kind",
                        keyKind,
                        "client-key-store.kind",
                        keyKind,
                        "trust-store.kind",
                        trustKind)
                .orElseThrow();

        assertThat(problems.errors()).isEmpty();
        assertThat(settings.keyStore().map(StoreKindTest::type).orElse("none")).isEqualTo(key);
        assertThat(type(settings.clientKeyStore().orElseThrow())).isEqualTo(key);
        assertThat(type(settings.trustStore())).isEqualTo(trust);
    }

    private static String type(KeyStoreSettings settings) {
        if (settings instanceof KeyStoreSettings.None) {
            return "none";
        }
        return settings instanceof KeyStoreSettings.Store store
                ? store.store().type().value()
                : "PEM";
    }

    private static String type(TrustStoreSettings settings) {
        if (settings instanceof TrustStoreSettings.Store store) {
            return store.store().type().value();
        }
        if (settings instanceof TrustStoreSettings.All) {
            return "everybody";
        }
        return settings instanceof TrustStoreSettings.Jdk ? "JDK" : "PEM";
    }

    @Test
    void emptyValuesOfOtherKindsAreIgnored() {
        settings(
                Map.of(),
                "key-store.kind",
                "p12",
                "key-store.p12.path",
                "k.p12",
                "key-store.pem.0.cert",
                "",
                "trust-store.kind",
                "jdk",
                "trust-store.pem.certs",
                "");

        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void selectedKindOfTheServersContextsIgnoresMaterial() {
        assertThat(settings(EVERYTHING, "managed.kind", "elytron", "managed.jndi", "x", "managed.elytron", "web")
                        .orElseThrow()
                        .managed()
                        .map(ManagedSettings::kind))
                .contains(ManagedSettings.Kind.ELYTRON);
        assertThat(settings(
                                EVERYTHING,
                                "managed.kind",
                                "none",
                                "managed.jndi",
                                "x",
                                "key-store.kind",
                                "pem",
                                "client-key-store.kind",
                                "pem",
                                "trust-store.kind",
                                "pem")
                        .orElseThrow()
                        .managed())
                .isEmpty();
        assertThat(problems.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key-store.kind   | p21 | 'p21' is not valid (did you mean p12?). Use one of pem, p12, jks, other, none.
            trust-store.kind | jks1 | 'jks1' is not valid (did you mean jks?). Use one of pem, p12, jks, other, jdk, all.
            managed.kind     | jndy | 'jndy' is not valid (did you mean jndi?). Use one of jndi, liberty, elytron, none.
            key-store.kind   | pem | it selects pem, but no property of that kind is set. Set sluice.ssl.web.key-store.pem.…, or select another kind.
            trust-store.kind | p12 | it selects p12, but no property of that kind is set. Set sluice.ssl.web.trust-store.p12.…, or select another kind.
            trust-store.kind | all | it selects all, but no property of that kind is set. Set sluice.ssl.web.trust-all=true, or select another kind.
            managed.kind     | jndi | it selects jndi, but no property of that kind is set. Set sluice.ssl.web.managed.jndi, or select another kind.
            key-store.kind   | ''  | it is set but empty. Give it a value, or remove the property from that source.
            trust-store.kind | ''  | it is set but empty. Give it a value, or remove the property from that source.
            """)
    void kindThatCannotBeIsReported(String key, String kind, String message) {
        settings(Map.of(), key, kind);

        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly(P + key + " (from " + TestConfig.SOURCE + "): " + message);
    }

    @Test
    void jdksTrustThatIsSelectedAndDeniedIsReported() {
        settings(Map.of(), "trust-store.kind", "jdk", "trust-store.jdk", "false");

        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly(P + "trust-store.jdk (from " + TestConfig.SOURCE + "): " + P
                        + "trust-store.kind is jdk, and this property is false. Remove one of the two properties.");
    }

    @Test
    void wrongKindTrustsNobodyElse() {
        settings(EVERYTHING, "key-store.kind", "pam", "client-key-store.kind", "pam", "trust-store.kind", "pam");

        assertThat(problems.errors())
                .extracting(Problem::property)
                .containsExactlyInAnyOrder(P + "key-store.kind", P + "client-key-store.kind", P + "trust-store.kind");
    }
}
