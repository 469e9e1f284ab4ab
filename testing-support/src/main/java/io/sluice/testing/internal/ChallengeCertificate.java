package io.sluice.testing.internal;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate for a tls-alpn-01 challenge (RFC 8737), as an ACME library makes it.
 *
 * @param key the private key
 * @param certificate the certificate
 */
public record ChallengeCertificate(PrivateKey key, X509Certificate certificate) {

    /** Creates one for names; an address has digits and dots only, or a colon. */
    public static ChallengeCertificate of(String... identifiers) {
        return of(true, identifiers);
    }

    /** Creates one without the extension that makes it a challenge's. */
    public static ChallengeCertificate withoutIdentifier(String... identifiers) {
        return of(false, identifiers);
    }

    private static ChallengeCertificate of(boolean challenge, String... identifiers) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=acme challenge");
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(Instant.now().minus(Duration.ofMinutes(5))),
                    Date.from(Instant.now().plus(Duration.ofDays(7))),
                    name,
                    keys.getPublic());
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(Stream.of(identifiers)
                            .map(identifier -> new GeneralName(
                                    identifier.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName,
                                    identifier))
                            .toArray(GeneralName[]::new)));
            if (challenge) {
                builder.addExtension(
                        new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31"), true, new DEROctetString(new byte[32]));
            }
            return new ChallengeCertificate(
                    keys.getPrivate(),
                    new JcaX509CertificateConverter()
                            .getCertificate(builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }
}
