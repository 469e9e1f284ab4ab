package io.sluice.internal.cli.devcert;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority whose certificates are for development only. Its keys and those that it certifies are EC P-256, which every TLS stack
 * knows.
 *
 * @param identity its own key and certificate
 */
public record DevelopmentAuthority(Identity identity) {

    /** After that, everybody who trusts it must trust another one. */
    private static final Duration VALIDITY = Duration.ofDays(730);

    /** For clocks that are a little slow. */
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * A private key and its certificate. Its string does not show the key.
     *
     * @param key the key
     * @param certificate the certificate
     */
    public record Identity(PrivateKey key, X509Certificate certificate) {

        @Override
        public String toString() {
            return certificate.getSubjectX500Principal().toString();
        }
    }

    /** Which side a certificate is for. */
    public enum Purpose {
        /** The server. */
        SERVER(KeyPurposeId.id_kp_serverAuth),
        /** The client. */
        CLIENT(KeyPurposeId.id_kp_clientAuth);

        private final KeyPurposeId usage;

        Purpose(KeyPurposeId usage) {
            this.usage = usage;
        }
    }

    /**
     * Creates an authority with a new key. Its name is its own, so that a trust store may have several.
     *
     * @return the authority
     * @throws GeneralSecurityException if the JDK cannot make the key
     * @throws IOException if the certificate cannot be encoded
     */
    public static DevelopmentAuthority create() throws GeneralSecurityException, IOException {
        KeyPair keys = newKeys();
        byte[] mark = new byte[4];
        RANDOM.nextBytes(mark);
        X500Principal name = principal("Development authority " + HexFormat.of().formatHex(mark));
        Instant from = Instant.now().minus(BACKDATED);
        JcaX509v3CertificateBuilder builder = builder(name, name, from, from.plus(VALIDITY), keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return new DevelopmentAuthority(new Identity(keys.getPrivate(), signed(builder, keys.getPrivate())));
    }

    /**
     * Issues a certificate for a new key.
     *
     * @param names host names and IP addresses; the first is the subject
     * @param purpose the side that it is for
     * @param validity how long it is valid, at most until the authority expires
     * @return the key and the certificate
     * @throws GeneralSecurityException if the JDK cannot make the key
     * @throws IOException if the certificate cannot be encoded
     */
    public Identity issue(List<AlternativeName> names, Purpose purpose, Duration validity)
            throws GeneralSecurityException, IOException {
        KeyPair keys = newKeys();
        Instant from = Instant.now().minus(BACKDATED);
        Instant until = from.plus(BACKDATED).plus(validity);
        Instant last = identity.certificate().getNotAfter().toInstant();
        JcaX509v3CertificateBuilder builder = builder(
                identity.certificate().getSubjectX500Principal(),
                principal(names.get(0).subject()),
                from,
                until.isAfter(last) ? last : until,
                keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose.usage));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                new JcaX509ExtensionUtils()
                        .createAuthorityKeyIdentifier(identity.certificate().getPublicKey()));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(names.stream().map(AlternativeName::general).toArray(GeneralName[]::new)));
        return new Identity(keys.getPrivate(), signed(builder, identity.key()));
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
        return generator.generateKeyPair();
    }

    private static X500Principal principal(String name) throws IOException {
        return new X500Principal(new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "Sluice dev-cert")
                .addRDN(BCStyle.CN, name)
                .build()
                .getEncoded());
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, Instant from, Instant until, PublicKey key)
            throws GeneralSecurityException, IOException {
        BigInteger serial = new BigInteger(127, RANDOM).setBit(126);
        JcaX509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(issuer, serial, Date.from(from), Date.from(until), subject, key);
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
        return builder;
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("the key cannot sign", e);
        }
    }
}
