package io.sluice.examples.provision;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** A certificate authority that is valid for a day, and issues certificates to servers and clients. */
public final class Authority {

    private final CertificateIssuer issuer;

    private Authority(CertificateIssuer issuer) {
        this.issuer = issuer;
    }

    /** Creates an authority with a new key. */
    public static Authority create(String name) throws IOException, GeneralSecurityException {
        return new Authority(CertificateIssuer.authority(name));
    }

    /** {@return the authority's own certificate as PEM, the trust anchor of what it issues} */
    public String certificate() throws IOException {
        return issuer.issuerPem();
    }

    /** Issues a certificate with a name as its common name and DNS name. */
    public Identity issue(String name) throws IOException, GeneralSecurityException {
        return issuer.issue(name);
    }
}
