package io.sluice.internal.cli.document;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An open connection.
 *
 * @param facts its members
 */
public record ConnectionEntry(JsonFacts facts) {

    /** {@return the peer's address} */
    public String peer() {
        return facts.text("peer").orElse("(no address)");
    }

    /** {@return since when it is open} */
    public Optional<Instant> since() {
        return facts.time("since");
    }

    /** {@return the bytes that the peer has sent} */
    public OptionalLong bytesReceived() {
        return facts.number("bytesReceived");
    }

    /** {@return the bytes that it has got} */
    public OptionalLong bytesSent() {
        return facts.number("bytesSent");
    }

    /** {@return the protocol; empty without TLS} */
    public Optional<String> protocol() {
        return facts.text("protocol");
    }

    /** {@return the cipher suite} */
    public Optional<String> cipherSuite() {
        return facts.text("cipherSuite");
    }

    /** {@return the group of the key exchange} */
    public Optional<String> group() {
        return facts.text("group");
    }

    /** {@return whether the session is a resumed one} */
    public boolean isResumed() {
        return facts.isTrue("resumed");
    }

    /** {@return the name in the client's certificate} */
    public Optional<String> caller() {
        return facts.text("caller");
    }
}
