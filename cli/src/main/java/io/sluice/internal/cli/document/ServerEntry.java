package io.sluice.internal.cli.document;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An endpoint, or a server that code has started.
 *
 * @param facts its members
 */
public record ServerEntry(JsonFacts facts) {

    /**
     * Its counts since it listens.
     *
     * @param facts the members
     */
    public record Counts(JsonFacts facts) {

        /**
         * One of the counts.
         *
         * @param name such as "accepted"
         * @return the number; 0 if it is not in the document
         */
        public long of(String name) {
            return facts.number(name).orElse(0);
        }

        /** {@return the refused connections, by limit} */
        public Map<String, Long> refused() {
            return facts.counts("refused");
        }

        /** {@return the failed connections, by condition} */
        public Map<String, Long> failed() {
            return facts.counts("failed");
        }
    }

    /** {@return its name} */
    public String name() {
        return facts.text("name").orElse("(no name)");
    }

    /** {@return whether it is an endpoint} */
    public boolean isEndpoint() {
        return facts.isTrue("endpoint");
    }

    /** {@return whether it runs} */
    public String state() {
        return facts.text("state").orElse("UNKNOWN");
    }

    /** {@return whether it does not accept connections although nobody has stopped it} */
    public boolean hasFailed() {
        return state().equals("FAILED");
    }

    /** {@return where it listens} */
    public Optional<String> address() {
        return facts.text("address");
    }

    /** {@return its named context} */
    public Optional<String> context() {
        return facts.text("context");
    }

    /** {@return the kind of its threads} */
    public Optional<String> threads() {
        return facts.text("threads");
    }

    /** {@return the limit of its connections} */
    public OptionalLong maxConnections() {
        return facts.number("maxConnections");
    }

    /** {@return what it does at the limit} */
    public Optional<String> whenFull() {
        return facts.text("whenFull");
    }

    /** {@return its counts} */
    public Counts counts() {
        return facts.object("counts", Counts::new).orElseGet(() -> new Counts(new JsonFacts(new JsonObject())));
    }

    /** {@return its open connections} */
    public List<ConnectionEntry> connections() {
        return facts.objects("connections", ConnectionEntry::new);
    }

    /** {@return how many further connections are open that the document leaves out} */
    public long omittedConnections() {
        return facts.number("omittedConnections").orElse(0);
    }
}
