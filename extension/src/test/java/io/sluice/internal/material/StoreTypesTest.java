package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.AllowSettings;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.RevocationSettings;
import io.sluice.internal.settings.RotationSettings;
import io.sluice.internal.settings.SessionSettings;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.SniSettings;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.internal.settings.TrustStoreSettings;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores of several types and providers, with aliases and passwords of their own. */
class StoreTypesTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    private StoreSettings store(KeyStore store, String type, String provider, String alias, String aliasPassword) {
        Path file = TestChain.writeKeyStore(store, "changeit", directory.resolve("store"));
        return new StoreSettings(
                "store",
                Setting.of("store.type", "test", type),
                setting("store.provider", provider),
                setting("store.path", file.toString()),
                setting("store.password", "changeit"),
                setting("store.alias", alias),
                setting("store.alias-password", aliasPassword));
    }

    private static Optional<Setting> setting(String property, String value) {
        return Optional.ofNullable(value).map(given -> Setting.of(property, "test", given));
    }

    @ParameterizedTest
    @CsvSource({"PKCS12,", "PKCS12,SunJSSE", "JKS,SUN", "jks,", "JCEKS,", "JCEKS,SunJCE", "CaseExactJKS,"})
    void keysOfEveryTypeAndProviderAreRead(String type, String provider) {
        TestChain chain = AUTHORITY.issue("localhost");

        List<KeyEntry> keys = StoreReader.keys(
                store(chain.keyStore(type, "web", "changeit"), type, provider, null, null),
                new MaterialReading(PasswordSource.NONE, problems));

        assertThat(problems.errors()).isEmpty();
        assertThat(keys).extracting(KeyEntry::alias).containsExactly("web");
        assertThat(keys.get(0).chain()).containsExactly(chain.leaf().certificate(), chain.issuer());
    }

    @ParameterizedTest
    @CsvSource({"PKCS12", "JKS", "JCEKS"})
    void storeCutAnywhereIsTruncatedOrDamaged(String type) throws Exception {
        StoreSettings whole =
                store(AUTHORITY.issue("localhost").keyStore(type, "web", "changeit"), type, null, null, null);
        Path file = directory.resolve("store");
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 1; length < bytes.length; length += 1 + bytes.length / 40) {
            Files.write(file, Arrays.copyOf(bytes, length));
            Problems found = new Problems();

            assertThat(StoreReader.keys(whole, new MaterialReading(PasswordSource.NONE, found)))
                    .as("%s bytes", length)
                    .isEmpty();
            assertThat(found.errors())
                    .as("%s bytes", length)
                    .singleElement()
                    .satisfies(error -> assertThat(error.fault()).containsAnyOf("is truncated", "or is damaged"));
        }
    }

    @Test
    void keyOfAnAliasIsReadWithItsOwnPassword() throws Exception {
        TestChain wanted = AUTHORITY.issue("wanted");
        KeyStore both = AUTHORITY.issue("other").keyStore("JKS", "other", "third-password");
        both.setKeyEntry("wanted", wanted.leaf().key(), "second-password".toCharArray(), new X509Certificate[] {
            wanted.leaf().certificate(), wanted.issuer()
        });

        List<KeyEntry> keys = StoreReader.keys(
                store(both, "JKS", null, "wanted", "second-password"),
                new MaterialReading(PasswordSource.NONE, problems));

        assertThat(problems.errors()).isEmpty();
        assertThat(keys)
                .extracting(KeyEntry::certificate)
                .containsExactly(wanted.leaf().certificate());
    }

    @Test
    void trustOfAnAliasIsItsCertificateAlone() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("one", AUTHORITY.certificate());
        store.setCertificateEntry("two", TestAuthority.create("another").certificate());

        assertThat(StoreReader.trusted(
                        store(store, "PKCS12", null, "one", null), new MaterialReading(PasswordSource.NONE, problems)))
                .containsExactly(AUTHORITY.certificate());
        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void trustIncludingTheJdksHoldsBoth() throws Exception {
        int jdk = issuers(new TrustStoreSettings.Jdk(Optional.empty())).length;
        Path file = Files.writeString(directory.resolve("a.pem"), AUTHORITY.pem());
        Setting certificates = Setting.of("certs", "test", file.toString());

        assertThat(issuers(new TrustStoreSettings.Pem(certificates, false))).containsExactly(AUTHORITY.certificate());
        assertThat(issuers(new TrustStoreSettings.Pem(certificates, true)))
                .hasSize(jdk + 1)
                .contains(AUTHORITY.certificate());
        assertThat(jdk).isPositive();
    }

    private X509Certificate[] issuers(TrustStoreSettings trust) {
        ContextSettings settings = new ContextSettings(
                new ContextName("web"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SniSettings.NONE,
                trust,
                RevocationSettings.NONE,
                SessionSettings.NONE,
                ParameterSettings.NONE,
                EngineSettings.NONE,
                AllowSettings.NONE,
                RotationSettings.DEFAULT,
                List.of());
        Trust read =
                TrustReader.read(settings, SuppliedMaterial.NONE, new MaterialReading(PasswordSource.NONE, problems));
        assertThat(problems.errors()).isEmpty();
        return ((X509TrustManager) read.managers().get(0)).getAcceptedIssuers();
    }

    @ParameterizedTest
    @CsvSource({"true, expired at, Renew the certificate", "false, is not valid before, Check the certificate"})
    void certificatesOutOfDateAreWarnedOf(boolean expired, String fault, String remedy) {
        CertificateProfile profile = CertificateProfile.of("localhost");
        TestChain chain = AUTHORITY.issue(expired ? profile.expired() : profile.notYetValid());

        StoreReader.keys(
                store(chain.keyStore("PKCS12", "web", "changeit"), "PKCS12", null, null, null),
                new MaterialReading(PasswordSource.NONE, problems));

        assertThat(problems.errors()).isEmpty();
        assertThat(problems.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message())
                        .startsWith("store.path (from test): the certificate 'CN=localhost' " + fault)
                        .contains(remedy));
    }

    @Test
    void chainOutOfOrderIsWarnedOf() throws Exception {
        TestChain chain = AUTHORITY.issue("localhost");
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        X509Certificate stranger = TestAuthority.create("stranger").certificate();
        KeyEntry entry =
                new KeyEntry("a", chain.leaf().key(), List.of(chain.leaf().certificate(), stranger), "test");

        Setting setting = Setting.of("certs", "test", "a.pem");
        KeyChecks.check(entry, setting, setting, new MaterialReading(PasswordSource.NONE, problems));

        assertThat(problems.warnings())
                .extracting(Problem::message)
                .containsExactly(
                        "certs (from test): 'CN=localhost' was not issued by the next certificate of the chain,"
                                + " 'CN=stranger'. Put the key's own certificate first, then the one that issued it, and so on.");
    }
}
