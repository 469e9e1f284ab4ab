package io.sluice.examples.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * A certificate and its key, valid for a day.
 *
 * @param certificate the certificate as PEM
 * @param key its private key as PEM
 */
public record Identity(String certificate, String key) {

    /** Creates a self-signed certificate. */
    public static Identity selfSigned(String name) throws IOException, GeneralSecurityException {
        return CertificateIssuer.selfSigned(name);
    }

    /** Writes both to one file, as {@code openssl s_client -cert} reads them. */
    public Path write(Path file) throws IOException {
        return Files.writeString(file, certificate + key);
    }

    @Override
    public String toString() {
        return "Identity[certificate and key]";
    }
}
