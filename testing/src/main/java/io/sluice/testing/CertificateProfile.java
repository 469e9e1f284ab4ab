package io.sluice.testing;

import java.time.Duration;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a certificate that a {@link TestAuthority} issues.
 *
 * <p>By default the certificate has an elliptic-curve key, is valid from an hour ago until an hour from now, has no extended key
 * usage, and names no OCSP responder. Profiles are immutable: each method returns a changed copy.
 */
public final class CertificateProfile {

    private final List<String> dnsNames;
    private KeyAlgorithm keyAlgorithm = KeyAlgorithm.EC;
    private Duration validFrom = Duration.ofHours(-1);
    private Duration validUntil = Duration.ofHours(1);
    private @Nullable KeyPurposeId usage;
    private @Nullable String ocspUrl;
    private @Nullable String subject;
    private List<String> uris = List.of();
    private List<String> emails = List.of();

    private CertificateProfile(List<String> dnsNames) {
        this.dnsNames = dnsNames;
    }

    /**
     * Creates the default profile for DNS names. The address 127.0.0.1 is added to them.
     *
     * @param dnsNames one or more names; the first one is also the common name of the subject
     * @return the profile
     * @throws IllegalArgumentException if there is no name
     */
    public static CertificateProfile of(String... dnsNames) {
        if (dnsNames.length == 0) {
            throw new IllegalArgumentException("a certificate needs a DNS name");
        }
        return new CertificateProfile(List.of(dnsNames));
    }

    /**
     * Sets the type of the key.
     *
     * @param keyAlgorithm the type of the key
     * @return a changed copy
     */
    public CertificateProfile keyAlgorithm(KeyAlgorithm keyAlgorithm) {
        CertificateProfile copy = copy();
        copy.keyAlgorithm = keyAlgorithm;
        return copy;
    }

    /**
     * Sets a validity that ended an hour ago.
     *
     * @return a changed copy
     */
    public CertificateProfile expired() {
        return valid(Duration.ofHours(-2), Duration.ofHours(-1));
    }

    /**
     * Sets a validity that begins an hour from now.
     *
     * @return a changed copy
     */
    public CertificateProfile notYetValid() {
        return valid(Duration.ofHours(1), Duration.ofHours(2));
    }

    /**
     * Sets the end of the validity.
     *
     * @param end the time from the issue of the certificate to its end, in full seconds
     * @return a changed copy
     */
    public CertificateProfile validFor(Duration end) {
        return valid(validFrom, end);
    }

    /**
     * Restricts the certificate to TLS servers (extended key usage {@code serverAuth}).
     *
     * @return a changed copy
     */
    public CertificateProfile forServers() {
        return usage(KeyPurposeId.id_kp_serverAuth);
    }

    /**
     * Restricts the certificate to TLS clients (extended key usage {@code clientAuth}).
     *
     * @return a changed copy
     */
    public CertificateProfile forClients() {
        return usage(KeyPurposeId.id_kp_clientAuth);
    }

    /**
     * Names an OCSP responder (RFC 6960) in the certificate.
     *
     * @param url the responder's address, such as that of {@link OcspResponder#url}
     * @return a changed copy
     */
    public CertificateProfile ocspResponder(String url) {
        CertificateProfile copy = copy();
        copy.ocspUrl = url;
        return copy;
    }

    /**
     * Sets the subject.
     *
     * @param distinguishedName the name, the most specific part first (RFC 2253), such as {@code CN=web,OU=Devices}
     * @return a changed copy
     */
    public CertificateProfile subject(String distinguishedName) {
        CertificateProfile copy = copy();
        copy.subject = distinguishedName;
        return copy;
    }

    /**
     * Sets the URIs among the alternative names. By default there are none.
     *
     * @param uris the URIs, such as {@code spiffe://example.org/web}
     * @return a changed copy
     */
    public CertificateProfile uris(String... uris) {
        CertificateProfile copy = copy();
        copy.uris = List.of(uris);
        return copy;
    }

    /**
     * Sets the mail addresses among the alternative names. By default there are none.
     *
     * @param emails the addresses
     * @return a changed copy
     */
    public CertificateProfile emails(String... emails) {
        CertificateProfile copy = copy();
        copy.emails = List.of(emails);
        return copy;
    }

    private CertificateProfile valid(Duration from, Duration until) {
        CertificateProfile copy = copy();
        copy.validFrom = from;
        copy.validUntil = until;
        return copy;
    }

    private CertificateProfile usage(KeyPurposeId purpose) {
        CertificateProfile copy = copy();
        copy.usage = purpose;
        return copy;
    }

    private CertificateProfile copy() {
        CertificateProfile copy = new CertificateProfile(dnsNames);
        copy.keyAlgorithm = keyAlgorithm;
        copy.validFrom = validFrom;
        copy.validUntil = validUntil;
        copy.usage = usage;
        copy.ocspUrl = ocspUrl;
        copy.subject = subject;
        copy.uris = uris;
        copy.emails = emails;
        return copy;
    }

    String subject() {
        return subject == null ? "CN=" + dnsNames.get(0) : subject;
    }

    List<String> uris() {
        return uris;
    }

    List<String> emails() {
        return emails;
    }

    List<String> dnsNames() {
        return dnsNames;
    }

    KeyAlgorithm keyAlgorithm() {
        return keyAlgorithm;
    }

    Duration validFrom() {
        return validFrom;
    }

    Duration validUntil() {
        return validUntil;
    }

    @Nullable
    KeyPurposeId usage() {
        return usage;
    }

    @Nullable
    String ocspUrl() {
        return ocspUrl;
    }
}
