package io.sluice.internal.cli.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A policy that is tried on a context's handshakes without being enforced.
 *
 * @param facts its members
 */
public record PolicyEntry(JsonFacts facts) {

    /**
     * A peer whose handshakes would fail.
     *
     * @param facts its members
     */
    public record Peer(JsonFacts facts) {

        /** {@return its name or address} */
        public String peer() {
            return facts.text("peer").orElse("(no name)");
        }

        /** {@return how many of its handshakes would fail} */
        public long count() {
            return facts.number("count").orElse(0);
        }

        /** {@return why} */
        public Optional<String> reason() {
            return facts.text("reason");
        }

        /** {@return when the last one was} */
        public Optional<Instant> last() {
            return facts.time("last");
        }
    }

    /** {@return the named context} */
    public String context() {
        return facts.text("context").orElse("(no name)");
    }

    /** {@return the name of the policy} */
    public String policy() {
        return facts.text("policy").orElse("(no name)");
    }

    /** {@return how many handshakes were checked} */
    public long checked() {
        return facts.number("checked").orElse(0);
    }

    /** {@return how many of them would fail} */
    public long violations() {
        return facts.number("violations").orElse(0);
    }

    /** {@return how many could not be checked} */
    public long unchecked() {
        return facts.number("unchecked").orElse(0);
    }

    /** {@return the peers whose handshakes would fail} */
    public List<Peer> peers() {
        return facts.objects("peers", Peer::new);
    }
}
