package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.context.SslContextException;
import io.sluice.internal.config.TestConfig;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.EncryptedKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A password in a file of its own opens whatever a configured password opens. */
class PasswordFileTest {
    private static final TestChain CHAIN = TestAuthority.create("authority").issue("localhost");
    private static final String SECRET = "s3cret Passw0rd";
    private static final String KEY_SECRET = "an0ther-Pa55word";
    private static final String P = "sluice.ssl.web.";

    @TempDir
    Path directory;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(directory.resolve("store"), SECRET + "\n");
        Files.writeString(directory.resolve("key"), KEY_SECRET + "\n");
        TestChain.writeKeyStore(CHAIN.keyStore("PKCS12", "web", SECRET), SECRET, directory.resolve("keys.p12"));
        TestChain.writeKeyStore(CHAIN.keyStore("JKS", "web", KEY_SECRET), SECRET, directory.resolve("keys.jks"));
        CHAIN.write(directory, "web");
        Files.writeString(
                directory.resolve("encrypted.key"),
                EncryptedKeys.pkcs8(CHAIN.leaf().key(), KEY_SECRET));
    }

    /** Properties in which {@code @} stands for the directory. */
    private ReloadableContext context(String... properties) {
        return NamedContexts.web(Stream.of(properties)
                .flatMap(property -> Stream.of(property.split("=", 2)))
                .map(part -> part.replace("@", directory.toString()))
                .toArray(String[]::new));
    }

    static Stream<List<String>> stores() {
        List<List<String>> all = new ArrayList<>();
        for (String group : List.of("key-store", "client-key-store")) {
            all.add(List.of(
                    group + ".pem.0.cert=@/web.crt",
                    group + ".pem.0.key=@/encrypted.key",
                    group + ".pem.0.password-file=@/key"));
            all.add(List.of(group + ".p12.path=@/keys.p12", group + ".p12.password-file=file:@/store"));
            all.add(List.of(
                    group + ".jks.path=@/keys.jks",
                    group + ".jks.password-file=@/store",
                    group + ".jks.alias-password-file=@/key"));
            all.add(List.of(
                    group + ".other.type=JKS",
                    group + ".other.path=@/keys.jks",
                    group + ".other.password=" + SECRET,
                    group + ".other.alias-password-file=@/key"));
        }
        all.add(List.of("trust-store.jks.path=@/keys.jks", "trust-store.jks.password-file=@/store"));
        all.add(List.of(
                "trust-store.other.type=JKS",
                "trust-store.other.path=@/keys.jks",
                "trust-store.other.password-file=@/store"));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void passwordFileOpensEveryStore(List<String> properties) throws Exception {
        context(properties.toArray(String[]::new)).load();
    }

    @Test
    void passwordFileIsWatched() throws Exception {
        try (Watching web = new Watching(
                "key-store.p12.path", directory + "/keys.p12", "key-store.p12.password-file", directory + "/store")) {
            Files.writeString(directory.resolve("store"), KEY_SECRET);
            assertThat(web.await(ContextReloadFailed.class, 1).problems())
                    .singleElement()
                    .asString()
                    .contains(".key-store.p12.password-file (from live): the password in the file ")
                    .doesNotContain(KEY_SECRET);

            Path renewed = directory.resolve("renewed.p12");
            TestChain.writeKeyStore(CHAIN.keyStore("PKCS12", "web", KEY_SECRET), KEY_SECRET, renewed);
            Files.move(renewed, directory.resolve("keys.p12"), StandardCopyOption.ATOMIC_MOVE);
            web.await(ContextReloaded.class, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\r"})
    void oneLineEndIsNoPartOfThePassword(String end) throws Exception {
        Files.writeString(directory.resolve("store"), SECRET + end);

        context("key-store.p12.path=@/keys.p12", "key-store.p12.password-file=@/store")
                .load();
    }

    @Test
    void byteOrderMarkIsNoPartOfThePassword() throws Exception {
        Files.writeString(directory.resolve("store"), "\uFEFF" + SECRET + "\n");

        context("key-store.p12.path=@/keys.p12", "key-store.p12.password-file=@/store")
                .load();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            two line ends | the password in the file '@/store' does not open the store that sluice.ssl.web.key-store.p12.path names (the password ends with white space). Correct the password.
            another       | the password in the file '@/store' does not open the store that sluice.ssl.web.key-store.p12.path names. Correct the password.
            only a mark   | the file '@/store' holds no password. Write the password into the file.
            empty         | the file '@/store' holds no password. Write the password into the file.
            a line end    | the file '@/store' holds no password. Write the password into the file.
            too long      | the file '@/store' has more than 65,536 bytes. Name a file that holds nothing but the password.
            no text       | the file '@/store' is not text in UTF-8. Write the password as UTF-8.
            missing       | the file '@/store' does not exist. Create the file, or correct the path.
            a directory   | '@/store' is a directory. Name a file in it.
            """)
    void fileThatHoldsNoUsablePasswordIsAProblem(String content, String message) throws Exception {
        Path file = directory.resolve("store");
        switch (content) {
            case "two line ends" -> Files.writeString(file, SECRET + "\n\n");
            case "another" -> Files.writeString(file, "wr0ng-Pa55word");
            case "only a mark" -> Files.writeString(file, "\uFEFF\n");
            case "empty" -> Files.writeString(file, "");
            case "a line end" -> Files.writeString(file, "\r\n");
            case "too long" -> Files.writeString(file, SECRET.repeat(6000));
            case "no text" -> Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0x20});
            case "missing" -> Files.delete(file);
            default -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
        }

        List<String> messages =
                messages(context("key-store.p12.path=@/keys.p12", "key-store.p12.password-file=@/store"));

        assertThat(messages)
                .containsExactly(P + "key-store.p12.password-file (from " + TestConfig.SOURCE + "): "
                        + message.replace("@", directory.toString()));
        assertThat(messages.toString()).doesNotContain(SECRET, "wr0ng");
    }

    /** A file that exists in the working directory may be shown. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hunter2-s3cret           | there is no such file
            'a1/b2+hunter2-s3cret==' | there is no such file
            hunter2\u0000-s3cret     | the value is not a path
            """)
    void passwordInPlaceOfTheFileIsNotShown(String password, String fault) throws Exception {
        ReloadableContext context = context("key-store.p12.path=@/keys.p12", "key-store.p12.password-file=" + password);

        assertThat(messages(context))
                .containsExactly(P + "key-store.p12.password-file (from " + TestConfig.SOURCE + "): " + fault
                        + " (the value is not shown, because it may be the password itself). Name the file that holds"
                        + " the password, best with its whole path.");
        assertThat(context.describe().sources().toString()).doesNotContain("hunter2");
    }

    @Test
    void relativePathOfAFileThatExistsIsShown() throws Exception {
        Path file = Files.createTempFile(Path.of("").toAbsolutePath(), "password", ".tmp");
        try {
            Files.writeString(file, SECRET);
            ReloadableContext context =
                    context("key-store.p12.path=@/keys.p12", "key-store.p12.password-file=" + file.getFileName());
            context.load();
            assertThat(context.describe().sources()).contains(file.toString());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void unreadableFileIsAProblem() throws Exception {
        Path file = directory.resolve("store");
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "this user may read every file");

        assertThat(messages(context("key-store.p12.path=@/keys.p12", "key-store.p12.password-file=@/store")))
                .containsExactly(P + "key-store.p12.password-file (from " + TestConfig.SOURCE
                        + "): this process is not allowed to read the file '" + file
                        + "'. Grant it permission to read the file.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key-store.p12.password-file=@/store key-store.p12.password=x                 | key-store.p12.password-file | the password is also set as sluice.ssl.web.key-store.p12.password. Remove one of the two properties.
            key-store.p12.password-file=                                                 | key-store.p12.password-file | it is set but empty. Give it a value, or remove the property from that source. To use another kind of store, set sluice.ssl.web.key-store.kind.
            key-store.p12.password=x key-store.p12.alias-password=x key-store.p12.alias-password-file=@/key | key-store.p12.alias-password-file | the password is also set as sluice.ssl.web.key-store.p12.alias-password. Remove one of the two properties.
            """)
    void passwordThatIsSetTwiceOrEmptyIsAProblem(String properties, String key, String message) {
        List<String> all = new ArrayList<>(List.of(properties.split(" ")));
        all.add("key-store.p12.path=@/keys.p12");

        assertThat(messages(context(all.toArray(String[]::new))))
                .containsExactly(P + key + " (from " + TestConfig.SOURCE + "): " + message);
    }

    @Test
    void wrongPasswordsOfKeysNameTheFile() throws Exception {
        Files.writeString(directory.resolve("key"), "wr0ng-Pa55word");

        assertThat(messages(context(
                        "key-store.pem.0.cert=@/web.crt",
                        "key-store.pem.0.key=@/encrypted.key",
                        "key-store.pem.0.password-file=@/key")))
                .containsExactly(P + "key-store.pem.0.password-file (from " + TestConfig.SOURCE
                        + "): the password in the file '" + directory + "/key' does not open the key that " + P
                        + "key-store.pem.0.key names. Correct the password.");
        assertThat(messages(context(
                        "key-store.jks.path=@/keys.jks",
                        "key-store.jks.password-file=@/store",
                        "key-store.jks.alias-password-file=@/key")))
                .containsExactly(P + "key-store.jks.alias-password-file (from " + TestConfig.SOURCE
                        + "): the password in the file '" + directory
                        + "/key' does not open the key 'web'. Correct the password.");
    }

    private static List<String> messages(ReloadableContext context) {
        return catchThrowableOfType(SslContextException.class, context::load).problems();
    }
}
