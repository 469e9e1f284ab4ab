package io.sluice.context;

import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.TlsProtocols;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** A context of one protocol, with the JDK's default keys and trust. */
final class ProtocolSpecifier implements SslContextSpecifier, HasSnapshot {

    private final String protocol;

    ProtocolSpecifier(String protocol) {
        this.protocol = TlsProtocols.require(
                Objects.requireNonNull(protocol, "the protocol is null. Pass a version such as TLSv1.3"));
    }

    @Override
    public String description() {
        return "the " + protocol + " context";
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
    public ContextSnapshot loaded() throws SslContextException {
        return loaded(JdkContexts.shared(protocol));
    }

    private ContextSnapshot loaded(SSLContext context) {
        EngineParameters parameters = TlsProtocols.isVersion(protocol)
                ? EngineParameters.protocol(context, protocol)
                : EngineParameters.defaults(context);
        return ContextSnapshot.of(context, parameters, JdkContexts.serverKey());
    }
}
