package io.sluice.internal.pem;

import java.util.Set;

/** A kind of object in PEM or DER that a setting names. */
public enum PemKind {
    CERTIFICATE(
            "certificate",
            Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"),
            "Name the PEM file of the certificate chain",
            "Supply X.509 certificates as PEM: -----BEGIN CERTIFICATE-----"),
    PRIVATE_KEY(
            "private key",
            Set.of("PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"),
            "Name the PEM file of the private key",
            "Supply a PKCS#8, PKCS#1 or SEC1 key in the form that openssl writes"),
    REVOCATION_LIST(
            "certificate revocation list",
            Set.of("X509 CRL", "CRL"),
            "Supply lists as PEM (-----BEGIN X509 CRL-----) or DER",
            "Supply lists as PEM (-----BEGIN X509 CRL-----) or DER");

    private final String noun;
    private final Set<String> labels;
    private final String absent;
    private final String unreadable;

    PemKind(String noun, Set<String> labels, String absent, String unreadable) {
        this.noun = noun;
        this.labels = labels;
        this.absent = absent;
        this.unreadable = unreadable;
    }

    public String noun() {
        return noun;
    }

    public boolean isOf(PemBlock block) {
        return labels.contains(block.label());
    }

    /** Returns what to do if there is no object of this kind. */
    public String remedyIfAbsent() {
        return absent;
    }

    /** Returns what to do if an object of this kind cannot be read. */
    public String remedyIfUnreadable() {
        return unreadable;
    }
}
