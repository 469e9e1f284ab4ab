package io.sluice.management;

/** A certificate. Immutable. Implemented by Sluice only. */
public interface CertificateInfo {

    /**
     * The subject.
     *
     * @return its distinguished name (RFC 2253)
     */
    String getSubject();

    /**
     * The issuer.
     *
     * @return its distinguished name (RFC 2253)
     */
    String getIssuer();

    /**
     * The serial number.
     *
     * @return hexadecimal digits
     */
    String getSerialNumber();

    /**
     * The fingerprint.
     *
     * @return the SHA-256 digest of the certificate as hexadecimal digits
     */
    String getFingerprint();

    /**
     * The time from which the certificate is valid.
     *
     * @return the time (ISO-8601)
     */
    String getNotBefore();

    /**
     * The time until which the certificate is valid.
     *
     * @return the time (ISO-8601)
     */
    String getNotAfter();

    /**
     * Where the certificate was read from.
     *
     * @return a location, a property, or a bean
     */
    String getSource();

    /**
     * The algorithm of its key.
     *
     * @return the JDK's name, such as {@code EC}
     */
    String getKeyAlgorithm();

    /**
     * The size of its key.
     *
     * @return the number of bits; 0 if it is not known
     */
    int getKeyBits();

    /**
     * The algorithm of its signature.
     *
     * @return the JDK's name, such as {@code SHA256withECDSA}
     */
    String getSignatureAlgorithm();
}
