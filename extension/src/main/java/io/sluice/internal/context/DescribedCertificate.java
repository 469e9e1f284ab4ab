package io.sluice.internal.context;

import io.sluice.context.CertificateDescription;
import io.sluice.internal.settings.Sha256;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * The description of a certificate.
 *
 * @param certificate the certificate
 * @param source where it comes from
 */
public record DescribedCertificate(X509Certificate certificate, String source) implements CertificateDescription {

    @Override
    public String subject() {
        return certificate.getSubjectX500Principal().getName();
    }

    @Override
    public String issuer() {
        return certificate.getIssuerX500Principal().getName();
    }

    @Override
    public String serialNumber() {
        return certificate.getSerialNumber().toString(16);
    }

    @Override
    public String fingerprint() {
        try {
            return Sha256.hex(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be encoded", e);
        }
    }

    @Override
    public Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    @Override
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    @Override
    public String toString() {
        return "'" + subject() + "' until " + notAfter() + " from " + source;
    }
}
