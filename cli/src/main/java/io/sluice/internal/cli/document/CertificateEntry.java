package io.sluice.internal.cli.document;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A certificate.
 *
 * @param facts its members
 */
public record CertificateEntry(JsonFacts facts) {

    /** {@return its subject} */
    public String subject() {
        return facts.text("subject").orElse("(no subject)");
    }

    /** {@return its issuer} */
    public Optional<String> issuer() {
        return facts.text("issuer");
    }

    /** {@return its serial number in hexadecimal digits} */
    public Optional<String> serialNumber() {
        return facts.text("serialNumber");
    }

    /** {@return its SHA-256 digest in hexadecimal digits} */
    public Optional<String> fingerprint() {
        return facts.text("fingerprint");
    }

    /** {@return when it begins to be valid} */
    public Optional<Instant> notBefore() {
        return facts.time("notBefore");
    }

    /** {@return when it ceases to be valid} */
    public Optional<Instant> notAfter() {
        return facts.time("notAfter");
    }

    /** {@return where it was read from} */
    public Optional<String> source() {
        return facts.text("source");
    }

    /** {@return the algorithm of its key} */
    public Optional<String> keyAlgorithm() {
        return facts.text("keyAlgorithm");
    }

    /** {@return the length of its key in bits; empty for keys that have none} */
    public OptionalLong keyBits() {
        return facts.number("keyBits").stream().filter(bits -> bits > 0).findFirst();
    }

    /** {@return the algorithm of its signature, as Java names it} */
    public Optional<String> signatureAlgorithm() {
        return facts.text("signatureAlgorithm");
    }

    /** {@return the kind of its key, such as "EC 256"; empty if it is not known} */
    public String key() {
        return Stream.concat(keyAlgorithm().stream(), keyBits().stream().mapToObj(Long::toString))
                .collect(Collectors.joining(" "));
    }

    /** {@return what distinguishes it from others} */
    String identity() {
        return fingerprint().orElseGet(() -> subject() + issuer() + serialNumber() + notAfter());
    }
}
