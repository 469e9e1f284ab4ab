package io.sluice.context.managed;

import io.sluice.context.material.ManagedSettings;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * What a server gave.
 *
 * @param context the context
 * @param parameters what the server says of its connections, as defaults
 */
public record ServerContext(SSLContext context, SSLParameters parameters) {

    ServerContext(SSLContext context) {
        this(context, context.getDefaultSSLParameters());
    }

    /**
     * Asks the server. What is found is the server's own.
     *
     * @param settings which one
     * @return the context
     * @throws UnmanagedException if there is none
     */
    public static ServerContext find(ManagedSettings settings) throws UnmanagedException {
        String name = settings.reference().value().strip();
        return switch (settings.kind()) {
            case JNDI -> JndiContext.find(name);
            case LIBERTY -> LibertyContext.find(name);
            case ELYTRON -> ElytronContext.find(name);
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
        } catch (UnmanagedException | RuntimeException e) {
            return true; // Loading it tells why.
        }
    }
}
