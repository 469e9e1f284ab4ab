package io.sluice.internal.managed;

import io.sluice.internal.settings.ManagedSettings;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * A context that a server manages.
 *
 * @param context the context
 * @param parameters the server's parameters for its connections, as defaults
 * @param isReplaced tests whether the server would give another context now
 */
public record ManagedSslContext(SSLContext context, SSLParameters parameters, BooleanSupplier isReplaced) {

    /** A context that is never replaced. Elytron's takes renewed keys and trust itself, and JNDI cannot be used on every thread. */
    ManagedSslContext(SSLContext context) {
        this(context, context.getDefaultSSLParameters(), () -> false);
    }

    /**
     * Looks up a context in the server. The context remains the server's.
     *
     * @param settings the context's kind and name
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
}
