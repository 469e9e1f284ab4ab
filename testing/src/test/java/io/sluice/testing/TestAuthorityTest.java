package io.sluice.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestAuthorityTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @Test
    void issuedCertificateIsForItsNamesAndVerifies() throws Exception {
        X509Certificate certificate =
                AUTHORITY.issue("a.example", "b.example").leaf().certificate();
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=a.example");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "a.example"), List.of(2, "b.example"), List.of(7, "127.0.0.1"));
        assertThat(certificate.getExtendedKeyUsage()).isNull();
        certificate.checkValidity();
        certificate.verify(AUTHORITY.certificate().getPublicKey());
    }

    @Test
    void certificateWithoutANameIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(AUTHORITY::issue);
    }

    @ParameterizedTest
    @CsvSource({"EC, EC, 0", "ED25519, EdDSA, 0", "RSA, RSA, 2048", "RSA_1024, RSA, 1024"})
    void keyIsOfTheTypeOfTheProfile(KeyAlgorithm type, String algorithm, int bits) {
        PublicKey key =
                issue(CertificateProfile.of("localhost").keyAlgorithm(type)).getPublicKey();
        assertThat(key.getAlgorithm()).isEqualTo(algorithm);
        if (key instanceof RSAKey rsa) {
            assertThat(rsa.getModulus().bitLength()).isEqualTo(bits);
        }
    }

    @Test
    void validityIsThatOfTheProfile() {
        CertificateProfile profile = CertificateProfile.of("localhost");
        assertThatThrownBy(() -> issue(profile.expired()).checkValidity())
                .isInstanceOf(CertificateExpiredException.class);
        assertThatThrownBy(() -> issue(profile.notYetValid()).checkValidity())
                .isInstanceOf(CertificateNotYetValidException.class);
        Date soon = Date.from(Instant.now().plus(Duration.ofMinutes(9)));
        Date later = Date.from(Instant.now().plus(Duration.ofMinutes(11)));
        assertThat(issue(profile.validFor(Duration.ofMinutes(10))).getNotAfter())
                .isBetween(soon, later);
        assertThatCode(() -> issue(profile).checkValidity()).doesNotThrowAnyException();
    }

    @Test
    void extendedKeyUsageIsThatOfTheProfile() throws Exception {
        CertificateProfile profile = CertificateProfile.of("localhost");
        assertThat(issue(profile.forServers()).getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(issue(profile.forClients()).getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    }

    @Test
    void revocationListNamesWhatIsRevoked() throws Exception {
        TestChain revoked = AUTHORITY.issue("revoked.example");
        X509CRL list = crl(AUTHORITY.crl(revoked));
        list.verify(AUTHORITY.certificate().getPublicKey());
        assertThat(list.isRevoked(revoked.leaf().certificate())).isTrue();
        assertThat(list.isRevoked(AUTHORITY.issue("good.example").leaf().certificate()))
                .isFalse();
        assertThat(list.getNextUpdate()).isAfter(new Date());
        assertThat(crl(AUTHORITY.crl(Duration.ofMinutes(-1))).getNextUpdate()).isBefore(new Date());
    }

    @Test
    void chainIsWrittenAsPemAndAsKeyStore(@TempDir Path directory) throws Exception {
        TestChain chain = AUTHORITY.issue("localhost");
        chain.write(directory, "web");
        try (InputStream in = Files.newInputStream(directory.resolve("web.crt"))) {
            assertThat(CertificateFactory.getInstance("X.509").generateCertificates(in))
                    .map(X509Certificate.class::cast)
                    .containsExactly(chain.leaf().certificate(), AUTHORITY.certificate());
        }
        assertThat(directory.resolve("web.key")).hasContent(chain.keyPem());

        Path file = TestChain.writeKeyStore(
                chain.keyStore("PKCS12", "web", "secret"), "secret", directory.resolve("web.p12"));
        KeyStore store = KeyStore.getInstance(file.toFile(), "secret".toCharArray());
        assertThat(store.getKey("web", "secret".toCharArray()))
                .isEqualTo(chain.leaf().key());
        assertThat(store.getCertificateChain("web")).hasSize(2);
    }

    private static X509Certificate issue(CertificateProfile profile) {
        return AUTHORITY.issue(profile).leaf().certificate();
    }

    private static X509CRL crl(String pem) throws Exception {
        return (X509CRL)
                CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    }
}
