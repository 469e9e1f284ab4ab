package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.RevocationSettings;
import io.sluice.internal.settings.Setting;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.EncryptedKeys;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of material is read the same, however editors and tools have changed the text. */
class PemFormsTest {
    private static final String PASSWORD = "s3cret-Pa55word";
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain EC = AUTHORITY.issue("ec.example");
    private static final TestChain RSA =
            AUTHORITY.issue(CertificateProfile.of("rsa.example").keyAlgorithm(KeyAlgorithm.RSA));

    @TempDir
    Path directory;

    enum Material {
        CERTIFICATE,
        CHAIN,
        REVOCATION_LISTS,
        PKCS8,
        PKCS1,
        SEC1,
        ENCRYPTED_PKCS8,
        ENCRYPTED_PKCS1,
        ENCRYPTED_SEC1_WITH_3DES;

        private String text;

        /** The same at each call. */
        synchronized String text() {
            if (text == null) {
                text = make();
            }
            return text;
        }

        private String make() {
            return switch (this) {
                case CERTIFICATE -> EC.leaf().certificatePem();
                case CHAIN -> EC.pem();
                case REVOCATION_LISTS -> AUTHORITY.crl(EC) + AUTHORITY.crl(RSA);
                case PKCS8 -> EC.keyPem();
                case PKCS1 -> traditional(RSA.leaf().key(), "");
                case SEC1 -> traditional(EC.leaf().key(), "");
                case ENCRYPTED_PKCS8 -> EncryptedKeys.pkcs8(EC.leaf().key(), PASSWORD);
                case ENCRYPTED_PKCS1 -> traditional(RSA.leaf().key(), "AES-256-CBC");
                case ENCRYPTED_SEC1_WITH_3DES -> traditional(EC.leaf().key(), "DES-EDE3-CBC");
            };
        }

        private static String traditional(PrivateKey key, String cipher) {
            StringWriter text = new StringWriter();
            try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
                if (cipher.isEmpty()) {
                    writer.writeObject(info(key));
                } else {
                    writer.writeObject(
                            info(key),
                            new JcePEMEncryptorBuilder(cipher)
                                    .setProvider(new BouncyCastleProvider())
                                    .build(PASSWORD.toCharArray()));
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return text.toString();
        }

        /** With the curve inside the key too, as in files from openssl. */
        private static PrivateKeyInfo info(PrivateKey key) throws IOException {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
            if (!(key instanceof java.security.interfaces.ECPrivateKey ec)) {
                return info;
            }
            return new PrivateKeyInfo(
                    info.getPrivateKeyAlgorithm(),
                    new ECPrivateKey(
                            256, ec.getS(), info.getPrivateKeyAlgorithm().getParameters()));
        }

        /** Reads a setting that names it. */
        List<?> read(String value, Problems problems) {
            Setting setting = Setting.of("material", "test", value);
            return switch (this) {
                case CERTIFICATE, CHAIN ->
                    CertificateReader.read(setting, new MaterialReading(PasswordSource.NONE, problems));
                case REVOCATION_LISTS ->
                    RevocationChecker.lists(
                                    new RevocationSettings(
                                            RevocationSettings.Kind.CRL, Optional.of(setting), false, false),
                                    new MaterialReading(PasswordSource.NONE, problems))
                            .stream()
                            .map(Sourced::object)
                            .toList();
                default ->
                    PemKey.read(
                                    new KeyStoreSettings.Pair(
                                            "pair",
                                            setting,
                                            setting,
                                            Optional.of(Setting.secret("password", "test", PASSWORD))),
                                    new MaterialReading(PasswordSource.NONE, problems))
                            .stream()
                            .toList();
            };
        }
    }

    enum Change {
        NONE(text -> text),
        CRLF(text -> text.replace("\n", "\r\n")),
        CR(text -> text.replace('\n', '\r')),
        NO_LAST_LINE_END(String::stripTrailing),
        BLANKS_FOR_LINE_ENDS(text -> text.replace('\n', ' ')),
        NO_LINE_ENDS(text -> text.replace("\n", "")),
        ESCAPED_LF(text -> text.replace("\n", "\\n")),
        ESCAPED_CRLF(text -> text.replace("\n", "\\r\\n")),
        ESCAPED_TWICE(text -> text.replace("\n", "\\\\n")),
        INDENTED(text -> text.indent(6)),
        INDENTED_BY_TABS(text -> text.replaceAll("(?m)^", "\t")),
        INDENTED_BY_SPACES_OF_THE_WEB(text -> text.replaceAll("(?m)^", "\u00a0")),
        QUOTED(text -> '"' + text + '"'),
        QUOTED_SINGLY_AND_ESCAPED(text -> "'" + text.replace("\n", "\\n") + "'"),
        LINES_QUOTED(text -> text.replaceAll("(?m)^(.+)$", "\"$1\\\\n\"")),
        BLANK_LINES(text -> text.replace("-----\n", "-----\n\n")),
        BYTE_ORDER_MARKS_WITHIN(text -> text.replace("-----BEGIN", "\ufeff-----BEGIN")),
        TEXT_AROUND(text -> "Bag Attributes\n    friendlyName: a, b\nsubject=C = DE, O = \"A, B\", CN = a-b\n" + text
                + "\nissued on - Monday, by hand\n"),
        PATHS_AROUND(text -> "C:\\new\\root.pem:\n" + text + "# see \\\\server\\tools\n");

