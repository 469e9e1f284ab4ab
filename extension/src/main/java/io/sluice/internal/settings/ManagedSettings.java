package io.sluice.internal.settings;

/**
 * A context that the application server manages, including keys and trust.
 *
 * @param kind where the server keeps it
 * @param reference its name there
 */
public record ManagedSettings(Kind kind, Setting reference) {

    /** The places where servers keep SSL contexts. The property is {@code managed.} with the constant's name in lower case. */
    public enum Kind {
        /** Bound in JNDI, in any server. */
        JNDI,
        /** An {@code <ssl>} of Open Liberty's server.xml, by its id. */
        LIBERTY,
        /** A server-ssl-context or client-ssl-context of WildFly's Elytron subsystem. */
        ELYTRON
    }
}
