package io.sluice.internal.material;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.FileUrl;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.RevocationSettings;
import io.sluice.internal.settings.Setting;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files from openssl, keytool and ssh-keygen in place of PEM: they are read, or the problem says what they are. */
class OpenSslFilesTest {
    private static final String CERT = "sluice.ssl.web.key-store.pem.0.cert";
    private static final String KEY = "sluice.ssl.web.key-store.pem.0.key";
    private static final TestChain CHAIN = TestAuthority.create("authority").issue("localhost");

    @TempDir
    Path directory;

    private final Problems problems = new Problems();

    @BeforeEach
    void writeFiles() throws IOException {
        CHAIN.write(directory, "a");
        TestChain.writeKeyStore(CHAIN.keyStore("JKS", "a", "changeit"), "changeit", directory.resolve("a.jks"));
        TestChain.writeKeyStore(CHAIN.keyStore("JCEKS", "a", "changeit"), "changeit", directory.resolve("a.jceks"));
    }

    private Path file(String command) throws Exception {
        Path out = directory.resolve("made");
        run(command + " -out " + out);
        return out;
    }

    private void run(String command) throws Exception {
        String whole = command.replace("@", directory.toString());
        try (ProcessPeer process = ProcessPeer.start(whole.split(" "))) {
            String output = process.awaitEnd();
            assertThat(process.exitCode()).as("%s: %s", whole, output).isZero();
        }
    }

    private List<String> faults() {
        return problems.errors().stream()
                .map(problem -> problem.fault().replace(directory.toString(), "@") + ". " + problem.remedy())
                .toList();
    }

    private Optional<?> key(Path file) {
        return PemKey.read(
                new KeyStoreSettings.Pair(
                        "sluice.ssl.web.key-store.pem.0",
                        Setting.of(CERT, "test", "unused"),
                        Setting.of(KEY, "test", file.toString()),
                        Optional.of(Setting.secret("password", "test", "changeit"))),
                new MaterialReading(PasswordSource.NONE, problems));
    }

