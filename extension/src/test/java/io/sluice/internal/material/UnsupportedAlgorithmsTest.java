package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.testing.internal.ProcessPeer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An algorithm that the JVM lacks is not reported as a wrong password, a wrong key or damage. */
class UnsupportedAlgorithmsTest {
    private static final String CURVES =
            ". Use a key on secp256r1, secp384r1, secp521r1, or an RSA key of 2048 bits or more.";

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    private void run(String command) throws Exception {
        String whole = command.replace("@", directory.toString());
        try (ProcessPeer process = ProcessPeer.start(whole.split(" "))) {
            String output = process.awaitEnd();
            assertThat(process.exitCode()).as("%s: %s", whole, output).isZero();
        }
    }

    private void make(String curve) throws Exception {
        run("openssl req -x509 -nodes -days 2 -subj /CN=a -newkey ec -pkeyopt ec_paramgen_curve:" + curve
                + " -keyout @/a.key -out @/a.crt");
    }

    private List<KeyEntry> pem() {
        return Material.readKeys(
                new KeyStoreSettings.Pem(List.of(new KeyStoreSettings.Pair(
                        "pair",
                        Setting.of("cert", "test", directory + "/a.crt"),
                        Setting.of("key", "test", directory + "/a.key"),
                        Optional.empty()))),
                new MaterialReading(PasswordSource.NONE, problems));
    }

    private StoreSettings store() {
        return new StoreSettings(
                "store",
                Setting.of("type", "test", "PKCS12"),
                Optional.empty(),
                Optional.of(Setting.of("path", "test", directory + "/a.p12")),
                Optional.of(Setting.secret("password", "test", "changeit")),
                Optional.empty(),
                Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp256k1", "brainpoolP256r1", "brainpoolP384r1", "secp224r1"})
    void curveIsNamedForPemAndStores(String curve) throws Exception {
        make(curve);
        run("openssl pkcs12 -export -in @/a.crt -inkey @/a.key -out @/a.p12 -passout pass:changeit");
        String fault =
                "this JVM does not support the curve " + curve + " of the key of the certificate 'CN=a'" + CURVES;

        pem();
        assertThat(problems.errors()).extracting(Problem::message).containsExactly("key (from test): " + fault);

        Problems ofStore = new Problems();
        StoreReader.keys(store(), new MaterialReading(PasswordSource.NONE, ofStore));
        assertThat(ofStore.errors()).extracting(Problem::message).containsExactly("path (from test): " + fault);
    }

    @ParameterizedTest
    @CsvSource({"prime256v1, secp384r1", "prime256v1, prime256v1"})
    void keyOfAnotherCertificateIsStillToldSo(String first, String second) throws Exception {
        make(first);
        run("openssl req -x509 -nodes -days 2 -subj /CN=a -newkey ec -pkeyopt ec_paramgen_curve:" + second
                + " -keyout @/b.key -out @/a.crt");
        pem();
        assertThat(problems.errors())
                .extracting(Problem::fault)
                .containsExactly("the key does not match the certificate 'CN=a'");
    }

    @Test
    void keyOfAnotherAlgorithmIsToldSo() throws Exception {
        make("prime256v1");
        run("openssl req -x509 -nodes -days 2 -subj /CN=a -newkey rsa:2048 -keyout @/b.key -out @/a.crt");
        pem();
        assertThat(problems.errors())
                .extracting(Problem::fault)
                .containsExactly("the key does not match the certificate 'CN=a'");
    }

    @Test
    void encryptionOfAStoreThatNobodyKnowsIsNoDamage() throws Exception {
        make("prime256v1");
        run("openssl pkcs12 -export -in @/a.crt -inkey @/a.key -out @/a.p12 -passout pass:changeit"
                + " -certpbe camellia-256-cbc -keypbe camellia-256-cbc");
        StoreReader.keys(store(), new MaterialReading(PasswordSource.NONE, problems));
        assertThat(problems.errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith("path (from test): the store '" + directory
                                + "/a.p12' needs an algorithm that this JVM does not have (")
                        .endsWith("). Create the store again with another encryption, or add the provider that has the"
                                + " algorithm."));
    }

    @Test
    void encryptionOfAKeyThatNobodyKnowsIsNoWrongPassword() throws Exception {
        make("prime256v1");
        run("openssl pkcs12 -export -in @/a.crt -inkey @/a.key -out @/a.p12 -passout pass:changeit"
                + " -keypbe camellia-256-cbc");
        StoreReader.keys(store(), new MaterialReading(PasswordSource.NONE, problems));
        assertThat(problems.errors())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .startsWith(
                                "path (from test): the key '1' of the store '" + directory + "/a.p12' cannot be read (")
                        .doesNotContain("password"));
    }
}
