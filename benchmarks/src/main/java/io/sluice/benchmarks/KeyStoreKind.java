package io.sluice.benchmarks;

import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Map;
import java.util.function.Function;

/** The kinds of key store that contexts are configured with, each with a fresh self-signed certificate. */
public enum KeyStoreKind {
    /** PEM files, P-256. */
    PEM_EC("pem", TestCertificate::ec),
    /** PEM files, RSA 2048. */
    PEM_RSA("pem", TestCertificate::rsa),
    /** PKCS12, P-256. */
    P12_EC("p12", TestCertificate::ec),
    /** PKCS12, RSA 2048. */
    P12_RSA("p12", TestCertificate::rsa),
    /** JKS, P-256. */
    JKS_EC("jks", TestCertificate::ec),
    /** JKS, RSA 2048. */
    JKS_RSA("jks", TestCertificate::rsa);

    /** Of every store. */
    static final String PASSWORD = "changeit";

    private final String form;
    private final Function<String, TestCertificate> certificates;

    KeyStoreKind(String form, Function<String, TestCertificate> certificates) {
        this.form = form;
        this.certificates = certificates;
    }

    /** Writes a store into a directory; gives the properties of a context that uses it. */
    Map<String, String> properties(Path directory, String context) throws IOException, GeneralSecurityException {
        TestCertificate certificate = certificates.apply("localhost");
        String prefix = "sluice.ssl." + context + ".key-store." + form + ".";
        if (form.equals("pem")) {
            return Map.of(
                    prefix + "0.cert", certificate.writeCertificate(directory).toString(),
                    prefix + "0.key", certificate.writeKey(directory).toString());
        }
        Path file = directory.resolve("store." + form);
        KeyStore store = KeyStore.getInstance(form.equals("jks") ? "JKS" : "PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "key", certificate.key(), PASSWORD.toCharArray(), new Certificate[] {certificate.certificate()});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return Map.of(prefix + "path", file.toString(), prefix + "password", PASSWORD);
    }
}
