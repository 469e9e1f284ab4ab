package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files from openssl: every type of key in every encoding, and its PKCS12 stores. */
@Execution(ExecutionMode.CONCURRENT)
class OpenSslKeysTest {
    private static final String PASSWORD = "s3cret-Pa55word";

    @TempDir
    Path directory;

    static Stream<Arguments> keys() {
        List<Arguments> all = new ArrayList<>();
        for (String algorithm : List.of("rsa:2048", "ec:prime256v1", "ec:secp384r1", "ed25519", "rsa-pss")) {
            boolean traditional = algorithm.startsWith("rsa:") || algorithm.startsWith("ec:");
            all.add(Arguments.of(algorithm, "PKCS#8", "pkcs8 -topk8 -nocrypt", ""));
            all.add(Arguments.of(algorithm, "encrypted PKCS#8", "pkcs8 -topk8 -v2 aes-256-cbc", PASSWORD));
            if (traditional) {
                all.add(Arguments.of(algorithm, "PKCS#1 or SEC1", "pkey -traditional", ""));
                all.add(Arguments.of(algorithm, "encrypted PKCS#1 or SEC1", "pkey -traditional -aes128", PASSWORD));
            }
        }
        all.add(Arguments.of("ec:prime256v1", "PKCS#8, scrypt", "pkcs8 -topk8 -scrypt", PASSWORD));
        all.add(Arguments.of("ec:prime256v1", "PKCS#8, 3DES", "pkcs8 -topk8 -v2 des3", PASSWORD));
        all.add(Arguments.of("ec:prime256v1", "PKCS#8, SHA-1 and 3DES", "pkcs8 -topk8 -v1 PBE-SHA1-3DES", PASSWORD));
        all.add(Arguments.of("rsa:2048", "PKCS#1, 3DES", "pkey -traditional -des3", PASSWORD));
        all.add(Arguments.of("ec:prime256v1", "SEC1 with its parameters", "ec", ""));
        return all.stream();
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("keys")
    void readTakesAKeyOfOpenSsl(String algorithm, String encoding, String command, String password) throws Exception {
        make(algorithm);
        convert(command, password);

        Problems problems = new Problems();
        List<KeyEntry> entries = read(password, problems);

        assertThat(problems.errors()).as(encoding).isEmpty();
        assertThat(entries).hasSize(1);
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("keys")
    void readWithAWrongPasswordSaysSo(String algorithm, String encoding, String command, String password)
            throws Exception {
        if (password.isEmpty()) {
            return;
        }
        make(algorithm);
        convert(command, password);

        Problems problems = new Problems();
        read("wrong-Pa55word", problems);

        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly("pair.password (from test): the password does not open the key that pair.key names."
                        + " Correct the password.");
    }

    private List<KeyEntry> read(String password, Problems problems) {
        return Material.readKeys(
                new KeyStoreSettings.Pem(List.of(new KeyStoreSettings.Pair(
                        "pair",
                        Setting.of("pair.cert", "test", directory + "/a.crt"),
                        Setting.of("pair.key", "test", directory + "/converted.key"),
                        password.isEmpty()
                                ? Optional.empty()
                                : Optional.of(Setting.secret("pair.password", "test", password))))),
                new MaterialReading(PasswordSource.NONE, problems));
    }

    private void make(String algorithm) throws IOException, InterruptedException {
        List<String> request = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "2"));
        request.addAll(
                List.of("-subj", "/CN=localhost", "-keyout", directory + "/a.key", "-out", directory + "/a.crt"));
        if (algorithm.startsWith("ec:")) {
            request.addAll(List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:" + algorithm.substring(3)));
        } else {
            request.addAll(List.of("-newkey", algorithm));
        }
        run(request);
    }

    private void convert(String command, String password) throws IOException, InterruptedException {
        List<String> conversion = new ArrayList<>(List.of("openssl"));
        conversion.addAll(List.of(command.split(" ")));
        conversion.addAll(List.of("-in", directory + "/a.key", "-out", directory + "/converted.key"));
        if (!password.isEmpty()) {
            conversion.addAll(List.of("-passout", "pass:" + password));
        }
        run(conversion);
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        try (ProcessPeer openssl = ProcessPeer.start(command.toArray(String[]::new))) {
            String output = openssl.awaitEnd();
            assertThat(openssl.exitCode()).as("%s: %s", command, output).isZero();
        }
    }

    static Stream<List<String>> stores() {
        return Stream.of(
                List.of(), List.of("-legacy"), List.of("-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES"));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void readTakesAPkcs12StoreOfOpenSsl(List<String> options) throws Exception {
        make("rsa:2048");
        List<String> export = new ArrayList<>(List.of("openssl", "pkcs12", "-export"));
        export.addAll(List.of("-in", directory + "/a.crt", "-inkey", directory + "/a.key"));
        export.addAll(List.of("-out", directory + "/a.p12", "-passout", "pass:" + PASSWORD));
        export.addAll(options);
        run(export);
        Problems problems = new Problems();

        List<KeyEntry> entries = StoreReader.keys(
                new StoreSettings(
                        "store",
                        Setting.of("store.path", "test", "PKCS12"),
                        Optional.empty(),
                        Optional.of(Setting.of("store.path", "test", directory + "/a.p12")),
                        Optional.of(Setting.secret("store.password", "test", PASSWORD)),
                        Optional.empty(),
                        Optional.empty()),
                new MaterialReading(PasswordSource.NONE, problems));

        assertThat(problems.errors()).isEmpty();
        assertThat(entries).hasSize(1);
    }
}
