package io.sluice.internal.pem;

import java.util.Set;

/** A kind of object in PEM or DER that a setting names. */
public enum PemKind {
    CERTIFICATE(
            "certificate",
            Set.of("CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"),
            "Name the PEM file of the certificate chain"),
    PRIVATE_KEY(
            "private key",
            Set.of("PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"),
            "Name the PEM file of the private key"),
    REVOCATION_LIST(
            "certificate revocation list",
            Set.of("X509 CRL", "CRL"),
            "Supply lists as PEM (-----BEGIN X509 CRL-----) or DER");

    private final String noun;
    private final Set<String> labels;
    private final String remedy;

    PemKind(String noun, Set<String> labels, String remedy) {
        this.noun = noun;
        this.labels = labels;
        this.remedy = remedy;
    }

    public String noun() {
        return noun;
    }

    public boolean isOf(PemBlock block) {
        return labels.contains(block.label());
    }

    public String remedy() {
        return remedy;
    }
}
