package io.sluice.testing;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;

/**
 * A certificate authority that is created for a test. It has an elliptic-curve key (P-256) and issues certificates and
 * revocation lists.
 *
 * <p>Authorities are immutable, so threads may share them.
 */
public final class TestAuthority {
    private final PrivateKey key;
    private final X509Certificate certificate;

    private TestAuthority(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /**
     * Creates an authority with a new key. Its certificate is valid from a day ago until a day from now.
     *
     * @param name the common name of the authority; two authorities may have the same one
     * @return the authority
     */
    public static TestAuthority create(String name) {
        KeyPair keys = KeyAlgorithm.EC.generate();
        X500Name subject = new X500Name("CN=" + name);
        X509Certificate certificate = new CertificateBuilder(
                        subject, subject, keys, Duration.ofDays(-1), Duration.ofDays(1))
                .authority()
                .sign(keys.getPrivate());
        return new TestAuthority(keys.getPrivate(), certificate);
    }

    /** {@return the authority's own certificate, the trust anchor of what it issues} */
    public X509Certificate certificate() {
        return certificate;
    }

    /** {@return the authority's own certificate as PEM text} */
    public String pem() {
        return Pem.of(certificate);
    }

    /**
     * Creates a JSSE context that has no key and trusts nothing but what this authority issues.
     *
     * @return a context of the JDK's default provider
     */
    public SSLContext trustingContext() {
        return JsseContexts.trusting(certificate);
    }

    /**
     * Issues a certificate with an elliptic-curve key, valid from an hour ago until an hour from now.
     *
     * @param dnsNames one or more names; the first one is also the common name of the subject. The address 127.0.0.1 is
     *     added to them
     * @return the certificate with its key and issuer
     * @throws IllegalArgumentException if there is no name
     */
    public TestChain issue(String... dnsNames) {
        return issue(CertificateProfile.of(dnsNames));
    }

    /**
     * Issues a certificate with a new key.
     *
     * @param profile the properties of the certificate
     * @return the certificate with its key and issuer
     */
    public TestChain issue(CertificateProfile profile) {
        KeyPair keys = profile.keyAlgorithm().generate();
        CertificateBuilder builder = new CertificateBuilder(
                        new X500Name(certificate.getSubjectX500Principal().getName()),
                        X500Name.getInstance(new X500Principal(profile.subject()).getEncoded()),
                        keys,
                        profile.validFrom(),
                        profile.validUntil())
                .names(profile);
        if (profile.usage() != null) {
            builder.extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(profile.usage()));
        }
        if (profile.ocspUrl() != null) {
            GeneralName responder = new GeneralName(GeneralName.uniformResourceIdentifier, profile.ocspUrl());
            builder.extension(
                    Extension.authorityInfoAccess,
                    false,
                    new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, responder));
        }
        return new TestChain(new TestCertificate(keys.getPrivate(), builder.sign(key)), certificate);
    }

    /**
     * Issues a certificate revocation list that is valid for an hour.
     *
     * @param revoked the certificates to revoke, all issued by this authority
     * @return the list as PEM text
     */
    public String crl(TestChain... revoked) {
        return crl(Duration.ofHours(1), revoked);
    }

    /**
     * Issues a certificate revocation list.
     *
     * @param nextUpdate the time from now until the next list is due; a negative time makes an outdated list
     * @param revoked the certificates to revoke, all issued by this authority
     * @return the list as PEM text
     */
    public String crl(Duration nextUpdate, TestChain... revoked) {
        Instant now = Instant.now();
        JcaX509v2CRLBuilder builder = new JcaX509v2CRLBuilder(
                certificate.getSubjectX500Principal(), Date.from(now.minus(Duration.ofDays(1))));
        builder.setNextUpdate(Date.from(now.plus(nextUpdate)));
        for (TestChain chain : revoked) {
            builder.addCRLEntry(
                    chain.leaf().certificate().getSerialNumber(),
                    Date.from(now.minus(Duration.ofMinutes(1))),
                    CRLReason.keyCompromise);
        }
        try {
            return Pem.of(
                    "X509 CRL", builder.build(CertificateBuilder.signer(key)).getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    PrivateKey key() {
        return key;
    }
}
