package io.sluice.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * A certificate and its private key. {@link #ec} and {@link #rsa} create a self-signed one, which is its own trust anchor.
 *
 * <p>Certificates are immutable, so threads may share them. {@code toString} contains the certificate and the type of the
 * key, never the key.
 *
 * @param key the private key
 * @param certificate its certificate
 */
public record TestCertificate(PrivateKey key, X509Certificate certificate) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /**
     * Creates a self-signed certificate with an elliptic-curve key (P-256), valid from five minutes ago until an hour from now.
     *
     * @param dnsName its DNS name and common name; the address 127.0.0.1 is added to it
     * @return the certificate and its key
     */
    public static TestCertificate ec(String dnsName) {
        return selfSigned(dnsName, KeyAlgorithm.EC);
    }

    /**
     * Creates a self-signed certificate with an RSA key (2048 bits), valid from five minutes ago until an hour from now.
     *
     * @param dnsName its DNS name and common name; the address 127.0.0.1 is added to it
     * @return the certificate and its key
     */
    public static TestCertificate rsa(String dnsName) {
        return selfSigned(dnsName, KeyAlgorithm.RSA);
    }

    private static TestCertificate selfSigned(String dnsName, KeyAlgorithm type) {
        KeyPair keys = type.generate();
        X500Name subject = new X500Name("CN=" + dnsName);
        X509Certificate certificate = new CertificateBuilder(
                        subject, subject, keys, Duration.ofMinutes(-5), Duration.ofHours(1))
                .authority()
                .names(CertificateProfile.of(dnsName))
                .sign(keys.getPrivate());
        return new TestCertificate(keys.getPrivate(), certificate);
    }

    /**
     * Creates a JSSE context that presents this certificate and trusts nothing else.
     *
     * @return a context of the JDK's default provider
     */
    public SSLContext context() {
        return JsseContexts.presenting(key, certificate, certificate);
    }

    /**
     * Creates a JSSE context that has no key and trusts nothing but this certificate.
     *
     * @return a context of the JDK's default provider
     */
    public SSLContext trustingContext() {
        return JsseContexts.trusting(certificate);
    }

    /**
     * Creates a PKCS12 key store with two entries: {@code key} is the key with the certificate, {@code trusted} the certificate
     * as a trust anchor. The password is {@code changeit}.
     *
     * @return the key store
     */
    public KeyStore keyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", key, PASSWORD, new X509Certificate[] {certificate});
            store.setCertificateEntry("trusted", certificate);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the certificate as PEM text} */
    public String certificatePem() {
        return Pem.of(certificate);
    }

    /** {@return the key as PEM text (PKCS#8, not encrypted)} */
    public String keyPem() {
        return Pem.of("PRIVATE KEY", key.getEncoded());
    }

    /**
     * Writes the certificate to the file {@code certificate.pem}, which is replaced if it exists.
     *
     * @param directory an existing directory
     * @return the file
     * @throws IOException if the file cannot be written
     */
    public Path writeCertificate(Path directory) throws IOException {
        return Files.writeString(directory.resolve("certificate.pem"), certificatePem());
    }

    /**
     * Writes the key to the file {@code key.pem}, which is replaced if it exists. It is not encrypted.
     *
     * @param directory an existing directory
     * @return the file
     * @throws IOException if the file cannot be written
     */
    public Path writeKey(Path directory) throws IOException {
        return Files.writeString(directory.resolve("key.pem"), keyPem());
    }
}
