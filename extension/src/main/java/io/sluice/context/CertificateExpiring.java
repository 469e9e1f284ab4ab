package io.sluice.context;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/**
 * An event: a certificate or a revocation list of a named context will soon cease to be valid, or has done so. It has the qualifier {@link
 * SslContext} with the context's name. It is fired at the first check after each time that {@code expiry-warning} names, and after the end of the
 * validity, to synchronous and asynchronous observers. Implemented by Sluice only, so later versions may add methods.
 */
public interface CertificateExpiring {

    /** What ceases to be valid. */
    enum Use {
        /** A certificate of one of the context's keys. */
        KEY,
        /** A trusted certificate. */
        TRUST,
        /**
         * A revocation list. After its end, all certificates of its issuer are rejected, unless {@code revocation.soft-fail} is set or an
         * OCSP responder answers.
         */
        REVOCATION_LIST
    }

    /**
     * The context's name.
     *
     * @return the value of its {@code @SslContext}
     */
    String context();

    /**
     * What ceases to be valid.
     *
     * @return its use
     */
    Use use();

    /**
     * The subject of the certificate, or the issuer of the revocation list.
     *
     * @return its distinguished name (RFC 2253)
     */
    String subject();

    /**
     * When it ceases to be valid.
     *
     * @return the time, which may have passed
     */
    Instant notAfter();

    /**
     * Where it was read from.
     *
     * @return a location, the property that holds it, or the bean that supplied it
     */
    String source();

    /**
     * The certificate.
     *
     * @return the certificate; empty for a revocation list
     */
    Optional<X509Certificate> certificate();
}
