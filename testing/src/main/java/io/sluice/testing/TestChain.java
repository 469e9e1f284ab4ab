package io.sluice.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;

/**
 * A certificate that a {@link TestAuthority} issued, its private key, and the certificate of the authority.
 *
 * <p>Chains are immutable, so threads may share them.
 *
 * @param leaf the issued certificate and its key
 * @param issuer the certificate of the authority
 */
public record TestChain(TestCertificate leaf, X509Certificate issuer) {

    /** {@return the chain as PEM text: the issued certificate, then that of the authority} */
    public String pem() {
        return leaf.certificatePem() + issuerPem();
    }

    /** {@return the certificate of the authority as PEM text} */
    public String issuerPem() {
        return Pem.of(issuer);
    }

    /** {@return the key as PEM text (PKCS#8, not encrypted)} */
    public String keyPem() {
        return leaf.keyPem();
    }

    /**
     * Creates a JSSE context that presents the chain and trusts nothing but its issuer.
     *
     * @return a context of the JDK's default provider
     */
    public SSLContext context() {
        return JsseContexts.presenting(leaf.key(), issuer, leaf.certificate(), issuer);
    }

    /**
     * Creates a key store that has the key and the chain as its only entry.
     *
     * @param type the type of the key store, such as {@code PKCS12} or {@code JKS}
     * @param alias the alias of the entry
     * @param keyPassword the password of the key
     * @return the key store
     * @throws IllegalStateException if no provider has key stores of the type
     */
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

    /**
     * Writes the {@linkplain #pem chain} to {@code <name>.crt} and the {@linkplain #keyPem key} to {@code <name>.key}. Existing
     * files are replaced.
     *
     * @param directory an existing directory
     * @param name the names of the files without their extensions
     * @throws IOException if a file cannot be written
     */
    public void write(Path directory, String name) throws IOException {
        Files.writeString(directory.resolve(name + ".crt"), pem());
        Files.writeString(directory.resolve(name + ".key"), keyPem());
    }

    /**
     * Writes a key store to a file, which is replaced if it exists.
     *
     * @param store the key store
     * @param password the password of the file
     * @param file the file, in an existing directory
     * @return the file
     * @throws IllegalStateException if the file cannot be written
     */
    public static Path writeKeyStore(KeyStore store, String password, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
