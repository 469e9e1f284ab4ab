package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * What a report says about a certificate.
 *
 * @param certificate the certificate
 */
record CertificateFacts(X509Certificate certificate) {

    String subject() {
        return certificate.getSubjectX500Principal().getName();
    }

    String issuer() {
        return certificate.getIssuerX500Principal().getName();
    }

    Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** The SHA-256 digest in hexadecimal digits. */
    String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The alternative names that are text: hosts, addresses, URIs, mail addresses. */
    List<String> names() {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .map(name -> name.get(1))
                            .filter(String.class::isInstance)
                            .map(Objects::toString)
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("subject", subject());
        json.addProperty("issuer", issuer());
        json.add("names", Report.array(names(), JsonPrimitive::new));
        json.addProperty("serialNumber", certificate.getSerialNumber().toString(16));
        json.addProperty("notBefore", certificate.getNotBefore().toInstant().toString());
        json.addProperty("notAfter", notAfter().toString());
        json.addProperty("fingerprint", fingerprint());
        return json;
    }
}
