package io.sluice.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;

/**
 * What an authority issued.
 *
 * @param leaf the certificate and its key
 * @param issuer the authority's certificate
 */
public record TestChain(TestCertificate leaf, X509Certificate issuer) {

    /** The leaf's certificate and its issuer's as PEM text. */
    public String pem() {
        return leaf.certificatePem() + issuerPem();
    }

    /** The issuer's certificate as PEM text. */
    public String issuerPem() {
        return new TestCertificate(leaf.key(), issuer).certificatePem();
    }

    /** The key as PEM text (PKCS#8). */
    public String keyPem() {
        return leaf.keyPem();
    }

    /** A key store of a type with one entry. */
    public KeyStore keyStore(String type, String alias, String keyPassword) {
        try {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            X509Certificate[] chain = {leaf.certificate(), issuer};
            store.setKeyEntry(alias, leaf.key(), keyPassword.toCharArray(), chain);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes {@link #pem} and {@link #keyPem} as two files that begin with a name. */
    public void write(Path directory, String name) throws IOException {
        Files.writeString(directory.resolve(name + ".crt"), pem());
        Files.writeString(directory.resolve(name + ".key"), keyPem());
    }

    /** Writes a store to a file. */
    public static Path write(KeyStore store, String password, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
