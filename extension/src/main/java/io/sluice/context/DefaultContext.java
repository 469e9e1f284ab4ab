package io.sluice.context;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** The JDK's default context. */
enum DefaultContext implements SslContextSpecifier, Loadable {
    DEFAULT;

    @Override
    public String description() {
        return "the JDK's default context";
    }

    @Override
    public boolean isPlain() {
        return false;
    }

    @Override
    public TlsTimeouts timeouts() {
        return TlsTimeouts.DEFAULT;
    }

    @Override
    public SSLEngine engine(EngineRequest request) throws SslContextException {
        if (request.contextConfigurer().isPresent()) {
            SSLContext own = JdkContexts.create("TLS");
            request.contextConfigurer().get().accept(own);
            return LoadedContext.of(own, EngineParameters.defaults(own), JdkContexts.serverKey())
                    .engine(request, description());
        }
        return loaded().engine(request, description());
    }

    @Override
    public LoadedContext loaded() throws SslContextException {
        SSLContext context = JdkContexts.jdkDefault();
        return LoadedContext.of(context, EngineParameters.defaults(context), JdkContexts.serverKey(context));
    }
}
