package io.sluice.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority, made anew for each use, and what it issues. */
public final class TestAuthority {
    private final PrivateKey key;
    private final X509Certificate certificate;

    private TestAuthority(PrivateKey key, X509Certificate certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** An authority of its own. */
    public static TestAuthority create(String name) {
        KeyPair keys = Kind.EC.pair();
        X500Name subject = new X500Name("CN=" + name);
        Instant now = Instant.now();
        try {
            JcaX509v3CertificateBuilder builder =
                    builder(subject, subject, keys, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            return new TestAuthority(keys.getPrivate(), sign(builder, keys.getPrivate()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's own certificate, for those who are to trust it. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The authority's own certificate as PEM text. */
    public String pem() {
        return new TestCertificate(key, certificate).certificatePem();
    }

    /** Issues a certificate of an elliptic-curve key, in date, for the names; 127.0.0.1 is one more name. */
    public TestChain issue(String... dnsNames) {
        return issue(Wanted.of(dnsNames));
    }

    /** Issues a certificate as it is wanted. */
    public TestChain issue(Wanted wanted) {
        KeyPair keys = wanted.kind().pair();
        Instant now = Instant.now();
        try {
            JcaX509v3CertificateBuilder builder = builder(
                    new X500Name(certificate.getSubjectX500Principal().getName()),
                    new X500Name("CN=" + wanted.dnsNames().get(0)),
                    keys,
                    now.plus(wanted.from()),
                    now.plus(wanted.until()));
            GeneralName[] names = new GeneralName[wanted.dnsNames().size() + 1];
            for (int i = 0; i < names.length - 1; i++) {
                names[i] =
                        new GeneralName(GeneralName.dNSName, wanted.dnsNames().get(i));
            }
            names[names.length - 1] = new GeneralName(GeneralName.iPAddress, "127.0.0.1");
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
            if (!wanted.usages().isEmpty()) {
                KeyPurposeId[] usages = wanted.usages().toArray(KeyPurposeId[]::new);
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(usages));
            }
            if (!wanted.responder().isEmpty()) {
                builder.addExtension(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(
                                AccessDescription.id_ad_ocsp,
                                new GeneralName(GeneralName.uniformResourceIdentifier, wanted.responder())));
            }
            return new TestChain(new TestCertificate(keys.getPrivate(), sign(builder, key)), certificate);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority's list of what it has revoked, as PEM text, due again in an hour. */
    public String crl(TestChain... revoked) {
        return crl(Duration.ofHours(1), revoked);
    }

    /** The same list, due again after a time, or before now. */
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
            byte[] list = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key))
                    .getEncoded();
            return "-----BEGIN X509 CRL-----\n" + Base64.getMimeEncoder().encodeToString(list)
                    + "\n-----END X509 CRL-----\n";
        } catch (OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    PrivateKey key() {
        return key;
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, Instant from, Instant until) {
        BigInteger serial = new BigInteger(64, new SecureRandom());
        return new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(from), Date.from(until), subject, keys.getPublic());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    /** The kind of a certificate's key. */
    public enum Kind {
        EC("EC", 256),
        ED25519("Ed25519", 255),
        RSA("RSA", 2048),
        SHORT_RSA("RSA", 1024);

        private final String algorithm;
        private final int bits;

        Kind(String algorithm, int bits) {
            this.algorithm = algorithm;
            this.bits = bits;
        }

        KeyPair pair() {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
                generator.initialize(bits);
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What a certificate is to be: in date, for any use, of an elliptic-curve key, with no responder unless it says otherwise. */
    public record Wanted(
            List<String> dnsNames,
            Kind kind,
            Duration from,
            Duration until,
            List<KeyPurposeId> usages,
            String responder) {
        public static Wanted of(String... dnsNames) {
            return new Wanted(List.of(dnsNames), Kind.EC, Duration.ofHours(-1), Duration.ofHours(1), List.of(), "");
        }

        public Wanted kind(Kind kind) {
            return new Wanted(dnsNames, kind, from, until, usages, responder);
        }

        public Wanted expired() {
            return new Wanted(dnsNames, kind, Duration.ofHours(-2), Duration.ofHours(-1), usages, responder);
        }

        /** Valid for this time from now on. */
        public Wanted until(Duration end) {
            return new Wanted(dnsNames, kind, from, end, usages, responder);
        }

        public Wanted notYetValid() {
            return new Wanted(dnsNames, kind, Duration.ofHours(1), Duration.ofHours(2), usages, responder);
        }

        public Wanted forUse(KeyPurposeId... purposes) {
            return new Wanted(dnsNames, kind, from, until, List.of(purposes), responder);
        }

        /** Names the OCSP responder of an address (RFC 6960). */
        public Wanted responder(String url) {
            return new Wanted(dnsNames, kind, from, until, usages, url);
        }
    }
}
