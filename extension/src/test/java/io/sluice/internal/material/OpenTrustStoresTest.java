package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ProcessPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Trust stores without a password, from keytool and cert-manager, and those of openssl, whose certificates Java does not
 * trust.
 */
class OpenTrustStoresTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final String OPEN =
            "-J-Dkeystore.pkcs12.macAlgorithm=NONE -J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE";

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    @BeforeEach
    void writeCertificate() throws Exception {
        Files.writeString(directory.resolve("a.crt"), AUTHORITY.pem());
    }

    private void run(String command) throws Exception {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String whole = command.replace("@", directory.toString()).replace("keytool", keytool);
        try (ProcessPeer process = ProcessPeer.start(whole.split(" "))) {
            String output = process.awaitEnd();
            assertThat(process.exitCode()).as("%s: %s", whole, output).isZero();
        }
    }

    private List<X509Certificate> trusted(String type, String password) {
        return StoreReader.trusted(store(type, password), new MaterialReading(PasswordSource.NONE, problems));
    }

    private StoreSettings store(String type, String password) {
        return new StoreSettings(
                "store",
                Setting.of("type", "test", type),
                Optional.empty(),
                Optional.of(Setting.of("path", "test", directory + "/store")),
                Optional.ofNullable(password).map(given -> Setting.secret("store.password", "test", given)),
                Optional.empty(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"PKCS12,", "PKCS12, any", "pkcs12,", "JKS,"})
    void passwordlessStoreOfKeytoolIsTrusted(String type, String password) throws Exception {
        run("keytool " + OPEN + " -importcert -noprompt -alias a -file @/a.crt -keystore @/store -storepass changeit"
                + " -storetype PKCS12");
        assertThat(trusted(type, password)).containsExactly(AUTHORITY.certificate());
        assertThat(problems.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"JKS", "JCEKS"})
    void storeWhosePasswordOnlyChecksItIsTrustedWithout(String type) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry("a", AUTHORITY.certificate());
        TestChain.writeKeyStore(store, "changeit", directory.resolve("store"));

        assertThat(trusted(type, null)).containsExactly(AUTHORITY.certificate());
        assertThat(problems.errors()).isEmpty();
        assertThat(trusted(type, "wrong-one")).isEmpty();
        assertThat(problems.errors())
                .extracting(Problem::fault)
                .containsExactly("the password does not open the store that path names");
    }

    @Test
    void encryptedStoreWithoutAPasswordAsksForIt() throws Exception {
        run("keytool -importcert -noprompt -alias a -file @/a.crt -keystore @/store -storepass changeit"
                + " -storetype PKCS12");
        assertThat(trusted("PKCS12", null)).isEmpty();
        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly("store.password (not set): without a password, the store that path names shows no"
                        + " certificate. Set the store's password.");
    }

    @Test
    void emptyPasswordStaysAnError() throws Exception {
        run("keytool " + OPEN + " -importcert -noprompt -alias a -file @/a.crt -keystore @/store -storepass changeit"
                + " -storetype PKCS12");
        assertThat(trusted("PKCS12", "")).isEmpty();
        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly("store.password (from test): the password is empty."
                        + " Set the store's password, or remove the property if the store has none.");
    }

    @Test
    void keyStoreWithoutAPasswordStaysAnError() throws Exception {
        TestChain.writeKeyStore(
                AUTHORITY.issue("localhost").keyStore("PKCS12", "a", "changeit"),
                "changeit",
                directory.resolve("store"));
        assertThat(StoreReader.keys(store("PKCS12", null), new MaterialReading(PasswordSource.NONE, problems)))
                .isEmpty();
        assertThat(problems.errors())
                .extracting(Problem::fault)
                .containsExactly("no password is set for the store, so its content could not be checked");
    }

    @ParameterizedTest
    @CsvSource({
        "-passout pass:changeit, changeit",
        "-passout pass: -nomac -certpbe NONE,",
        "-passout pass:changeit -certpbe NONE,",
        "-passout pass:changeit -certpbe NONE, changeit"
    })
    void storeOfOpenSslSaysThatItMarksNothing(String options, String password) throws Exception {
        run("openssl pkcs12 -export -nokeys -in @/a.crt -out @/store " + options);
        assertThat(trusted("PKCS12", password)).isEmpty();
        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly("path (from test): the store '" + directory
                        + "/store' holds 1 certificate without the trust attribute 2.16.840.1.113894.746875.1.1,"
                        + " which openssl omits by default, so Java trusts none. Create the store with keytool -importcert, or"
                        + " with openssl pkcs12 -export -nokeys -jdktrust anyExtendedKeyUsage (OpenSSL 3.2 or later).");
    }
}
