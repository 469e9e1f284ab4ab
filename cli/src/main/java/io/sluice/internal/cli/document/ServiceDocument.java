package io.sluice.internal.cli.document;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an application says about its contexts, endpoints and connections at one moment.
 *
 * @param facts the document
 * @param time when it was made; when it was read, if the document does not say
 */
public record ServiceDocument(JsonFacts facts, Instant time) {

    /**
     * Reads a document.
     *
     * @param json the text
     * @return the document
     * @throws IllegalArgumentException if the text is not a JSON object
     */
    public static ServiceDocument parse(String json) {
        JsonElement read;
        try {
            read = JsonParser.parseString(json);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        }
        if (!read.isJsonObject()) {
            throw new IllegalArgumentException("it is not a JSON object");
        }
        JsonFacts facts = new JsonFacts(read.getAsJsonObject());
        return new ServiceDocument(facts, facts.time("time").orElseGet(Instant::now));
    }

    /** {@return the name of the application} */
    public String application() {
        return facts.text("application").orElse("an application without a name");
    }

    /** {@return the version of Sluice} */
    public Optional<String> version() {
        return facts.text("version");
    }

    /** {@return the named contexts} */
    public List<ContextEntry> contexts() {
        return facts.objects("contexts", ContextEntry::new);
    }

    /** {@return the endpoints, and the servers started from code} */
    public List<ServerEntry> servers() {
        return facts.objects("servers", ServerEntry::new);
    }

    /** {@return the connections that failed, the last one first} */
    public List<FailureEntry> journal() {
        return facts.objects("journal", FailureEntry::new).stream()
                .sorted(FailureEntry.LAST_FIRST)
                .toList();
    }

    /** {@return whether the service keeps a journal} */
    public boolean hasJournal() {
        return facts.object().has("journal");
    }

    /** {@return whether the service can try policies} */
    public boolean hasPolicies() {
        return facts.object().has("policies");
    }

    /** {@return the policies that are tried} */
    public List<PolicyEntry> policies() {
        return facts.objects("policies", PolicyEntry::new);
    }

    /** {@return the certificates of all contexts, each once, the first to expire first} */
    public List<CertificateInUse> certificates() {
        return CertificateInUse.merged(contexts().stream().flatMap(ContextEntry::certificates));
    }

    /** {@return how many connections are open, those that the document leaves out included} */
    public long openConnections() {
        return servers().stream()
                .mapToLong(server -> server.connections().size() + Math.max(0, server.omittedConnections()))
                .sum();
    }
}