    static Stream<Arguments> others() {
        String pkcs12 = "'@/made' is a PKCS12 store, not PEM. Use sluice.ssl.web.key-store.p12.path and"
                + " sluice.ssl.web.key-store.p12.password for it";
        String pkcs7 = "'@/made' holds PKCS7, not a certificate by itself. Convert it with openssl pkcs7 -print_certs"
                + " -in FILE -out chain.pem (and -inform DER if it is binary)";
        return Stream.of(
                Arguments.of("openssl pkcs12 -export -in @/a.crt -inkey @/a.key -passout pass:changeit", pkcs12),
                Arguments.of("openssl crl2pkcs7 -nocrl -certfile @/a.crt", pkcs7),
                Arguments.of("openssl crl2pkcs7 -nocrl -certfile @/a.crt -outform DER", pkcs7),
                Arguments.of(
                        "openssl pkey -in @/a.key -pubout",
                        "'@/made' holds no certificate, but PUBLIC KEY. Name the PEM file of the certificate chain"),
                Arguments.of(
                        "openssl pkey -in @/a.key -pubout -outform DER",
                        "'@/made' holds no certificate, but PUBLIC KEY. Name the PEM file of the certificate chain"),
                Arguments.of(
                        "openssl req -new -subj /CN=a -key @/a.key -outform DER",
                        "'@/made' holds no certificate, but CERTIFICATE REQUEST."
                                + " Name the PEM file of the certificate chain"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void otherFilesAreToldByTheirKind(String command, String fault) throws Exception {
        assertThat(CertificateReader.read(
                        Setting.of(CERT, "test", file(command).toString()),
                        new MaterialReading(PasswordSource.NONE, problems)))
                .isEmpty();
        assertThat(faults()).containsExactly(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "a.jks, JKS, Use sluice.ssl.web.key-store.jks.path and sluice.ssl.web.key-store.jks.password for it",
        "a.jceks, JCEKS, Use sluice.ssl.web.key-store.other.type=JCEKS and sluice.ssl.web.key-store.other.path for it"
    })
    void storesOfJavaAreToldByTheirKind(String name, String type, String remedy) {
        assertThat(key(directory.resolve(name))).isEmpty();
        assertThat(faults()).containsExactly("'@/" + name + "' is a " + type + " store, not PEM. " + remedy);
    }

    @ParameterizedTest
    @CsvSource({
        "openssl pkey -in @/a.key -outform DER",
        "openssl ec -in @/a.key -outform DER",
        "openssl pkcs8 -topk8 -nocrypt -in @/a.key -outform DER",
        "openssl pkcs8 -topk8 -passout pass:changeit -in @/a.key -outform DER"
    })
    void keyInDerIsRead(String command) throws Exception {
        assertThat(key(file(command))).isPresent();
        assertThat(faults()).isEmpty();
    }

    @Test
    void rsaKeyInDerIsRead() throws Exception {
        run("openssl genrsa -traditional -out @/rsa.key 2048");
        assertThat(key(file("openssl rsa -traditional -in @/rsa.key -outform DER")))
                .isPresent();
        assertThat(faults()).isEmpty();
    }

    @Test
    void keyOfOpenSshSaysHowToConvertIt() throws Exception {
        run("ssh-keygen -q -t ed25519 -N  -f @/made".replace("-N  -f", "-N changeit -f"));
        assertThat(key(directory.resolve("made"))).isEmpty();
        assertThat(faults())
                .containsExactly("'@/made' holds a key in OpenSSH format."
                        + " Convert a copy of it with ssh-keygen -p -m PKCS8 -f COPY");
    }

    @Test
    void pemEncodedTwiceSaysSo() throws Exception {
        Path file = Files.writeString(
                directory.resolve("made"),
                Base64.getEncoder().encodeToString(CHAIN.pem().getBytes(StandardCharsets.US_ASCII)));
        assertThat(CertificateReader.read(
                        Setting.of(CERT, "test", file.toString()), new MaterialReading(PasswordSource.NONE, problems)))
                .isEmpty();
        assertThat(faults())
                .containsExactly("'@/made' holds PEM that is base64-encoded once more."
                        + " Decode it with base64 -d, or set it inline with the prefix base64:");
    }

    @ParameterizedTest
    @CsvSource({"X509 CERTIFICATE", "TRUSTED CERTIFICATE"})
    void otherLabelsOfCertificatesAreKnown(String label) {
        String text = CHAIN.pem().replace(" CERTIFICATE-", " " + label + "-");
        assertThat(CertificateReader.read(
                        Setting.of(CERT, "test", text), new MaterialReading(PasswordSource.NONE, problems)))
                .containsExactly(CHAIN.leaf().certificate(), CHAIN.issuer());
        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "-setalias name,",
        "-addtrust serverAuth, true",
        "-addreject serverAuth, true",
        "-addtrust serverAuth -addreject clientAuth -setalias name, true"
    })
    void certificateWithTrustSettingsIsReadIfTheyRestrictNothing(String options, Boolean refused) throws Exception {
        Path file = file("openssl x509 -in @/a.crt -trustout " + options);
        assertThat(Files.readString(file)).contains("BEGIN TRUSTED CERTIFICATE");
        assertThat(CertificateReader.read(
                        Setting.of(CERT, "test", file.toString()), new MaterialReading(PasswordSource.NONE, problems)))
                .hasSize(refused == null ? 1 : 0);
        if (refused == null) {
            assertThat(faults()).isEmpty();
        } else {
            assertThat(faults())
                    .containsExactly("'@/made' holds a certificate with OpenSSL trust settings,"
                            + " which Java does not support."
                            + " Remove the settings with openssl x509 -in FILE -out plain.pem");
        }
    }

    @Test
    void brokenCertificatesAreToldByTheirNumbers() {
        String broken = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        String text = CHAIN.issuerPem() + broken + CHAIN.issuerPem() + broken.replace("MIIB", "*");
        assertThat(CertificateReader.read(
                        Setting.of(CERT, "test", text), new MaterialReading(PasswordSource.NONE, problems)))
                .isEmpty();
        assertThat(problems.errors())
                .extracting(Problem::fault)
                .map(fault -> fault.replaceAll("\\([0-9,]+ characters\\)", "()"))
                .containsExactly(
                        "inline PEM () holds a certificate that cannot be read (number 2)",
                        "inline PEM () holds a certificate that cannot be read (number 4)");
    }

    @Test
    void brokenRevocationListsAreToldByTheirNumbers() {
        String text = TestAuthority.create("a").crl() + "-----BEGIN X509 CRL-----\nMIIB\n-----END X509 CRL-----\n";
        Setting setting = Setting.of("lists", "test", text);
        assertThat(RevocationChecker.lists(
                        new RevocationSettings(RevocationSettings.Kind.CRL, Optional.of(setting), false, false),
                        new MaterialReading(PasswordSource.NONE, problems)))
                .isEmpty();
        assertThat(problems.errors())
                .extracting(Problem::fault)
                .map(fault -> fault.replaceAll("\\([0-9,]+ characters\\)", "()"))
                .containsExactly("inline PEM () holds a certificate revocation list that cannot be read (number 2)");
    }

    @ParameterizedTest
    @CsvSource({"0, ends within a DER object: it is truncated", "40, has bytes after its DER objects that are not DER"})
    void derWithMoreOrLessIsAProblem(int more, String fault) throws Exception {
        byte[] der = CHAIN.leaf().certificate().getEncoded();
        byte[] changed = java.util.Arrays.copyOf(der, more == 0 ? der.length - 1 : der.length + more);
        if (more > 0) {
            changed[changed.length - 1] = 'x';
        }
        Path file = Files.write(directory.resolve("made"), changed);
        assertThat(CertificateReader.read(
                        Setting.of(CERT, "test", file.toString()), new MaterialReading(PasswordSource.NONE, problems)))
                .isEmpty();
        assertThat(faults()).containsExactly("'@/made' " + fault + ". Copy the whole file again");
    }

    @Test
    void listKeepsThePemWithItsText() {
        String text = "subject=C = DE, O = \"A, B\"\n" + CHAIN.issuerPem() + "issuer=O = a, b\n";
        assertThat(list(text)).containsExactly(text);
        assertThat(list(text.replace("\n", "\\n"))).containsExactly(text.replace("\n", "\\n"));
        assertThat(list("/a.pem, /b\\,c.pem," + CHAIN.issuerPem() + " ,\n" + CHAIN.issuerPem() + ",/d.pem,/e.pem"))
                .map(String::strip)
                .containsExactly(
                        "/a.pem",
                        "/b,c.pem",
                        CHAIN.issuerPem().strip(),
                        CHAIN.issuerPem().strip(),
                        "/d.pem",
                        "/e.pem");
    }

    private static List<String> list(String value) {
        return Setting.of("certs", "test", value).list();
    }

    @ParameterizedTest
    @CsvSource({
        "file:@/a%20b%C3%A4+c%25.crt",
        "file:@/a bä+c%.crt",
        "file://@/a%20b%C3%A4+c%25.crt",
        "file://localhost@/a%20b%C3%A4+c%25.crt",
        "file:@/a%20b%c3%a4%2Bc%25.crt"
    })
    void fileUrlsAreDecoded(String url) throws Exception {
        Files.writeString(directory.resolve("a bä+c%.crt"), CHAIN.pem());
        CertificateReader.read(
                Setting.of(CERT, "test", url.replace("@", directory.toString())),
                new MaterialReading(PasswordSource.NONE, problems));
        assertThat(faults()).isEmpty();
    }

    @Test
    void fileWhoseNameLooksEncodedIsReadAsItIs() throws Exception {
        Path file = Files.writeString(directory.resolve("a%20b.crt"), CHAIN.pem());
        CertificateReader.read(
                Setting.of(CERT, "test", "file:" + file), new MaterialReading(PasswordSource.NONE, problems));
        assertThat(faults()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "file:///C:/Program%20Files/a+b.pem, C:/Program Files/a+b.pem",
        "file:/C:/a.pem, C:/a.pem",
        "file://localhost/C:/a.pem, C:/a.pem",
        "file:///C|/a.pem, C:/a.pem",
        "file:C:\\a.pem, C:\\a.pem",
        "file://server/share/a.pem, //server/share/a.pem"
    })
    void fileUrlsOfWindowsAreItsPaths(String url, String path) {
        assertThat(FileUrl.ofWindows(FileUrl.decoded(url))).isEqualTo(path);
    }
}
