package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import io.sluice.context.CertificateDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A certificate that a context uses and that ceases to be valid soon, or has done so.
 *
 * @param context the name of the context
 * @param use what the context uses it for
 * @param certificate the certificate
 */
record ExpiringCertificate(String context, Use use, CertificateDescription certificate) {

    /** What a context uses a certificate for. */
    enum Use {
        /** The certificate of a key. */
        KEY,
        /** An issuer that is sent with the certificate of a key. */
        CHAIN,
        /** Trusted. */
        TRUST
    }

    private long daysLeft(Instant now) {
        return Duration.between(now, certificate.notAfter()).toDays();
    }

    private boolean isExpired(Instant now) {
        return certificate.notAfter().isBefore(now);
    }

    JsonObject json(Instant now) {
        JsonObject json = new JsonObject();
        json.addProperty("context", context);
        json.addProperty("use", use.name().toLowerCase(Locale.ROOT));
        json.addProperty("expired", isExpired(now));
        json.addProperty("daysLeft", daysLeft(now));
        json.addProperty("location", certificate.source());
        new CertificateFacts(certificate.certificate())
                .json()
                .entrySet()
                .forEach(fact -> json.add(fact.getKey(), fact.getValue()));
        return json;
    }

    void print(Text text, Instant now) {
        String about = " " + certificate.notAfter() + " context '" + context + "', "
                + use.name().toLowerCase(Locale.ROOT) + ": " + certificate.subject() + " ("
                + certificate.source() + ")";
        if (isExpired(now)) {
            text.bad("expired:", about);
        } else {
            text.doubtful("in " + daysLeft(now) + " days:", about);
        }
    }
}
