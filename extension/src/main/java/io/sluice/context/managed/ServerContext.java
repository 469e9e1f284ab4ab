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
     * Asks the server. What is found is the server's own: it is not kept here, and asked for again at each load.
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
}
