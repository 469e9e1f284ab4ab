package io.sluice.context;

import java.security.cert.X509Certificate;
import java.time.Instant;

/** A certificate, with what a report says about it. Immutable. Implemented by Sluice only, so later versions may add methods. */
public interface CertificateDescription {

    /**
     * The certificate itself.
     *
     * @return the certificate
     */
    X509Certificate certificate();

    /**
     * The subject.
     *
     * @return its distinguished name (RFC 2253)
     */
    String subject();

    /**
     * The issuer.
     *
     * @return its distinguished name (RFC 2253)
     */
    String issuer();

    /**
     * The serial number.
     *
     * @return hexadecimal digits
     */
    String serialNumber();

    /**
     * The fingerprint.
     *
     * @return the SHA-256 digest of the certificate as hexadecimal digits
     */
    String fingerprint();

    /**
     * When the certificate begins to be valid.
     *
     * @return the time, included
     */
    Instant notBefore();

    /**
     * When the certificate ceases to be valid.
     *
     * @return the time, included
     */
    Instant notAfter();

    /**
     * Where the certificate was read from.
     *
     * @return a location, the property that holds the certificate itself, or the bean that supplied it
     */
    String source();
}
