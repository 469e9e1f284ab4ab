package io.sluice.internal.managed;

import io.sluice.internal.settings.ManagedSettings;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * What a server gave.
 *
 * @param context the context
 * @param parameters what the server says of its connections, as defaults
 */
public record ManagedSslContext(SSLContext context, SSLParameters parameters) {

    ManagedSslContext(SSLContext context) {
        this(context, context.getDefaultSSLParameters());
    }

    /**
     * Asks the server. What is found is the server's own.
     *
     * @param settings which one
     * @return the context
     * @throws ContextLookupException if there is none
     */
    public static ManagedSslContext find(ManagedSettings settings) throws ContextLookupException {
        String name = settings.reference().value().strip();
        return switch (settings.kind()) {
            case JNDI -> JndiLookup.find(name);
            case LIBERTY -> LibertyLookup.find(name);
            case ELYTRON -> ElytronLookup.find(name);
        };
    }

    /**
     * Whether the server would give another context by now. Open Liberty makes a new one when a store or an {@code <ssl>} has changed;
     * Elytron's takes renewed keys and trust by itself. What is bound in JNDI cannot be asked for on every thread.
     *
     * @param settings which one
     * @param given what it gave
     * @return true if so, or if it has none any more
     */
    public static boolean isReplaced(ManagedSettings settings, SSLContext given) {
        if (settings.kind() != ManagedSettings.Kind.LIBERTY) {
            return false;
        }
        try {
            return find(settings).context() != given;
        } catch (ContextLookupException | RuntimeException e) {
            return true; // Loading it tells why.
        }
    }
}
