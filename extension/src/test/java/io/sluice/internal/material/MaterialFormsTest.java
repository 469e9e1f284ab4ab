package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each setting for material accepts every form. */
class MaterialFormsTest {
    private static final TestChain CHAIN = TestAuthority.create("authority").issue("localhost");

    @TempDir
    Path directory;

    enum Form {
        PATH,
        FILE,
        FILE_URI,
        CLASSPATH,
        BASE64,
        PEM,
        PEM_OF_ONE_LINE;

        String of(Path file, String text) {
            return switch (this) {
                case PATH -> file.toString();
                case FILE -> "file:" + file;
                case FILE_URI -> file.toUri().toString();
                case CLASSPATH -> "classpath:" + file.getFileName();
                case BASE64 ->
                    "base64:" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
                case PEM -> text;
                case PEM_OF_ONE_LINE -> text.replace("\n", "\\n");
            };
        }
    }

    @BeforeEach
    void writeFiles() throws IOException {
        CHAIN.write(directory, "a name with blanks");
        TestChain.writeKeyStore(
                CHAIN.keyStore("PKCS12", "web", "changeit"), "changeit", directory.resolve("store.p12"));
    }

    private String form(Form form, String name, String text) {
        return form.of(directory.resolve(name), text);
    }

    @ParameterizedTest
    @EnumSource
    void readOfAPemPairTakesEveryForm(Form form) throws IOException {
        Setting certificate = Setting.of("cert", "test", form(form, "a name with blanks.crt", CHAIN.pem()));
        Setting key = Setting.of("key", "test", form(form, "a name with blanks.key", CHAIN.keyPem()));
        KeyStoreSettings settings = new KeyStoreSettings.Pem(
                List.of(new KeyStoreSettings.Pair("pair", certificate, key, Optional.empty())));
        Problems problems = new Problems();

        List<KeyEntry> entries =
                withClassPath(() -> Material.readKeys(settings, new MaterialReading(PasswordSource.NONE, problems)));

        assertThat(problems.errors()).isEmpty();
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).chain()).containsExactly(CHAIN.leaf().certificate(), CHAIN.issuer());
        assertThat(entries.get(0).key()).isEqualTo(CHAIN.leaf().key());
    }

    @ParameterizedTest
    @EnumSource(names = {"PATH", "FILE", "FILE_URI", "CLASSPATH", "BASE64"})
    void readOfAStoreTakesEveryForm(Form form) throws IOException {
        String text = Files.readString(directory.resolve("store.p12"), StandardCharsets.ISO_8859_1);
        StoreSettings settings = new StoreSettings(
                "store",
                Setting.of("type", "test", "PKCS12"),
                Optional.empty(),
                Optional.of(Setting.of("path", "test", form(form, "store.p12", text))),
                Optional.of(Setting.secret("password", "test", "changeit")),
                Optional.empty(),
                Optional.empty());
        Problems problems = new Problems();

        List<KeyEntry> entries = withClassPath(() -> Material.readKeys(
                new KeyStoreSettings.Store(settings), new MaterialReading(PasswordSource.NONE, problems)));

        assertThat(problems.errors()).isEmpty();
        assertThat(entries).extracting(KeyEntry::alias).containsExactly("web");
    }

    @Test
    void readOfACertificateTakesDer() throws Exception {
        Path file = Files.write(
                directory.resolve("a.der"), CHAIN.leaf().certificate().getEncoded());
        Problems problems = new Problems();

        assertThat(CertificateReader.read(
                        Setting.of("cert", "test", file.toString()),
                        new MaterialReading(PasswordSource.NONE, problems)))
                .containsExactly(CHAIN.leaf().certificate());
        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void readOfOneFileWithKeyAndChainTakesEachFromIt() throws Exception {
        Path file = Files.writeString(
                directory.resolve("all.pem"), "# all in one\n" + CHAIN.keyPem() + "subject=CN - a-b\n" + CHAIN.pem());
        Setting both = Setting.of("both", "test", file.toString());
        Problems problems = new Problems();

        List<KeyEntry> entries = Material.readKeys(
                new KeyStoreSettings.Pem(List.of(new KeyStoreSettings.Pair("pair", both, both, Optional.empty()))),
                new MaterialReading(PasswordSource.NONE, problems));

        assertThat(problems.errors()).isEmpty();
        assertThat(entries.get(0).chain()).hasSize(2);
    }

    @Test
    void readOfAFileWhoseNameLooksLikeBase64ReadsIt() throws Exception {
        Path file = Files.writeString(directory.resolve("M" + "a".repeat(60)), CHAIN.pem());
        Problems problems = new Problems();

        assertThat(CertificateReader.read(
                        Setting.of("cert", "test", file.toString()),
                        new MaterialReading(PasswordSource.NONE, problems)))
                .hasSize(2);
        assertThat(problems.errors()).isEmpty();
    }

    private interface Reading {
        List<KeyEntry> read();
    }

    private List<KeyEntry> withClassPath(Reading reading) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader application =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            thread.setContextClassLoader(application);
            return reading.read();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
