package io.sluice.context;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** A context of one protocol, with the JDK's default keys and trust. */
final class ProtocolContext implements SslContextSpecifier, Loadable {

    private final String protocol;

    ProtocolContext(String protocol) {
        this.protocol = TlsProtocols.require(Given.protocol(protocol));
    }

    @Override
    public String description() {
        return "the " + protocol + " context";
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
        if (request.contextConfigurer().isEmpty()) {
            return loaded().engine(request, description());
        }
        SSLContext own = JdkContexts.create(protocol);
        request.contextConfigurer().get().accept(own);
        return loaded(own).engine(request, description());
    }

    @Override
    public LoadedContext loaded() throws SslContextException {
        return loaded(JdkContexts.shared(protocol));
    }

    private LoadedContext loaded(SSLContext context) {
        EngineParameters parameters = TlsProtocols.isVersion(protocol)
                ? EngineParameters.protocol(context, protocol)
                : EngineParameters.defaults(context);
        return LoadedContext.of(context, parameters, JdkContexts.serverKey());
    }
}
