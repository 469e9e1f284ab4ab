package io.sluice.examples.provision;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
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
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates that its key signs. */
record CertificateIssuer(X509CertificateHolder issuer, PrivateKey key) {

    static CertificateIssuer authority(String name) throws IOException, GeneralSecurityException {
        KeyPair keys = keys();
        X500Name subject = new X500Name("CN=" + name);
        X509v3CertificateBuilder builder = builder(subject, subject, keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return new CertificateIssuer(signed(builder, keys.getPrivate()), keys.getPrivate());
    }

    static Identity selfSigned(String name) throws IOException, GeneralSecurityException {
        KeyPair keys = keys();
        X500Name subject = new X500Name("CN=" + name);
        return identity(builder(subject, subject, keys.getPublic()), name, keys.getPrivate(), keys.getPrivate());
    }

    Identity issue(String name) throws IOException, GeneralSecurityException {
        KeyPair keys = keys();
        X509v3CertificateBuilder builder = builder(issuer.getSubject(), new X500Name("CN=" + name), keys.getPublic());
        return identity(builder, name, keys.getPrivate(), key);
    }

    String issuerPem() throws IOException {
        return pem(issuer);
    }

    private static Identity identity(X509v3CertificateBuilder builder, String name, PrivateKey own, PrivateKey signing)
            throws IOException, GeneralSecurityException {
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, name), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        }));
        return new Identity(pem(signed(builder, signing)), pem(new JcaPKCS8Generator(own, null)));
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(64, new SecureRandom()),
                Date.from(now.minus(Duration.ofMinutes(5))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                key);
    }

    private static X509CertificateHolder signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "CertificateIssuer[" + issuer.getSubject() + "]";
    }
}
