package io.sluice.examples.spiffe;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The authority of a trust domain, which issues X.509-SVIDs: certificates whose only name is a SPIFFE ID. */
final class TrustDomainAuthority {

    /**
     * A key and its certificate.
     *
     * @param id the SPIFFE ID
     * @param keys the key
     * @param certificate its certificate
     */
    record Svid(String id, KeyPair keys, X509CertificateHolder certificate) {

        BigInteger serial() {
            return certificate.getSerialNumber();
        }
    }

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String domain;
    private final KeyPair keys = newKeys();
    private final X509CertificateHolder certificate;

    TrustDomainAuthority(String domain) {
        this.domain = domain;
        this.certificate = signed("spiffe://" + domain, keys, true, Duration.ofHours(1));
    }

    /** {@return the SPIFFE ID of the trust domain itself} */
    String id() {
        return "spiffe://" + domain;
    }

    X509CertificateHolder certificate() {
        return certificate;
    }

    Svid issue(String path) {
        return issueAs(id() + path);
    }

    /** Issues an SVID of any trust domain, as an authority that somebody has taken over could. */
    Svid issueAs(String id) {
        KeyPair subject = newKeys();
        return new Svid(id, subject, signed(id, subject, false, Duration.ofHours(1)));
    }

    Svid expired(String path) {
        KeyPair subject = newKeys();
        return new Svid(id() + path, subject, signed(id() + path, subject, false, Duration.ofMinutes(-1)));
    }

    private X509CertificateHolder signed(String uri, KeyPair subject, boolean authority, Duration left) {
        Instant now = Instant.now();
        X500Name issuer = new X500Name("O=" + domain);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(63, RANDOM),
                Date.from(now.minus(Duration.ofMinutes(5))),
                Date.from(now.plus(left)),
                authority ? issuer : new X500Name("O=workload"),
                subject.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            int usage = authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
