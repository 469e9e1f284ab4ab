package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.Problem;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loading a context warns of each key that no handshake can select. */
class UnreachableKeysTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestAuthority OTHER_AUTHORITY = TestAuthority.create("other authority");
    private static final Map<String, TestChain> CHAINS = Map.of(
            "ec", AUTHORITY.issue("a.example"),
            "same", AUTHORITY.issue(shorter("a.example")),
            "short", AUTHORITY.issue(CertificateProfile.of("a.example").validFor(Duration.ofMinutes(20))),
            "old", AUTHORITY.issue(CertificateProfile.of("a.example").expired()),
            "rsa", AUTHORITY.issue(CertificateProfile.of("a.example").keyAlgorithm(KeyAlgorithm.RSA)),
            "named", AUTHORITY.issue(shorter("b.example")),
            "issued", OTHER_AUTHORITY.issue(shorter("a.example")),
            "server", AUTHORITY.issue(shorter("a.example").forServers()),
            "client", AUTHORITY.issue(shorter("a.example").forClients()));

    /** A key that is valid for longer than the first one is selected eventually. */
    private static CertificateProfile shorter(String name) {
        return CertificateProfile.of(name).validFor(Duration.ofMinutes(50));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ec,rsa        | false |
            ec,same       | false | same
            ec,rsa,same   | false | same
            ec,named      | false | named
            ec,named      | true  |
            ec,same       | true  | same
            ec,issued     | false |
            short,ec      | false |
            ec,short      | false | short
            old,ec        | false | old
            old,rsa       | false |
            server,client | false |
            server,ec     | false |
            ec,server     | false | server
            """)
    void warningNamesTheKey(String order, boolean sni, String unreachable) throws Exception {
        List<String> properties =
                new ArrayList<>(List.of("key-store.pem.order", order, "key-store.sni", String.valueOf(sni)));
        for (String name : order.split(",")) {
            properties.addAll(
                    List.of("key-store.pem." + name + ".cert", CHAINS.get(name).pem()));
            properties.addAll(
                    List.of("key-store.pem." + name + ".key", CHAINS.get(name).keyPem()));
        }

        List<String> warned = NamedContexts.web(properties.toArray(String[]::new)).load().warnings().stream()
                .filter(warning -> warning.fault().contains("is never selected"))
                .map(Problem::property)
                .toList();

        assertThat(warned)
                .isEqualTo(
                        unreachable == null
                                ? List.of()
                                : List.of("sluice.ssl.web.key-store.pem." + unreachable + ".cert"));
    }

    @Test
    void warningSaysWhatToDo(@TempDir Path directory) throws Exception {
        KeyStore store = CHAINS.get("ec").keyStore("PKCS12", "first", "secret");
        store.setKeyEntry(
                "second", CHAINS.get("old").leaf().key(), "secret".toCharArray(), new java.security.cert.Certificate[] {
                    CHAINS.get("old").leaf().certificate(), AUTHORITY.certificate()
                });
        Path file = TestChain.writeKeyStore(store, "secret", directory.resolve("keys.p12"));

        List<Problem> warnings = NamedContexts.web(
                        "key-store.p12.path", file.toString(), "key-store.p12.password", "secret")
                .load()
                .warnings();

        assertThat(warnings)
                .filteredOn(warning -> warning.fault().contains("selected"))
                .singleElement()
                .satisfies(warning -> {
                    assertThat(warning.property()).isEqualTo("sluice.ssl.web.key-store.p12.path");
                    assertThat(warning.fault())
                            .isEqualTo("the key 'second' of 'CN=a.example' is never selected:"
                                    + " the key 'first' of 'CN=a.example' is preferred to it");
                    assertThat(warning.remedy())
                            .isEqualTo(
                                    "Remove one of the two, or set key-store.sni=true if clients ask for different names");
                });
    }
}
