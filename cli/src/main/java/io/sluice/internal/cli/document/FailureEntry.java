package io.sluice.internal.cli.document;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A handshake that failed, and why. Failures of one kind by one peer may be one entry.
 *
 * @param facts its members
 */
public record FailureEntry(JsonFacts facts) {

    /** Those without a time come last. */
    static final Comparator<FailureEntry> LAST_FIRST = Comparator.comparing(
                    (FailureEntry entry) -> entry.time().orElse(Instant.MIN))
            .reversed();

    /** {@return when it failed} */
    public Optional<Instant> time() {
        return facts.time("time");
    }

    /** {@return when the first one of them failed} */
    public Optional<Instant> first() {
        return facts.time("first");
    }

    /** {@return how many they are} */
    public long count() {
        return Math.max(1, facts.number("count").orElse(1));
    }

    /** {@return the named context} */
    public Optional<String> context() {
        return facts.text("context");
    }

    /** {@return the endpoint; empty for a stream of a creator or connector} */
    public Optional<String> endpoint() {
        return facts.text("endpoint");
    }

    /** {@return the side of the application} */
    public Optional<String> side() {
        return facts.text("side");
    }

    /** {@return the peer's address} */
    public Optional<String> peer() {
        return facts.text("peer");
    }

    /** {@return the condition} */
    public String kind() {
        return facts.text("kind").orElse("UNKNOWN");
    }

    /** {@return what happened} */
    public Optional<String> message() {
        return facts.text("message");
    }

    /** {@return the step of the handshake at which it failed} */
    public Optional<String> step() {
        return facts.text("step");
    }

    /** {@return how long it took until then, in milliseconds} */
    public OptionalLong durationMillis() {
        return facts.number("durationMillis");
    }

    /** {@return the JA4 fingerprint of the client} */
    public Optional<String> ja4() {
        return facts.text("ja4");
    }

    /** {@return what the client offered} */
    public Optional<OfferEntry> client() {
        return facts.object("client", OfferEntry::new);
    }

    /** {@return what the server accepts} */
    public Optional<OfferEntry> server() {
        return facts.object("server", OfferEntry::new);
    }

    /** {@return the certificate that is at fault} */
    public Optional<CertificateEntry> certificate() {
        return facts.object("certificate", CertificateEntry::new);
    }

    /** {@return the property that decides} */
    public Optional<String> setting() {
        return facts.text("setting");
    }

    /** {@return what to do} */
    public Optional<String> remedy() {
        return facts.text("remedy");
    }

    /** {@return a command that does the same} */
    public Optional<String> reproduce() {
        return facts.text("reproduce");
    }

    /** {@return where it happened and with whom, such as "endpoint intake, context web, peer 192.0.2.9:5000"} */
    public String place() {
        return Stream.of(
                        endpoint().map(name -> "endpoint " + name),
                        context().map(name -> "context " + name),
                        peer().map(address -> "peer " + address))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }
}
