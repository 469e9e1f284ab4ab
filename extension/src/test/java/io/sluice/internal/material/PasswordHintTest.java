package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.EncryptedKeys;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong password is reported, with a hint if white space may be the reason, and never shown. */
@Isolated("BouncyCastle's provider is registered")
class PasswordHintTest {
    private static final TestChain CHAIN = TestAuthority.create("authority").issue("localhost");

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    @BeforeAll
    static void register() {
        Security.addProvider(new BouncyCastleProvider());
    }

    @AfterAll
    static void remove() {
        Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
    }

    static Stream<Arguments> wrong() {
        return Stream.of("PKCS12", "JKS", "JCEKS", "BCFKS", "BKS", "UBER", "key of PKCS12", "PEM")
                .flatMap(type -> Stream.of(
                        Arguments.of(type, "changeit\n", " (the password ends with white space)"),
                        Arguments.of(type, "changeit\r\n", " (the password ends with white space)"),
                        Arguments.of(type, "changeit ", " (the password ends with white space)"),
                        Arguments.of(type, "\tchangeit", " (the password begins with white space)"),
                        Arguments.of(type, "changeit\nchangeit\n", " (the password has more than one line)"),
                        Arguments.of(type, "changed it", "")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void wrongPasswordIsToldWithItsWhiteSpace(String type, String password, String hint) throws Exception {
        if (type.equals("PEM")) {
            readPem(password);
        } else {
            readStore(type, password);
        }
        assertThat(problems.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.fault())
                    .startsWith("the password does not open ")
                    .endsWith(hint);
            assertThat(problem.fault().contains("white space")
                            || problem.fault().contains("line"))
                    .isEqualTo(!hint.isEmpty());
            assertThat(problem.message()).doesNotContain(password.strip());
        });
    }

    private void readPem(String password) throws Exception {
        Path key = Files.writeString(
                directory.resolve("key"), EncryptedKeys.pkcs8(CHAIN.leaf().key(), "changeit"));
        PemKey.read(
                new KeyStoreSettings.Pair(
                        "pair",
                        Setting.of("cert", "test", "unused"),
                        Setting.of("key", "test", key.toString()),
                        Optional.of(Setting.secret("password", "test", password))),
                new MaterialReading(PasswordSource.NONE, problems));
    }

    /** With one wrong password in 256, the decrypted data happens to have a valid padding. */
    @Test
    void everyWrongPasswordOfAWhollyEncryptedStoreIsReportedAsSuch() throws Exception {
        writeStore("UBER");
        for (int i = 0; i < 1_000; i++) {
            readWrittenStore("UBER", "wrong " + i);
        }

        assertThat(problems.errors()) // The same problem is kept once.
                .singleElement()
                .satisfies(problem -> assertThat(problem.fault()).startsWith("the password does not open "));
    }

    private void readStore(String kind, String password) throws Exception {
        writeStore(kind.replace("key of ", ""));
        readWrittenStore(kind, password);
    }

    private void writeStore(String type) throws Exception {
        KeyStore store = CHAIN.keyStore(type, "a", "changeit");
        try (OutputStream out = Files.newOutputStream(directory.resolve("store"))) {
            store.store(out, "changeit".toCharArray());
        }
    }

    private void readWrittenStore(String kind, String password) {
        boolean ofKey = kind.startsWith("key of ");
        String type = kind.replace("key of ", "");
        StoreReader.keys(
                new StoreSettings(
                        "store",
                        Setting.of("type", "test", type),
                        Optional.empty(),
                        Optional.of(Setting.of("path", "test", directory + "/store")),
                        Optional.of(Setting.secret("password", "test", ofKey ? "changeit" : password)),
                        Optional.empty(),
                        ofKey ? Optional.of(Setting.secret("own", "test", password)) : Optional.empty()),
                new MaterialReading(PasswordSource.NONE, problems));
    }

    @Test
    void textIsNoStoreOfBouncyCastleWhateverThePassword() throws Exception {
        Files.writeString(directory.resolve("store"), "hello");
        StoreReader.keys(
                new StoreSettings(
                        "store",
                        Setting.of("type", "test", "BCFKS"),
                        Optional.empty(),
                        Optional.of(Setting.of("path", "test", directory + "/store")),
                        Optional.of(Setting.secret("password", "test", "changeit")),
                        Optional.empty(),
                        Optional.empty()),
                new MaterialReading(PasswordSource.NONE, problems));
        assertThat(problems.errors())
                .extracting(Problem::fault)
                .containsExactly("'" + directory + "/store' is not a BCFKS store, or is damaged");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PKCS11     | no security provider of this JVM has key stores of type 'PKCS11'. Register the provider that has it: SunPKCS11, configured for the token
            Windows-MY | no security provider of this JVM has key stores of type 'Windows-MY'. Register the provider that has it: SunMSCAPI, which only Windows has
            """)
    void typeWithoutItsProviderIsNoTypingError(String type, String words) {
        Problem problem = StoreFile.unknownType(Setting.of("type", "test", type));
        assertThat(problem.fault() + ". " + problem.remedy()).isEqualTo(words);
    }
}
