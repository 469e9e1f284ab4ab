package io.sluice.context;

import io.sluice.internal.Internal;
import io.sluice.internal.jsse.EngineParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The JDK's default context.
 *
 * @hidden
 */
@Internal
public enum DefaultSpecifier implements SslContextSpecifier, HasSnapshot {
    /** The only instance. */
    DEFAULT;

    @Override
    public String description() {
        return "the JDK's default context";
    }

    @Override
    public SSLEngine engine(EngineRequest request) throws SslContextException {
        if (request.contextConfigurer().isPresent()) {
            SSLContext own = JdkContexts.create("TLS");
            request.contextConfigurer().get().accept(own);
            return ContextSnapshot.of(own, EngineParameters.defaults(own), JdkContexts.serverKey())
                    .engine(request, description());
        }
        return loaded().engine(request, description());
    }

    @Override
    public ContextSnapshot loaded() throws SslContextException {
        SSLContext context = JdkContexts.jdkDefault();
        return ContextSnapshot.of(context, EngineParameters.defaults(context), JdkContexts.serverKey(context));
    }
}
