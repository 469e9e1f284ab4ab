package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.internal.settings.Problem;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server's chain has an intermediate authority. Its client knows the lists of none, of some or of all authorities. */
class RevocationOptionsTest {
    private static final TestAuthority OTHER = TestAuthority.create("other");
    private static final Instant NOW = Instant.now();

    private static Authority root;
    private static Authority intermediate;
    private static Authority leaf;

    /** A certificate with its key, which may issue others. */
    private record Authority(X509Certificate certificate, PrivateKey key) {
        static Authority of(String name, int serial, Authority issuer) throws Exception {
            KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
            X500Principal subject = new X500Principal("CN=" + name);
            boolean issues = !name.equals("localhost");
            var builder = new JcaX509v3CertificateBuilder(
                            issuer == null ? subject : issuer.certificate.getSubjectX500Principal(),
                            BigInteger.valueOf(serial),
                            Date.from(NOW.minusSeconds(60)),
                            Date.from(NOW.plusSeconds(3600)),
                            subject,
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(issues))
                    .addExtension(
                            Extension.keyUsage,
                            true,
                            new KeyUsage(issues ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.subjectAlternativeName,
                            false,
                            new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA")
                    .build(issuer == null ? keys.getPrivate() : issuer.key);
            return new Authority(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys.getPrivate());
        }

        String pem() throws Exception {
            return block("CERTIFICATE", certificate.getEncoded());
        }

        /** A list of certificates that are revoked, by their serial numbers. */
        String list(int... revoked) throws Exception {
            var builder = new JcaX509v2CRLBuilder(
                            certificate.getSubjectX500Principal(), Date.from(NOW.minusSeconds(60)))
                    .setNextUpdate(Date.from(NOW.plusSeconds(3600)));
            for (int serial : revoked) {
                builder.addCRLEntry(BigInteger.valueOf(serial), Date.from(NOW.minusSeconds(30)), 0);
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return block("X509 CRL", builder.build(signer).getEncoded());
        }
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    /** With ocsp, the JDK rejects a certificate that names no responder, even with soft-fail. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            crl  | false | every certificate of that issuer is rejected                                       | false
            crl  | true  | it is not used, and a certificate that it revokes may be accepted                  | true
            ocsp | false | a certificate of that issuer is rejected unless its OCSP responder answers         | false
            ocsp | true  | it is not used, and a certificate that it revokes may be accepted                  | false
            """)
    void warningOfAnOutdatedListSaysWhatFollows(String kind, String softFail, String effect, boolean accepted)
            throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        TestChain revoked = authority.issue("localhost");
        String[] client = {
            "trust-store.pem.certs",
            authority.pem(),
            "trust-store.revocation-lists",
            authority.crl(Duration.ofHours(-1), revoked),
            "revocation",
            kind,
            "revocation.soft-fail",
            softFail
        };

        assertThat(NamedContexts.warnings(client))
                .extracting(Problem::fault)
                .filteredOn(fault -> fault.contains("out of date"))
                .singleElement()
                .asString()
                .startsWith("the revocation list of 'CN=authority' has been out of date since ")
                .endsWith("Z, so " + effect);
        ReloadableContext server =
                NamedContexts.web("key-store.pem.0.cert", revoked.pem(), "key-store.pem.0.key", revoked.keyPem());
        try (Loopback loopback = new Loopback(server.serverSocketFactory())) {
            assertThat(loopback.connect(NamedContexts.web(client).socketFactory(), "localhost")
                            .isConnected())
                    .isEqualTo(accepted);
        }
    }

    @BeforeAll
    static void issue() throws Exception {
        root = Authority.of("root", 1, null);
        intermediate = Authority.of("intermediate", 2, root);
        leaf = Authority.of("localhost", 3, intermediate);
    }

    /** The lists that the client knows: of the root, of the intermediate, and which of them revokes. */
    private static String lists(String known) throws Exception {
        return switch (known) {
            case "all" -> root.list() + intermediate.list();
            case "of the leaf" -> intermediate.list();
            case "revoking the leaf" -> root.list() + intermediate.list(3);
            case "of the leaf, revoking it" -> intermediate.list(3);
            case "revoking the intermediate" -> root.list(2) + intermediate.list();
            default -> OTHER.crl();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "all, false, false, true",
        "of the leaf, false, false, false",
        "none, false, false, false",
        "revoking the leaf, false, false, false",
        "revoking the intermediate, false, false, false",
        "none, true, false, true",
        "of the leaf, true, false, true",
        "'of the leaf, revoking it', true, false, false",
        "revoking the intermediate, true, false, false",
        "of the leaf, false, true, true",
        "none, false, true, false",
        "'of the leaf, revoking it', false, true, false",
        "revoking the intermediate, false, true, true",
        "none, true, true, true",
    })
    void optionsDecideAboutWhatIsNotKnown(String known, boolean softFail, boolean onlyEndEntity, boolean accepted)
            throws Exception {
        SSLEngine client = NamedContexts.web(
                        "trust-store.pem.certs",
                        root.pem(),
                        "trust-store.revocation-lists",
                        lists(known),
                        "revocation.soft-fail",
                        Boolean.toString(softFail),
                        "revocation.only-end-entity",
                        Boolean.toString(onlyEndEntity))
                .sslContext()
                .createSSLEngine("localhost", 1);
        client.setUseClientMode(true);
        SSLEngine server = NamedContexts.web(
                        "key-store.pem.0.cert",
                        leaf.pem() + intermediate.pem(),
                        "key-store.pem.0.key",
                        block("PRIVATE KEY", leaf.key().getEncoded()))
                .sslContext()
                .createSSLEngine();
        server.setUseClientMode(false);

        Throwable failure = catchThrowable(() -> Engines.handshake(client, server));

        assertThat(failure == null).as(String.valueOf(failure)).isEqualTo(accepted);
    }
}
