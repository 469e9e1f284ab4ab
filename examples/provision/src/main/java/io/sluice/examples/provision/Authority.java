package io.sluice.examples.provision;

import java.io.IOException;
import java.security.GeneralSecurityException;

/** A certificate authority for a day, which issues certificates to servers and clients alike. */
public final class Authority {

    private final Issuing issuing;

    private Authority(Issuing issuing) {
        this.issuing = issuing;
    }

    /** A new one. */
    public static Authority create(String name) throws IOException, GeneralSecurityException {
        return new Authority(Issuing.authority(name));
    }

    /** The authority's own certificate as PEM, for whoever is to trust what it issues. */
    public String certificate() throws IOException {
        return issuing.issuerPem();
    }

    /** A certificate in a name, which is its subject and its DNS name. */
    public Identity issue(String name) throws IOException, GeneralSecurityException {
        return issuing.issue(name);
    }
}