        final UnaryOperator<String> text;

        Change(UnaryOperator<String> text) {
            this.text = text;
        }
    }

    /** Returns the bytes of a file as an editor saves it. */
    enum Saved {
        UTF_8_WITH_MARK(StandardCharsets.UTF_8, true),
        UTF_16LE(StandardCharsets.UTF_16LE, false),
        UTF_16LE_WITH_MARK(StandardCharsets.UTF_16LE, true),
        UTF_16BE(StandardCharsets.UTF_16BE, false),
        UTF_16BE_WITH_MARK(StandardCharsets.UTF_16BE, true);

        private final Charset charset;
        private final boolean marked;

        Saved(Charset charset, boolean marked) {
            this.charset = charset;
            this.marked = marked;
        }

        byte[] bytes(String text) {
            return ((marked ? "\ufeff" : "") + text).getBytes(charset);
        }
    }

    static Stream<Arguments> changes() {
        return Arrays.stream(Material.values())
                .flatMap(material -> Arrays.stream(Change.values()).map(change -> Arguments.of(material, change)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("changes")
    void changedTextIsReadFromAFileAndInline(Material material, Change change) throws IOException {
        String text = material.text();
        String changed = change.text.apply(text);
        Path file = Files.writeString(directory.resolve("file"), changed);

        assertReads(material, text, file.toString());
        assertReads(material, text, changed);
        assertReads(material, text, base64(changed.getBytes(StandardCharsets.UTF_8)));
    }

    static Stream<Arguments> encodings() {
        return Arrays.stream(Material.values())
                .flatMap(material -> Arrays.stream(Saved.values()).map(saved -> Arguments.of(material, saved)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("encodings")
    void fileOfAnyEncodingIsRead(Material material, Saved saved) throws IOException {
        byte[] bytes = saved.bytes(material.text().replace("\n", "\r\n"));
        Path file = Files.write(directory.resolve("file"), bytes);

        assertReads(material, material.text(), file.toString());
        assertReads(material, material.text(), base64(bytes));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ENCRYPTED_PKCS1", "ENCRYPTED_SEC1_WITH_3DES"})
    void derIsRead(Material material) throws IOException {
        List<byte[]> objects = der(material.text());
        byte[] all = new byte[0];
        for (byte[] object : objects) {
            int end = all.length;
            all = Arrays.copyOf(all, end + object.length);
            System.arraycopy(object, 0, all, end, object.length);
        }
        Path file = Files.write(directory.resolve("file"), all);

        assertReads(material, material.text(), file.toString());
        assertReads(material, material.text(), base64(all));
        assertReads(
                material,
                material.text(),
                base64((new String(all, StandardCharsets.ISO_8859_1) + "\n").getBytes(StandardCharsets.ISO_8859_1)));
    }

    @ParameterizedTest
    @EnumSource
    void textCutAnywhereIsAProblem(Material material) {
        String text = material.text().stripTrailing();
        for (int length = 12; length < text.length(); length += 1 + text.length() / 60) {
            Problems problems = new Problems();
            List<?> read = material.read(text.substring(0, length), problems);
            if (problems.errors().isEmpty()) {
                String behind = text.substring(text.lastIndexOf("-----END ", length), length);
                assertThat(behind).as("%s characters", length).doesNotContain("BEGIN ");
                assertThat(read).isNotEmpty();
            } else {
                assertThat(read).as("%s characters", length).isEmpty();
                assertThat(problems.errors()).hasSize(1);
            }
        }
    }

    private static void assertReads(Material material, String plain, String value) {
        Problems problems = new Problems();
        List<?> read = material.read(value, problems);
        assertThat(problems.errors()).isEmpty();
        if (read.get(0) instanceof PrivateKey key) {
            assertThat(number(key))
                    .isEqualTo(number(
                            (key instanceof RSAPrivateKey ? RSA : EC).leaf().key()));
        } else {
            assertThat(read).isEqualTo(material.read(plain, problems));
            assertThat(read).hasSize(plain.split("-----BEGIN ").length - 1);
        }
    }

    /** The same key may be encoded in several ways. */
    private static BigInteger number(PrivateKey key) {
        return key instanceof RSAPrivateKey rsa
                ? rsa.getPrivateExponent()
                : ((java.security.interfaces.ECPrivateKey) key).getS();
    }

    private static String base64(byte[] bytes) {
        return "base64:" + Base64.getEncoder().encodeToString(bytes);
    }

    private static List<byte[]> der(String pem) {
        List<byte[]> objects = new ArrayList<>();
        for (String block : pem.split("-----END [A-Z0-9 ]+-----")) {
            if (!block.isBlank()) {
                objects.add(Base64.getMimeDecoder().decode(block.strip().replaceAll("-----BEGIN [A-Z0-9 ]+-----", "")));
            }
        }
        return objects;
    }
}
